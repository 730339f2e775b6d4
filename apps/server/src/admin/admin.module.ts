import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.ts';
import { LogLevelsHandler } from './log-levels.handler.ts';
import { SetLogLevelHandler } from './set-log-level.handler.ts';

/** Version and log levels. */
@Module({ controllers: [AdminController], providers: [SetLogLevelHandler, LogLevelsHandler] })
export class AdminModule {}
