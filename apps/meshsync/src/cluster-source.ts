import { inClusterAccess, loadKubeconfig, resolveAccess } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import type { Clock } from '@meshery/observability';
import type { AgentConfig } from './config.ts';

/** The cluster to discover: KUBECONFIG, else the pod's own service account, else the user's kubeconfig. */
export async function clusterAccess(config: AgentConfig, clock: Clock): Promise<ClusterAccess> {
  const { kubeconfig, kubeHost, kubePort, home } = config;
  if (kubeconfig === undefined && kubeHost !== undefined)
    return inClusterAccess({ host: kubeHost, port: kubePort, clock });
  const loaded = await loadKubeconfig({
    ...(kubeconfig === undefined ? {} : { kubeconfigVariable: kubeconfig }),
    ...(home === undefined ? {} : { home }),
  });
  return resolveAccess(loaded, { trust: 'user-file', clock, proxy: proxyOf(config) });
}

function proxyOf({ httpProxy, httpsProxy, noProxy }: AgentConfig) {
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}
