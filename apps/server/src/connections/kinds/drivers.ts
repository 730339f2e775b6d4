import type { AdapterDriver } from '../../adapters/adapter-driver.ts';
import type { Clock } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import type { EgressClient } from '../../egress/egress-client.ts';
import type { Providers } from '../../provider/providers.ts';
import { BrokerDriver } from './broker-driver.ts';
import type { ClusterLinks } from '../cluster-links.ts';
import type { ConnectionDriver } from './connection-driver.ts';
import type { KubernetesDriver } from './kubernetes-driver.ts';
import { MeshSyncDriver } from './meshsync-driver.ts';
import { PartDriver } from './part-driver.ts';
import type { PrometheusDriver } from './prometheus-driver.ts';
import { ServerDriver, github, grafana } from './server-driver.ts';
import { TiedClusters } from './tied-cluster.ts';

/** What far sides are reached with. */
export interface DriversParts {
  readonly providers: Providers;
  readonly clusters: KubernetesDriver;
  readonly adapters: AdapterDriver;
  readonly prometheus: PrometheusDriver;
  readonly links: ClusterLinks;
  readonly egress: EgressClient;
  readonly store: InventoryStore;
  readonly clock: Clock;
}

/** What the server can do with connections, by their kind. */
export function driversOf(parts: DriversParts): ReadonlyMap<string, ConnectionDriver> {
  const { clusters: kubernetes } = parts;
  const clusters = new TiedClusters(parts);
  return new Map<string, ConnectionDriver>([
    ['kubernetes', kubernetes],
    ['prometheus', parts.prometheus],
    ['grafana', new ServerDriver(grafana, parts)],
    ['github', new ServerDriver(github, parts)],
    ['adapter', parts.adapters],
    ['operator', new PartDriver('operator', { ...parts, clusters })],
    ['meshsync', new MeshSyncDriver({ ...parts, clusters })],
    ['broker', new BrokerDriver({ ...parts, clusters })],
  ]);
}
