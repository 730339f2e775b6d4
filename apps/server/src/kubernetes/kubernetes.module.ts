import { Module } from '@nestjs/common';

/** Kubernetes contexts over REST. */
@Module({})
export class KubernetesModule {}
