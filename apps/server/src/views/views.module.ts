import { Module } from '@nestjs/common';
import { ViewsController } from './views.controller.ts';

/** Views over REST. */
@Module({ controllers: [ViewsController] })
export class ViewsModule {}
