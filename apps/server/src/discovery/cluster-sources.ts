import type { ClusterAccess, ExecRunner, Kubeconfig, ProxySettings } from '@meshery/kube';
import { flattenContext, inClusterAccess, loadKubeconfig, resolveAccess, selectContext } from '@meshery/kube';
import type { Clock } from '@meshery/observability';
import type { ServerConfig } from '../config.ts';

/** One cluster to discover; resolving it reads files and may run an exec plugin. */
export interface ClusterSource {
  /** Name of the context, also the cluster's name for people. */
  readonly name: string;
  resolve(): Promise<ClusterAccess>;
}

/** A context that this server was started for. */
export interface StartSource extends ClusterSource {
  /** What tells it from other contexts; the same as when its kubeconfig is uploaded. Rejects as `resolve` does. */
  contextId(): Promise<string>;
}

/** Loaded only when a kubeconfig names an exec plugin: the Kubernetes client is large. */
const lazyExecRunner: ExecRunner = async (plugin, user) => {
  const { createExecRunner } = await import('@meshery/kube/exec');
  return createExecRunner()(plugin, user);
};

/**
 * The clusters that the configuration selects: the named contexts, all of them, or the current one; inside a cluster
 * without a kubeconfig the cluster itself. Rejects with `meshery-kube-1300` to `1302`.
 */
export async function clusterSources(config: ServerConfig, clock: Clock): Promise<readonly StartSource[]> {
  if (usesOwnCluster(config)) return [ownCluster(config, clock)];
  const kubeconfig = await readKubeconfig(config);
  return contextNames(config, kubeconfig).map((name) => contextSource(config, name, clock));
}

function usesOwnCluster({ containerHost, kubeconfig, kubeconfigVariable }: ServerConfig): boolean {
  return containerHost !== undefined && kubeconfig === undefined && kubeconfigVariable === undefined;
}

function ownCluster(config: ServerConfig, clock: Clock): StartSource {
  const { containerHost: host = '', containerPort: port } = config;
  return {
    name: 'in-cluster',
    contextId: () => Promise.resolve('in-cluster'),
    resolve: () => inClusterAccess({ host, port, clock }),
  };
}

function contextNames(config: ServerConfig, kubeconfig: Kubeconfig): readonly string[] {
  if (config.contexts.includes('all')) return [...kubeconfig.contexts.keys()];
  return config.contexts.length > 0 ? config.contexts : [selectContext(kubeconfig).name];
}

/** The kubeconfig is read again at every try, so that a repaired file works without a restart. */
function contextSource(config: ServerConfig, name: string, clock: Clock): StartSource {
  return {
    name,
    contextId: async () =>
      (await flattenContext(await readKubeconfig(config), name, { trust: 'user-file', clock })).contextId,
    resolve: async () =>
      resolveAccess(await readKubeconfig(config), {
        trust: 'user-file',
        clock,
        context: name,
        exec: lazyExecRunner,
        proxy: proxySettings(config),
      }),
  };
}

/** The proxies that API servers are reached through. */
export function proxySettings({ httpProxy, httpsProxy, noProxy }: ServerConfig): ProxySettings {
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}

function readKubeconfig({ kubeconfig, kubeconfigVariable, home }: ServerConfig): Promise<Kubeconfig> {
  return loadKubeconfig({
    ...(kubeconfig === undefined ? {} : { file: kubeconfig }),
    ...(kubeconfigVariable === undefined ? {} : { kubeconfigVariable }),
    ...(home === undefined ? {} : { home }),
  });
}
