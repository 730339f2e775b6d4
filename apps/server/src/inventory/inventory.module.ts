import type { Logger, Registry } from '@meshery/observability';
import { LOGGER, METRICS, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import type { InventoryStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { EventStreams } from '../rest/event-streams.ts';
import { CONFIG, INVENTORY_SERVICE, INVENTORY_STORE } from '../tokens.ts';
import { Sessions } from '../sessions/sessions.ts';
import { ClusterConditions } from './cluster-conditions.ts';
import { ClustersController } from './clusters.controller.ts';
import { RemoveResourceHandler } from './commands/remove-resource.handler.ts';
import { InventoryQueries } from './inventory-queries.ts';
import { inventoryService } from './inventory.grpc.ts';
import { InventoryController } from './inventory.controller.ts';
import { ChangeHub } from './live/change-hub.ts';
import { ExportResourcesHandler } from './queries/export-resources.handler.ts';
import { FollowChangesHandler } from './queries/follow-changes.handler.ts';
import { GetResourceHandler } from './queries/get-resource.handler.ts';
import { ListClustersHandler } from './queries/list-clusters.handler.ts';
import { ListResourcesHandler } from './queries/list-resources.handler.ts';
import { SummariseResourcesHandler } from './queries/summarise-resources.handler.ts';
import { SubscribeController } from './subscribe.controller.ts';

const hub = {
  provide: ChangeHub,
  useFactory: (store: InventoryStore, config: ServerConfig, logger: Logger, metrics: Registry) =>
    new ChangeHub({ store, logger, metrics, maxSubscribers: config.maxSubscribers }),
  inject: [INVENTORY_STORE, CONFIG, LOGGER, METRICS],
};

/** What the gRPC service is made with besides its use cases. */
const service = {
  provide: INVENTORY_SERVICE,
  useFactory: (
    queries: InventoryQueries,
    changeHub: ChangeHub,
    sessions: Sessions,
    config: ServerConfig,
    ...[logger, shutdown]: [Logger, AbortSignal]
  ) => {
    const { heartbeatMs } = config;
    return inventoryService({ queries, hub: changeHub, sessions, heartbeatMs, logger, shutdown });
  },
  inject: [InventoryQueries, ChangeHub, Sessions, CONFIG, LOGGER, SHUTDOWN_SIGNAL],
};

/** Discovered objects over REST and event streams. */
@Module({
  controllers: [SubscribeController, InventoryController, ClustersController],
  providers: [
    moduleLogger('inventory'),
    hub,
    service,
    ClusterConditions,
    InventoryQueries,
    ListResourcesHandler,
    ExportResourcesHandler,
    GetResourceHandler,
    SummariseResourcesHandler,
    FollowChangesHandler,
    EventStreams,
    ListClustersHandler,
    RemoveResourceHandler,
  ],
  exports: [INVENTORY_SERVICE, ChangeHub, ClusterConditions, InventoryQueries, ListClustersHandler],
})
export class InventoryModule implements OnApplicationShutdown {
  readonly #hub: ChangeHub;

  constructor(@Inject(ChangeHub) changeHub: ChangeHub) {
    this.#hub = changeHub;
  }

  onApplicationShutdown(): void {
    this.#hub.close();
  }
}
