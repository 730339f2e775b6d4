import { connectionServiceDefinition } from '@meshery/contracts/grpc';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import type { InventoryStore, UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import { ComponentStates } from '../components/component-states.ts';
import type { ServerConfig } from '../config.ts';
import { AdapterDriver } from '../adapters/adapter-driver.ts';
import { OperatorDeploymentModule } from '../operator-deployment/operator-deployment.module.ts';
import { OperatorDeployments } from '../operator-deployment/operator-deployments.ts';
import { DiscoveryHost } from '../discovery/discovery-host.ts';
import { DiscoveryModule } from '../discovery/discovery.module.ts';
import { EgressClient } from '../egress/egress-client.ts';
import { GrpcServices } from '../grpc/grpc-services.ts';
import { ClusterConditions } from '../inventory/cluster-conditions.ts';
import { ClusterTenancy } from '../inventory/scope/cluster-tenancy.ts';
import { Providers } from '../provider/providers.ts';
import { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { CLOCK, CONFIG, INVENTORY_STORE, USER_STORE } from '../tokens.ts';
import { ClusterLinks } from './cluster-links.ts';
import { ConnectionChanger } from './connection-changer.ts';
import { ConnectionControllersController } from './connection-controllers.controller.ts';
import { ConnectionFollower } from './connection-follower.ts';
import { ConnectionLife } from './connection-life.ts';
import { ConnectionMaker } from './connection-maker.ts';
import { ConnectionsController } from './connections.controller.ts';
import { connectionService } from './connections.grpc.ts';
import { DiscoveredTests } from './discovered-tests.ts';
import { EnvironmentConnectionsController } from './environment-connections.controller.ts';
import { FoundServers } from './found/found-servers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { driversOf } from './kinds/drivers.ts';
import { KubernetesDriver } from './kinds/kubernetes-driver.ts';
import { PrometheusDriver } from './kinds/prometheus-driver.ts';
import { RegistrationController } from './registration.controller.ts';
import { StartContexts } from './start-contexts.ts';

const egress = {
  provide: EgressClient,
  useFactory: ({ egressPrivate }: ServerConfig) => new EgressClient({ allowsPrivate: egressPrivate }),
  inject: [CONFIG],
};

const links = {
  provide: ClusterLinks,
  useFactory: (
    providers: Providers,
    store: InventoryStore,
    discovery: DiscoveryHost,
    ...[operators, tenancy, logger]: [OperatorDeployments, ClusterTenancy, Logger]
  ) => {
    const joined = new ClusterLinks({ providers, store, tenancy, logger });
    for (const reader of [discovery, operators]) {
      reader.onCluster((id, clusterId) => {
        joined.learn(id, clusterId);
      });
    }
    return joined;
  },
  inject: [Providers, INVENTORY_STORE, DiscoveryHost, OperatorDeployments, ClusterTenancy, LOGGER],
};

const kubernetes = {
  provide: KubernetesDriver,
  useFactory: (
    providers: Providers,
    discovery: DiscoveryHost,
    client: EgressClient,
    ...[operators, joined, config, clock, logger]: [OperatorDeployments, ClusterLinks, ServerConfig, Clock, Logger]
  ) => new KubernetesDriver({ providers, discovery, operators, egress: client, links: joined, config, clock, logger }),
  inject: [Providers, DiscoveryHost, EgressClient, OperatorDeployments, ClusterLinks, CONFIG, CLOCK, LOGGER],
};

const adapters = {
  provide: AdapterDriver,
  useFactory: (
    providers: Providers,
    client: EgressClient,
    states: ComponentStates,
    ...[config, clock, logger]: [ServerConfig, Clock, Logger]
  ) => {
    const ownEgress = new EgressClient({ allowsPrivate: true });
    return new AdapterDriver({
      providers,
      egress: client,
      ownEgress,
      states,
      config,
      clock,
      logger,
      random: Math.random,
    });
  },
  inject: [Providers, EgressClient, ComponentStates, CONFIG, CLOCK, LOGGER],
};

const prometheus = {
  provide: PrometheusDriver,
  useFactory: (providers: Providers, client: EgressClient, config: ServerConfig, clock: Clock, logger: Logger) =>
    new PrometheusDriver({ providers, egress: client, config, clock, logger }),
  inject: [Providers, EgressClient, CONFIG, CLOCK, LOGGER],
};

const life = {
  provide: ConnectionLife,
  useFactory: (
    providers: Providers,
    clusters: KubernetesDriver,
    client: EgressClient,
    ...[joined, adapterDriver, prometheusDriver, definitions, store, clock, logger]: [
      ClusterLinks,
      AdapterDriver,
      PrometheusDriver,
      ConnectionDefinitions,
      InventoryStore,
      Clock,
      Logger,
    ]
  ) => {
    const drivers = driversOf({
      providers,
      clusters,
      links: joined,
      adapters: adapterDriver,
      prometheus: prometheusDriver,
      egress: client,
      store,
      clock,
    });
    return new ConnectionLife({ providers, definitions, drivers, queue: new KeyedQueue(), clock, logger });
  },
  inject: [
    ...[Providers, KubernetesDriver, EgressClient, ClusterLinks, AdapterDriver, PrometheusDriver],
    ...[ConnectionDefinitions, INVENTORY_STORE, CLOCK, LOGGER],
  ],
};

const maker = {
  provide: ConnectionMaker,
  useFactory: (providers: Providers, lives: ConnectionLife, definitions: ConnectionDefinitions) =>
    new ConnectionMaker(providers, lives, definitions),
  inject: [Providers, ConnectionLife, ConnectionDefinitions],
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
  useFactory: (
    { discovery: isOn }: ServerConfig,
    clock: Clock,
    logger: Logger,
    ...[providers, definitions, lives, store]: [Providers, ConnectionDefinitions, ConnectionLife, UserStore]
  ) => {
    const leads = (): Promise<boolean> => store.leads('discovered clusters');
    return new DiscoveredTests({
      providers,
      definitions,
      life: lives,
      clock,
      logger,
      random: Math.random,
      isOn,
      leads,
    });
  },
  inject: [CONFIG, CLOCK, LOGGER, Providers, ConnectionDefinitions, ConnectionLife, USER_STORE],
};

const foundServers = {
  provide: FoundServers,
  useFactory: (
    providers: Providers,
    inventory: InventoryStore,
    tenancy: ClusterTenancy,
    ...[definitions, store, clock, logger]: [ConnectionDefinitions, UserStore, Clock, Logger]
  ) => {
    const leads = (): Promise<boolean> => store.leads('found servers');
    return new FoundServers({ providers, definitions, inventory, tenancy, clock, logger, leads });
  },
  inject: [Providers, INVENTORY_STORE, ClusterTenancy, ConnectionDefinitions, USER_STORE, CLOCK, LOGGER],
};

const follower = {
  provide: ConnectionFollower,
  useFactory: (providers: Providers, lives: ConnectionLife, store: UserStore, clock: Clock, logger: Logger) =>
    new ConnectionFollower({ providers, life: lives, store, clock, logger }),
  inject: [Providers, ConnectionLife, USER_STORE, CLOCK, LOGGER],
};

/** Nobody asks for it: to make it is to offer it. */
const service = {
  provide: Symbol('meshery.server.ConnectionService'),
  useFactory: (
    services: GrpcServices,
    providers: Providers,
    definitions: ConnectionDefinitions,
    ...[changes, lives]: [ConnectionChanger, ConnectionLife]
  ) => {
    const handlers = connectionService({ ...services.parts, providers, definitions, changer: changes, life: lives });
    services.offer(connectionServiceDefinition, handlers);
    return handlers;
  },
  inject: [GrpcServices, Providers, ConnectionDefinitions, ConnectionChanger, ConnectionLife],
};

/** Connections, their life, and what is connected when the server starts. */
@Module({
  imports: [DiscoveryModule, OperatorDeploymentModule],
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
    adapters,
    prometheus,
    life,
    maker,
    changer,
    service,
    startContexts,
    discoveredTests,
    foundServers,
    follower,
  ],
  exports: [
    ClusterLinks,
    KubernetesDriver,
    AdapterDriver,
    PrometheusDriver,
    EgressClient,
    ConnectionChanger,
    ConnectionLife,
    ConnectionMaker,
    OperatorDeploymentModule,
  ],
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
    // Without discovery in this process clusters may still be in operator mode.
    const contexts = config.discovery ? this.#contexts.run(shutdown) : Promise.resolve();
    this.#starting = Promise.all([this.#life.resume(shutdown), contexts]).then(
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
