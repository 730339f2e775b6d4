import { Module } from '@nestjs/common';
import { KeychainsController } from './keychains.controller.ts';
import { RolesController } from './roles.controller.ts';

/** Keychains and roles over REST. */
@Module({ controllers: [KeychainsController, RolesController] })
export class KeychainsModule {}
