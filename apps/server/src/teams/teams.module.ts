import { Module } from '@nestjs/common';
import { TeamsController } from './teams.controller.ts';

/** Teams over REST. */
@Module({ controllers: [TeamsController] })
export class TeamsModule {}
