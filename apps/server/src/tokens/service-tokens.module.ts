import { Module } from '@nestjs/common';
import { ServiceTokensController } from './service-tokens.controller.ts';

/** Tokens for programs over REST. */
@Module({ controllers: [ServiceTokensController] })
export class ServiceTokensModule {}
