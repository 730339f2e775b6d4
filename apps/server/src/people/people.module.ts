import { Module } from '@nestjs/common';
import { PeopleController } from './people.controller.ts';

/** Users and organizations over REST. */
@Module({ controllers: [PeopleController] })
export class PeopleModule {}
