import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.ts';
import { SetLogLevelHandler } from './set-log-level.handler.ts';

/** Version and log level. */
@Module({ controllers: [AdminController], providers: [SetLogLevelHandler] })
export class AdminModule {}
