import { Module } from '@nestjs/common';
import { PerformanceTestConfigsController } from './performance-test-configs.controller.ts';
import { PreferencesController } from './preferences.controller.ts';

/** Preferences of users over REST. */
@Module({ controllers: [PerformanceTestConfigsController, PreferencesController] })
export class PreferencesModule {}
