import { connectionServiceDefinition } from '@meshery/contracts/grpc';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import type { InventoryStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { DiscoveryHost } from '../discovery/discovery-host.ts';
import { DiscoveryModule } from '../discovery/discovery.module.ts';
import { EgressClient } from '../egress/egress-client.ts';
import { GrpcServices } from '../grpc/grpc-services.ts';
import { ClusterConditions } from '../inventory/cluster-conditions.ts';
import { Providers } from '../provider/providers.ts';
import { CLOCK, CONFIG, INVENTORY_STORE } from '../tokens.ts';
import { ClusterLinks } from './cluster-links.ts';
import { ConnectionChanger } from './connection-changer.ts';
import { ConnectionControllersController } from './connection-controllers.controller.ts';
import { ConnectionLife } from './connection-life.ts';
import { ConnectionMaker } from './connection-maker.ts';
import { ConnectionsController } from './connections.controller.ts';
import { connectionService } from './connections.grpc.ts';
import { DiscoveredTests } from './discovered-tests.ts';
import { EnvironmentConnectionsController } from './environment-connections.controller.ts';
import { KeyedQueue } from './keyed-queue.ts';
import type { ConnectionDriver } from './kinds/connection-driver.ts';
import { KubernetesDriver } from './kinds/kubernetes-driver.ts';
import { ServerDriver, grafana, prometheus } from './kinds/server-driver.ts';
import { RegistrationController } from './registration.controller.ts';
import { StartContexts } from './start-contexts.ts';

const egress = {
  provide: EgressClient,
  useFactory: ({ egressPrivate }: ServerConfig) => new EgressClient({ allowsPrivate: egressPrivate }),
  inject: [CONFIG],
};

const links = {
  provide: ClusterLinks,
  useFactory: (providers: Providers, store: InventoryStore, discovery: DiscoveryHost, logger: Logger) => {
    const joined = new ClusterLinks({ providers, store, logger });
    discovery.onCluster((id, clusterId) => {
      joined.learn(id, clusterId);
    });
    return joined;
  },
  inject: [Providers, INVENTORY_STORE, DiscoveryHost, LOGGER],
};

const kubernetes = {
  provide: KubernetesDriver,
  useFactory: (
    providers: Providers,
    discovery: DiscoveryHost,
    client: EgressClient,
    ...[joined, config, clock, logger]: [ClusterLinks, ServerConfig, Clock, Logger]
  ) => new KubernetesDriver({ providers, discovery, egress: client, links: joined, config, clock, logger }),
  inject: [Providers, DiscoveryHost, EgressClient, ClusterLinks, CONFIG, CLOCK, LOGGER],
};

const life = {
  provide: ConnectionLife,
  useFactory: (providers: Providers, clusters: KubernetesDriver, client: EgressClient, logger: Logger) => {
    const drivers = new Map<string, ConnectionDriver>([
      ['kubernetes', clusters],
      ['prometheus', new ServerDriver(prometheus, { egress: client, providers })],
      ['grafana', new ServerDriver(grafana, { egress: client, providers })],
    ]);
    return new ConnectionLife({ providers, drivers, queue: new KeyedQueue(), logger });
  },
  inject: [Providers, KubernetesDriver, EgressClient, LOGGER],
};

const maker = {
  provide: ConnectionMaker,
  useFactory: (providers: Providers, lives: ConnectionLife) => new ConnectionMaker(providers, lives),
  inject: [Providers, ConnectionLife],
};

const changer = {
  provide: ConnectionChanger,
  useFactory: (providers: Providers, makes: ConnectionMaker, lives: ConnectionLife) =>
    new ConnectionChanger(providers, makes, lives),
  inject: [Providers, ConnectionMaker, ConnectionLife],
};

const startContexts = {
  provide: StartContexts,
  useFactory: (
    config: ServerConfig,
    clock: Clock,
    logger: Logger,
    providers: Providers,
    lives: ConnectionLife,
    clusters: KubernetesDriver,
  ) => new StartContexts({ config, clock, logger, random: Math.random, providers, life: lives, kubernetes: clusters }),
  inject: [CONFIG, CLOCK, LOGGER, Providers, ConnectionLife, KubernetesDriver],
};

const discoveredTests = {
  provide: DiscoveredTests,
  useFactory: (config: ServerConfig, clock: Clock, logger: Logger, providers: Providers, lives: ConnectionLife) =>
    new DiscoveredTests({ providers, life: lives, clock, logger, random: Math.random, isOn: config.discovery }),
  inject: [CONFIG, CLOCK, LOGGER, Providers, ConnectionLife],
};

/** Nobody asks for it: to make it is to offer it. */
const service = {
  provide: Symbol('meshery.server.ConnectionService'),
  useFactory: (services: GrpcServices, providers: Providers, changes: ConnectionChanger, lives: ConnectionLife) => {
    const handlers = connectionService({ ...services.parts, providers, changer: changes, life: lives });
    services.offer(connectionServiceDefinition, handlers);
    return handlers;
  },
  inject: [GrpcServices, Providers, ConnectionChanger, ConnectionLife],
};

/** Connections, their life, and what is connected when the server starts. */
@Module({
  imports: [DiscoveryModule],
  controllers: [
    RegistrationController,
    ConnectionsController,
    ConnectionControllersController,
    EnvironmentConnectionsController,
  ],
  providers: [
    moduleLogger('connections'),
    egress,
    links,
    kubernetes,
    life,
    maker,
    changer,
    service,
    startContexts,
    discoveredTests,
  ],
  exports: [ClusterLinks, KubernetesDriver, ConnectionLife, ConnectionMaker],
})
export class ConnectionsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #contexts: StartContexts;
  readonly #life: ConnectionLife;
  readonly #outside: { readonly config: ServerConfig; readonly logger: Logger; readonly shutdown: AbortSignal };
  #starting: Promise<void> = Promise.resolve();

  constructor(
    @Inject(StartContexts) contexts: StartContexts,
    @Inject(ConnectionLife) lives: ConnectionLife,
    @Inject(ClusterConditions) conditions: ClusterConditions,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(LOGGER) logger: Logger,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
  ) {
    this.#contexts = contexts;
    this.#life = lives;
    this.#outside = { config, logger, shutdown };
    conditions.watch(() => contexts.conditions());
  }

  /** The server listens without waiting for any cluster. */
  onApplicationBootstrap(): void {
    const { config, logger, shutdown } = this.#outside;
    if (!config.discovery) return;
    this.#starting = Promise.all([this.#life.resume(shutdown), this.#contexts.run(shutdown)]).then(
      () => undefined,
      (error: unknown) => {
        logger.error({ err: error }, 'connections could not be resumed');
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#starting;
  }
}
