import { MesheryError } from '@meshery/errors';
import { Semaphore, inClusterAccess } from '@meshery/kube';
import { systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import { ownCluster } from './clusters/cluster-entry.ts';
import type { ClusterList } from './clusters/cluster-entry.ts';
import { ClusterSource } from './clusters/cluster-source.ts';
import { KubeconfigFolder } from './clusters/kubeconfig-folder.ts';
import type { BridgeConfig } from './config.ts';
import { ConnectionFolder } from './connections/connection-folder.ts';
import type { LinkSource } from './sources/link-source.ts';

const clock = systemClock;
const standardFolder = '/etc/meshery/connections';
/** Clusters that are connected to at a time. */
const connecting = 32;

/** The sources that the configuration names; throws `meshery-config-1100` when one cannot be had. */
export function linkSources(config: BridgeConfig, logger: Logger): readonly LinkSource[] {
  const lists = clusterLists(config, logger);
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

function clusterLists(config: BridgeConfig, logger: Logger): readonly ClusterList[] {
  const { kubeconfigs, httpProxy, httpsProxy, noProxy } = config;
  const proxy = {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
  return [
    ...(config.inCluster ? [ownCluster(ownAccess(config))] : []),
    ...(kubeconfigs === undefined ? [] : [new KubeconfigFolder({ path: kubeconfigs, clock, logger, proxy })]),
  ];
}

function ownAccess({ kubeHost, kubePort }: BridgeConfig) {
  if (kubeHost !== undefined) return () => inClusterAccess({ host: kubeHost, port: kubePort, clock });
  throw new MesheryError('meshery-config-1100', 'MESHERY_BRIDGE_IN_CLUSTER is set, but this is no cluster.', {
    probableCause: 'KUBERNETES_SERVICE_HOST is not set: the bridge does not run in a pod.',
    remedy: 'Unset MESHERY_BRIDGE_IN_CLUSTER and name a folder of kubeconfigs with MESHERY_BRIDGE_KUBECONFIGS.',
  });
}
