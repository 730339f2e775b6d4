import type { Clock, Logger } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { LOGGER, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import { ConnectionLife } from '../connections/connection-life.ts';
import { ConnectionMaker } from '../connections/connection-maker.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import { Providers } from '../provider/providers.ts';
import { Operations } from '../operations/operations.ts';
import { BUILD_INFO, CLOCK, CONFIG, USER_STORE } from '../tokens.ts';
import { AdapterDriver } from './adapter-driver.ts';
import { AdapterDeployer } from './adapter-deployer.ts';
import { AdapterOperations } from './adapter-operations.ts';
import { AdaptersController } from './adapters.controller.ts';
import { Adapters } from './adapters.ts';
import { ConnectedClusters } from './connected-clusters.ts';
import { StartAdapters } from './start-adapters.ts';

const adapters = {
  provide: Adapters,
  useFactory: (providers: Providers, driver: AdapterDriver, life: ConnectionLife, maker: ConnectionMaker) =>
    new Adapters({ providers, driver, life, maker }),
  inject: [Providers, AdapterDriver, ConnectionLife, ConnectionMaker],
};

const clusters = {
  provide: ConnectedClusters,
  useFactory: (providers: Providers) => new ConnectedClusters(providers),
  inject: [Providers],
};

const adapterOperations = {
  provide: AdapterOperations,
  useFactory: (
    all: Adapters,
    driver: AdapterDriver,
    connected: ConnectedClusters,
    ...[kubernetes, operations, store]: [KubernetesDriver, Operations, UserStore]
  ) => new AdapterOperations({ adapters: all, driver, clusters: connected, kubernetes, operations, store }),
  inject: [Adapters, AdapterDriver, ConnectedClusters, KubernetesDriver, Operations, USER_STORE],
};

const deployer = {
  provide: AdapterDeployer,
  useFactory: (
    all: Adapters,
    connected: ConnectedClusters,
    kubernetes: KubernetesDriver,
    operations: Operations,
    ...[providers, store, clock, config, build]: [Providers, UserStore, Clock, ServerConfig, BuildInfo]
  ) => {
    const images = { repository: config.adapterImages, tag: build.version.replace(/^v/, '') };
    return new AdapterDeployer({
      ...{ adapters: all, clusters: connected, kubernetes, operations, providers, store, clock, images },
      impersonationPrefix: config.impersonationPrefix,
    });
  },
  inject: [Adapters, ConnectedClusters, KubernetesDriver, Operations, Providers, USER_STORE, CLOCK, CONFIG, BUILD_INFO],
};

const startAdapters = {
  provide: StartAdapters,
  useFactory: (
    config: ServerConfig,
    logger: Logger,
    providers: Providers,
    driver: AdapterDriver,
    life: ConnectionLife,
  ) => new StartAdapters({ config, logger, providers, driver, life }),
  inject: [CONFIG, LOGGER, Providers, AdapterDriver, ConnectionLife],
};

/** Adapters of service meshes, and those that are in use when the server starts. */
@Module({
  imports: [ConnectionsModule],
  controllers: [AdaptersController],
  providers: [moduleLogger('adapters'), adapters, clusters, adapterOperations, deployer, startAdapters],
  exports: [Adapters, AdapterDeployer],
})
export class AdaptersModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #start: StartAdapters;
  readonly #outside: { readonly logger: Logger; readonly shutdown: AbortSignal };
  #starting: Promise<void> = Promise.resolve();

  constructor(
    @Inject(StartAdapters) start: StartAdapters,
    @Inject(LOGGER) logger: Logger,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
  ) {
    this.#start = start;
    this.#outside = { logger, shutdown };
  }

  /** The server listens without waiting for any adapter. */
  onApplicationBootstrap(): void {
    const { logger, shutdown } = this.#outside;
    this.#starting = this.#start.run(shutdown).catch((error: unknown) => {
      if (!shutdown.aborted) logger.error({ err: error }, 'adapters could not be resumed');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#starting;
  }
}
