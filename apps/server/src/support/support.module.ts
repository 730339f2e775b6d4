import type { Clock, RecentLines } from '@meshery/observability';
import { READINESS } from '@meshery/service';
import type { ReadinessRegistry } from '@meshery/service';
import type { InventoryStore, UserStore } from '@meshery/store';
import { Module } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import { CONTROLLER_SOURCE } from '../controllers/controller-facts.ts';
import type { ControllerSource } from '../controllers/controller-facts.ts';
import { ControllersModule } from '../controllers/controllers.module.ts';
import { Operations } from '../operations/operations.ts';
import { BUILD_INFO, CLOCK, CONFIG, INVENTORY_STORE, RECENT_LINES, USER_STORE } from '../tokens.ts';
import { SupportBundle } from './support-bundle.ts';
import { SupportController } from './support.controller.ts';

type Parts = [
  ServerConfig,
  BuildInfo,
  Clock,
  ReadinessRegistry,
  InventoryStore,
  UserStore,
  ControllerSource,
  Operations,
  RecentLines,
];

const bundle = {
  provide: SupportBundle,
  useFactory: (...parts: Parts) => {
    const [config, build, clock, readiness, inventory, userData, controllers, operations, recent] = parts;
    return new SupportBundle({ config, build, clock, readiness, inventory, userData, controllers, operations, recent });
  },
  inject: [
    CONFIG,
    BUILD_INFO,
    CLOCK,
    READINESS,
    INVENTORY_STORE,
    USER_STORE,
    CONTROLLER_SOURCE,
    Operations,
    RECENT_LINES,
  ],
};

/** A bundle of facts about this server for whoever helps. */
@Module({
  imports: [ControllersModule],
  controllers: [SupportController],
  providers: [bundle],
})
export class SupportModule {}
