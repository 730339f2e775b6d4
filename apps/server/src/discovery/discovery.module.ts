import { createDiscoveryMetrics, createIncarnations } from '@meshery/discovery';
import { Gauge } from '@meshery/observability';
import type { Clock, Logger, Registry } from '@meshery/observability';
import { LOGGER, METRICS, SHUTDOWN_SIGNAL } from '@meshery/service';
import type { InventoryStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import { ClusterConditions } from '../inventory/cluster-conditions.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { BUILD_INFO, CLOCK, CONFIG, INVENTORY_STORE } from '../tokens.ts';
import { DiscoveryHost } from './discovery-host.ts';
import { StoreIngestPort } from './store-ingest-port.ts';

const host = {
  provide: DiscoveryHost,
  useFactory: (
    config: ServerConfig,
    store: InventoryStore,
    clock: Clock,
    logger: Logger,
    metrics: Registry,
    build: BuildInfo,
  ) =>
    new DiscoveryHost(config, {
      port: new StoreIngestPort(store),
      clock,
      logger,
      metrics: createDiscoveryMetrics(metrics),
      random: Math.random,
      ids: createIncarnations(clock),
      version: build.version,
      stallMs: config.stallMs,
      watchList: config.watchList,
    }),
  inject: [CONFIG, INVENTORY_STORE, CLOCK, LOGGER, METRICS, BUILD_INFO],
};

/** Discovers clusters inside this process. */
@Module({ imports: [InventoryModule], providers: [host] })
export class DiscoveryModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #host: DiscoveryHost;
  readonly #config: ServerConfig;
  readonly #logger: Logger;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DiscoveryHost) discovery: DiscoveryHost,
    @Inject(CONFIG) config: ServerConfig,
    @Inject(LOGGER) logger: Logger,
    @Inject(ClusterConditions) conditions: ClusterConditions,
    @Inject(METRICS) metrics: Registry,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
  ) {
    this.#host = discovery;
    this.#config = config;
    this.#logger = logger;
    conditions.watch(() => discovery.conditions());
    shutdown.addEventListener(
      'abort',
      () => {
        this.#stop.abort();
      },
      { once: true },
    );
    observeBeforeScrape(discovery, metrics);
  }

  onApplicationBootstrap(): void {
    if (!this.#config.discovery) return;
    this.#running = this.#host.run(this.#stop.signal).catch((error: unknown) => {
      this.#logger.error({ err: error }, 'discovery ended');
    });
  }

  /** Agents say good-bye while the store still writes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}

function observeBeforeScrape(discovery: DiscoveryHost, metrics: Registry): void {
  const failing = new Gauge({
    name: 'meshery_discovery_unreachable_clusters',
    help: 'Selected contexts whose cluster cannot be read.',
    registers: [metrics],
    collect: () => {
      discovery.observe();
      failing.set(discovery.conditions().length);
    },
  });
}
