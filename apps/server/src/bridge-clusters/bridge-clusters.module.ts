import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import { Providers } from '../provider/providers.ts';
import { CLOCK, CONFIG, USER_STORE } from '../tokens.ts';
import { BridgeClusters } from './bridge-clusters.ts';
import { BridgeReports } from './bridge-reports.ts';
import { ClusterLeases } from './cluster-leases.ts';
import { OperatorClusters } from './operator-clusters.ts';

const clusters = {
  provide: OperatorClusters,
  useFactory: (providers: Providers, kubernetes: KubernetesDriver, clock: Clock) =>
    new OperatorClusters({ providers, accessFrom: (kubeconfig) => kubernetes.accessFrom(kubeconfig), clock }),
  inject: [Providers, KubernetesDriver, CLOCK],
};

const leases = {
  provide: ClusterLeases,
  useFactory: (store: UserStore, clock: Clock, logger: Logger, { bridgeLeaseMs: leaseMs }: ServerConfig) =>
    new ClusterLeases({ exchange: (change) => store.exchange(change), clock, logger, leaseMs, ids: randomUUID }),
  inject: [USER_STORE, CLOCK, LOGGER, CONFIG],
};

const reports = {
  provide: BridgeReports,
  useFactory: (clock: Clock, kept: ClusterLeases) => new BridgeReports({ clock, leases: kept }),
  inject: [CLOCK, ClusterLeases],
};

const director = {
  provide: BridgeClusters,
  useFactory: (
    clock: Clock,
    logger: Logger,
    store: UserStore,
    ...[found, kept, said]: [OperatorClusters, ClusterLeases, BridgeReports]
  ) => new BridgeClusters({ clusters: found, leases: kept, reports: said, store, clock, logger }),
  inject: [CLOCK, LOGGER, USER_STORE, OperatorClusters, ClusterLeases, BridgeReports],
};

/**
 * Which bridge serves the clusters that are connected in operator mode, and what the bridges say about them. Whoever
 * listens for the bridges stops it, before the port is closed.
 */
@Module({
  imports: [ConnectionsModule],
  providers: [moduleLogger('bridge-clusters'), clusters, leases, reports, director],
  exports: [BridgeClusters, BridgeReports],
})
export class BridgeClustersModule implements OnApplicationBootstrap {
  readonly #clusters: BridgeClusters;

  constructor(@Inject(BridgeClusters) bridgeClusters: BridgeClusters) {
    this.#clusters = bridgeClusters;
  }

  onApplicationBootstrap(): void {
    this.#clusters.start();
  }
}
