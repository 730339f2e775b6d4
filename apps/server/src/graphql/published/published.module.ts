import type { Clock } from '@meshery/observability';
import { SHUTDOWN_SIGNAL } from '@meshery/service';
import { Module } from '@nestjs/common';
import type { ServerConfig } from '../../config.ts';
import { CONTROLLER_SOURCE } from '../../controllers/controller-facts.ts';
import type { ControllerSource } from '../../controllers/controller-facts.ts';
import { ControllersModule } from '../../controllers/controllers.module.ts';
import { EventsModule } from '../../events/events.module.ts';
import { EventHub } from '../../events/live/event-hub.ts';
import { InventoryModule } from '../../inventory/inventory.module.ts';
import { InventoryQueries } from '../../inventory/inventory-queries.ts';
import { ChangeHub } from '../../inventory/live/change-hub.ts';
import { ListClustersHandler } from '../../inventory/queries/list-clusters.handler.ts';
import { Providers } from '../../provider/providers.ts';
import { Sessions } from '../../sessions/sessions.ts';
import { ResetDatabaseHandler } from '../../system/reset-database.handler.ts';
import { SystemModule } from '../../system/system.module.ts';
import { CLOCK, CONFIG } from '../../tokens.ts';
import { controllerAnswers, controllerFollows } from './controller-operations.ts';
import { inventoryAnswers, inventoryFollows } from './inventory-operations.ts';
import { LiveValues } from './live-values.ts';
import { userFollows } from './user-operations.ts';
import type { PublishedOperations } from './with-published.ts';

/** Injection token of the `PublishedOperations`. */
export const PUBLISHED_OPERATIONS = Symbol('meshery.server.PublishedOperations');

const live = {
  provide: LiveValues,
  useFactory: (clock: Clock, sessions: Sessions, config: ServerConfig, shutdown: AbortSignal) =>
    new LiveValues({ clock, sessions, config, shutdown }),
  inject: [CLOCK, Sessions, CONFIG, SHUTDOWN_SIGNAL],
};

const operations = {
  provide: PUBLISHED_OPERATIONS,
  useFactory: (
    values: LiveValues,
    source: ControllerSource,
    clusters: ListClustersHandler,
    providers: Providers,
    ...[events, queries, reset, hub, sessions, config]: [
      EventHub,
      InventoryQueries,
      ResetDatabaseHandler,
      ChangeHub,
      Sessions,
      ServerConfig,
    ]
  ): PublishedOperations => {
    const { heartbeatMs } = config;
    const controllers = { source, clusters, live: values };
    const inventory = { queries, reset, providers, hub, sessions, heartbeatMs, live: values };
    return {
      answers: { ...controllerAnswers(controllers), ...inventoryAnswers(inventory) },
      follows: {
        ...controllerFollows(controllers),
        ...inventoryFollows(inventory),
        ...userFollows({ providers, events, live: values }),
      },
      rights: { resyncCluster: 'administer', deployMeshsync: 'write', connectToNats: 'write' },
    };
  },
  inject: [
    LiveValues,
    CONTROLLER_SOURCE,
    ListClustersHandler,
    Providers,
    EventHub,
    InventoryQueries,
    ResetDatabaseHandler,
    ChangeHub,
    Sessions,
    CONFIG,
  ],
};

/** The operations of published clients that this server answers. */
@Module({
  imports: [InventoryModule, ControllersModule, EventsModule, SystemModule],
  providers: [live, operations],
  exports: [PUBLISHED_OPERATIONS],
})
export class PublishedModule {}
