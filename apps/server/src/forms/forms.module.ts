import { Module } from '@nestjs/common';
import { FormsController } from './forms.controller.ts';

/** Forms of the dashboard over REST. */
@Module({ controllers: [FormsController] })
export class FormsModule {}
