import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.ts';
import { OrganizationsController } from './organizations.controller.ts';
import { PeopleController } from './people.controller.ts';

/** Users and organizations over REST. */
@Module({ controllers: [AccountsController, OrganizationsController, PeopleController] })
export class PeopleModule {}
