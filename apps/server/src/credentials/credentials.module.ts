import { Module } from '@nestjs/common';
import { CredentialsController } from './credentials.controller.ts';

/** Credentials over REST. */
@Module({ controllers: [CredentialsController] })
export class CredentialsModule {}
