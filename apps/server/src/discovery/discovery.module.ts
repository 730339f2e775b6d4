import { randomUUID } from 'node:crypto';
import { createDiscoveryMetrics, createIncarnations } from '@meshery/discovery';
import { Gauge } from '@meshery/observability';
import type { Clock, Logger, Registry } from '@meshery/observability';
import { LOGGER, METRICS, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import type { InventoryStore, UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import { ComponentStates } from '../components/component-states.ts';
import type { ServerConfig } from '../config.ts';
import { ClusterConditions } from '../inventory/cluster-conditions.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { BUILD_INFO, CLOCK, CONFIG, INVENTORY_STORE, USER_STORE } from '../tokens.ts';
import { DiscoveryHost } from './discovery-host.ts';
import { DiscoveryLeases } from './discovery-leases.ts';
import { StoreIngestPort } from './store-ingest-port.ts';

/** Undefined where no other server has the database. */
const leasesOfAll = {
  provide: DiscoveryLeases,
  useFactory: (store: UserStore, { bridgeLeaseMs: leaseMs }: ServerConfig, clock: Clock, logger: Logger) =>
    store.isShared
      ? new DiscoveryLeases({ exchange: (change) => store.exchange(change), clock, logger, leaseMs, ids: randomUUID })
      : undefined,
  inject: [USER_STORE, CONFIG, CLOCK, LOGGER],
};

const host = {
  provide: DiscoveryHost,
  useFactory: (
    config: ServerConfig,
    store: InventoryStore,
    clock: Clock,
    logger: Logger,
    metrics: Registry,
    ...[build, states, leases]: [BuildInfo, ComponentStates, DiscoveryLeases | undefined]
  ) =>
    new DiscoveryHost(
      {
        port: new StoreIngestPort(store),
        clock,
        logger,
        metrics: createDiscoveryMetrics(metrics),
        random: Math.random,
        ids: createIncarnations(clock),
        version: build.version,
        stallMs: config.stallMs,
        watchList: config.watchList,
        states,
        leases,
      },
      config.discovery,
    ),
  inject: [CONFIG, INVENTORY_STORE, CLOCK, LOGGER, METRICS, BUILD_INFO, ComponentStates, DiscoveryLeases],
};

/** Discovers clusters inside this process. */
@Module({
  imports: [InventoryModule],
  providers: [moduleLogger('discovery'), leasesOfAll, host],
  exports: [DiscoveryHost, InventoryModule],
})
export class DiscoveryModule implements BeforeApplicationShutdown {
  readonly #host: DiscoveryHost;
  #closing: Promise<void> | undefined;

  constructor(
    @Inject(DiscoveryHost) discovery: DiscoveryHost,
    @Inject(ClusterConditions) conditions: ClusterConditions,
    @Inject(METRICS) metrics: Registry,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
  ) {
    this.#host = discovery;
    conditions.watch(() => discovery.conditions());
    const close = (): void => {
      this.#closing ??= discovery.close();
    };
    shutdown.addEventListener('abort', close, { once: true });
    observeBeforeScrape(discovery, metrics);
  }

  /** Agents say good-bye while the store still writes. */
  async beforeApplicationShutdown(): Promise<void> {
    await (this.#closing ??= this.#host.close());
  }
}

function observeBeforeScrape(discovery: DiscoveryHost, metrics: Registry): void {
  const failing = new Gauge({
    name: 'meshery_discovery_unreachable_clusters',
    help: 'Selected contexts whose cluster cannot be read.',
    registers: [metrics],
    collect: () => {
      discovery.observe();
      failing.set(discovery.ownConditions().length);
    },
  });
}
