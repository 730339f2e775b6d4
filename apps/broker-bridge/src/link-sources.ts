import { randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { Semaphore, inClusterAccess } from '@meshery/kube';
import type { ProxySettings } from '@meshery/kube';
import { IngestChannel } from '@meshery/messaging/ingest-grpc';
import type { IngestChannelOptions } from '@meshery/messaging/ingest-grpc';
import { systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import { ownCluster } from './clusters/cluster-entry.ts';
import type { ClusterList } from './clusters/cluster-entry.ts';
import { ClusterSource } from './clusters/cluster-source.ts';
import { KubeconfigFolder } from './clusters/kubeconfig-folder.ts';
import { ServerClusterList } from './clusters/server-cluster-list.ts';
import type { ServerClusterListDeps } from './clusters/server-cluster-list.ts';
import type { BridgeConfig } from './config.ts';
import { ConnectionFolder } from './connections/connection-folder.ts';
import type { LinkSource } from './sources/link-source.ts';

/** How the server is reached, and what it is told about its clusters. */
export type ServerOptions = IngestChannelOptions & Pick<ServerClusterListDeps, 'stateOf'>;

const clock = systemClock;
const standardFolder = '/etc/meshery/connections';
/** Clusters that are connected to at a time. */
const connecting = 32;

/** The sources that the configuration names; throws `meshery-config-1100` when one cannot be had. */
export function linkSources(config: BridgeConfig, logger: Logger, server: ServerOptions): readonly LinkSource[] {
  const lists = clusterLists(config, logger, server);
  const folder = config.connections ?? (lists.length === 0 ? standardFolder : undefined);
  const shared = {
    clock,
    logger,
    random: Math.random,
    namespace: config.namespace,
    vantage: { mayForward: config.portForward, probeMs: config.probeMs },
    first: new Semaphore(connecting),
    again: new Semaphore(connecting),
  };
  return [
    ...(folder === undefined ? [] : [new ConnectionFolder({ path: folder, clock, logger })]),
    ...lists.map((list) => new ClusterSource(list, shared)),
  ];
}

function clusterLists(config: BridgeConfig, logger: Logger, server: ServerOptions): readonly ClusterList[] {
  const { kubeconfigs, fromServer, httpProxy, httpsProxy, noProxy } = config;
  const proxy = {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
  return [
    ...(config.inCluster ? [ownCluster(ownAccess(config))] : []),
    ...(kubeconfigs === undefined ? [] : [new KubeconfigFolder({ path: kubeconfigs, clock, logger, proxy })]),
    ...(fromServer ? [serverClusters(server, logger, proxy)] : []),
  ];
}

/** Over a connection of its own: its kubeconfigs are secrets, and its leases must not wait for batches. */
function serverClusters({ stateOf, ...options }: ServerOptions, logger: Logger, proxy: ProxySettings): ClusterList {
  if (options.tls === undefined && !isLoopback(options.address)) throw plainText();
  const channel = new IngestChannel(options);
  return new ServerClusterList({ channel, instance: randomUUID(), stateOf, clock, logger, proxy });
}

function isLoopback(address: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\]):\d+$/.test(address);
}

function plainText(): MesheryError {
  return new MesheryError('meshery-config-1100', 'MESHERY_BRIDGE_FROM_SERVER needs TLS.', {
    probableCause: 'The server is on another machine, and its kubeconfigs would be readable on the way.',
    remedy: 'Set MESHERY_BRIDGE_CA to the authority of the server.',
  });
}

function ownAccess({ kubeHost, kubePort }: BridgeConfig) {
  if (kubeHost !== undefined) return () => inClusterAccess({ host: kubeHost, port: kubePort, clock });
  throw new MesheryError('meshery-config-1100', 'MESHERY_BRIDGE_IN_CLUSTER is set, but this is no cluster.', {
    probableCause: 'KUBERNETES_SERVICE_HOST is not set: the bridge does not run in a pod.',
    remedy: 'Unset MESHERY_BRIDGE_IN_CLUSTER and name a folder of kubeconfigs with MESHERY_BRIDGE_KUBECONFIGS.',
  });
}
