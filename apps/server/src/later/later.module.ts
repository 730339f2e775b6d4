import { Module } from '@nestjs/common';
import { LaterController } from './later.controller.ts';

/** Published routes without a function. */
@Module({ controllers: [LaterController] })
export class LaterModule {}
