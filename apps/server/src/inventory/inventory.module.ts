import { inventoryServiceDefinition } from '@meshery/contracts/grpc';
import type { Clock, Logger, Registry } from '@meshery/observability';
import { LOGGER, METRICS, moduleLogger } from '@meshery/service';
import type { InventoryStore, UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { GrpcServices } from '../grpc/grpc-services.ts';
import { ComponentDefinitions } from '../registry/read/component-definitions.ts';
import { EventStreams } from '../rest/event-streams.ts';
import { CLOCK, CONFIG, INVENTORY_STORE, USER_STORE } from '../tokens.ts';
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
import { ClusterTenancy } from './scope/cluster-tenancy.ts';
import { VisibleInventory } from './scope/visible-inventory.ts';
import { SubscribeController } from './subscribe.controller.ts';

const hub = {
  provide: ChangeHub,
  useFactory: (
    store: InventoryStore,
    tenancy: ClusterTenancy,
    ...[config, logger, metrics]: [ServerConfig, Logger, Registry]
  ) => new ChangeHub({ store, tenancy, logger, metrics, maxSubscribers: config.maxSubscribers }),
  inject: [INVENTORY_STORE, ClusterTenancy, CONFIG, LOGGER, METRICS],
};

const clusterTenancy = {
  provide: ClusterTenancy,
  useFactory: (store: UserStore, clock: Clock, logger: Logger) => new ClusterTenancy({ store, clock, logger }),
  inject: [USER_STORE, CLOCK, LOGGER],
};

const visible = {
  provide: VisibleInventory,
  useFactory: (store: InventoryStore, tenancy: ClusterTenancy) => new VisibleInventory(store, tenancy),
  inject: [INVENTORY_STORE, ClusterTenancy],
};

const definitions = {
  provide: ComponentDefinitions,
  useFactory: (store: UserStore) => new ComponentDefinitions(store),
  inject: [USER_STORE],
};

/** Discovered objects over REST, event streams and gRPC. */
@Module({
  controllers: [SubscribeController, InventoryController, ClustersController],
  providers: [
    moduleLogger('inventory'),
    clusterTenancy,
    visible,
    hub,
    ClusterConditions,
    InventoryQueries,
    ListResourcesHandler,
    ExportResourcesHandler,
    GetResourceHandler,
    definitions,
    SummariseResourcesHandler,
    FollowChangesHandler,
    EventStreams,
    ListClustersHandler,
    RemoveResourceHandler,
  ],
  exports: [ChangeHub, ClusterConditions, ClusterTenancy, InventoryQueries, ListClustersHandler],
})
export class InventoryModule implements OnApplicationShutdown {
  readonly #hub: ChangeHub;

  constructor(
    @Inject(ChangeHub) changeHub: ChangeHub,
    @Inject(InventoryQueries) queries: InventoryQueries,
    @Inject(GrpcServices) services: GrpcServices,
  ) {
    this.#hub = changeHub;
    services.offer(inventoryServiceDefinition, inventoryService({ ...services.parts, queries, hub: changeHub }));
  }

  onApplicationShutdown(): void {
    this.#hub.close();
  }
}
