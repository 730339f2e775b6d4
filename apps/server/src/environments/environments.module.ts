import { Module } from '@nestjs/common';
import { EnvironmentsController } from './environments.controller.ts';

/** Environments over REST. */
@Module({ controllers: [EnvironmentsController] })
export class EnvironmentsModule {}
