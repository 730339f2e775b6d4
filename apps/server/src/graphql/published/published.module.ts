import type { Clock } from '@meshery/observability';
import { SHUTDOWN_SIGNAL } from '@meshery/service';
import { Module } from '@nestjs/common';
import type { ServerConfig } from '../../config.ts';
import { AdapterDeployer } from '../../adapters/adapter-deployer.ts';
import { AdaptersModule } from '../../adapters/adapters.module.ts';
import { ClusterLinks } from '../../connections/cluster-links.ts';
import { ConnectionChanger } from '../../connections/connection-changer.ts';
import { ConnectionLife } from '../../connections/connection-life.ts';
import { ConnectionsModule } from '../../connections/connections.module.ts';
import { CONTROLLER_SOURCE } from '../../controllers/controller-facts.ts';
import type { ControllerSource } from '../../controllers/controller-facts.ts';
import { ControllersModule } from '../../controllers/controllers.module.ts';
import { EventsModule } from '../../events/events.module.ts';
import { EventHub } from '../../events/live/event-hub.ts';
import { IngestModule } from '../../ingest/ingest.module.ts';
import { ResyncClusterHandler } from '../../ingest/resync-cluster.handler.ts';
import { InventoryModule } from '../../inventory/inventory.module.ts';
import { InventoryQueries } from '../../inventory/inventory-queries.ts';
import { ChangeHub } from '../../inventory/live/change-hub.ts';
import { ListClustersHandler } from '../../inventory/queries/list-clusters.handler.ts';
import { Providers } from '../../provider/providers.ts';
import { RegistryReader } from '../../registry/read/registry-reader.ts';
import { RegistryModule } from '../../registry/registry.module.ts';
import { Sessions } from '../../sessions/sessions.ts';
import { ResetDatabaseHandler } from '../../system/reset-database.handler.ts';
import { SystemModule } from '../../system/system.module.ts';
import { CLOCK, CONFIG } from '../../tokens.ts';
import { LiveValues } from '../live-values.ts';
import { MeshReader } from './meshes/mesh-reader.ts';
import { publishedOperations } from './published-operations.ts';
import type { PublishedOperations } from './with-published.ts';

/** Injection token of the `PublishedOperations`. */
export const PUBLISHED_OPERATIONS = Symbol('meshery.server.PublishedOperations');

const liveValues = {
  provide: LiveValues,
  useFactory: (clock: Clock, sessions: Sessions, config: ServerConfig, shutdown: AbortSignal) =>
    new LiveValues({ clock, sessions, config, shutdown }),
  inject: [CLOCK, Sessions, CONFIG, SHUTDOWN_SIGNAL],
};

const meshReader = {
  provide: MeshReader,
  useFactory: (clock: Clock, queries: InventoryQueries, shutdown: AbortSignal) =>
    new MeshReader({ clock, queries, shutdown }),
  inject: [CLOCK, InventoryQueries, SHUTDOWN_SIGNAL],
};

const operations = {
  provide: PUBLISHED_OPERATIONS,
  useFactory: (
    live: LiveValues,
    source: ControllerSource,
    clusters: ListClustersHandler,
    providers: Providers,
    ...[
      links,
      changer,
      life,
      events,
      queries,
      reset,
      resync,
      hub,
      sessions,
      { heartbeatMs },
      deployer,
      registry,
      meshes,
    ]: [
      ClusterLinks,
      ConnectionChanger,
      ConnectionLife,
      EventHub,
      InventoryQueries,
      ResetDatabaseHandler,
      ResyncClusterHandler,
      ChangeHub,
      Sessions,
      ServerConfig,
      AdapterDeployer,
      RegistryReader,
      MeshReader,
    ]
  ): PublishedOperations =>
    publishedOperations({
      ...{ live, source, clusters, providers, links, changer, life, events, queries, reset, resync, hub, sessions },
      ...{ heartbeatMs, deployer, registry, meshes },
    }),
  inject: [
    LiveValues,
    CONTROLLER_SOURCE,
    ListClustersHandler,
    Providers,
    ClusterLinks,
    ConnectionChanger,
    ConnectionLife,
    EventHub,
    InventoryQueries,
    ResetDatabaseHandler,
    ResyncClusterHandler,
    ChangeHub,
    Sessions,
    CONFIG,
    AdapterDeployer,
    RegistryReader,
    MeshReader,
  ],
};

/** The operations of published clients that this server answers. */
@Module({
  imports: [
    InventoryModule,
    ConnectionsModule,
    ControllersModule,
    EventsModule,
    SystemModule,
    IngestModule,
    AdaptersModule,
    RegistryModule,
  ],
  providers: [liveValues, meshReader, operations],
  exports: [PUBLISHED_OPERATIONS, LiveValues],
})
export class PublishedModule {}
