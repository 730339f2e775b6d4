import { Registry } from 'prom-client';
import { Source } from '@meshery/contracts';
import { noCredential, resolveAccess, loadKubeconfig } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import { createLogger, systemClock } from '@meshery/observability';
import { DiscoveryAgent } from '../agent/discovery-agent.ts';
import { createIncarnations } from '../agent/incarnations.ts';
import { defaultDiscoveryConfig } from '../discovery-config.ts';
import type { DiscoveryConfig } from '../discovery-config.ts';
import { createDiscoveryMetrics } from '../metrics/discovery-metrics.ts';
import type { MemoryInventory } from './memory-inventory.ts';

/** Short times, so that faults are noticed within a test. */
export const quickConfig: DiscoveryConfig = {
  ...defaultDiscoveryConfig,
  clusterName: 'test',
  agentVersion: 'test',
  retryMinMs: 50,
  retryMaxMs: 500,
  checkpointIntervalMs: 200,
  // Streaming lists on every server; pages are the default of newer ones and covered where a test says so.
  stream: {
    ...defaultDiscoveryConfig.stream,
    lists: 'streams',
    deniedRetryMs: 1000,
    minConnectIntervalMs: 200,
    backoffMaxMs: 1000,
  },
};

/** An agent that runs in the test until `stop`. */
export interface RunningAgent {
  readonly agent: DiscoveryAgent;
  readonly registry: Registry;
  readonly logLines: string[];
  /** Settles with the end of the run. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const incarnations = createIncarnations(systemClock);

/** Starts an agent with real parts but the far side. */
export function startAgent(
  access: ClusterAccess,
  port: MemoryInventory,
  config: Partial<DiscoveryConfig> = {},
): RunningAgent {
  const registry = new Registry();
  const logLines: string[] = [];
  const agent = new DiscoveryAgent({
    access,
    port,
    config: { ...quickConfig, ...config },
    source: Source.SOURCE_EMBEDDED,
    clock: systemClock,
    logger: createLogger({ service: 'test', level: 'debug', destination: { write: (line) => logLines.push(line) } }),
    metrics: createDiscoveryMetrics(registry),
    random: Math.random,
    ids: incarnations,
  });
  const controller = new AbortController();
  const ended = agent.run(controller.signal);
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    controller.abort();
    await ended;
  };
  return { agent, registry, logLines, ended, stop };
}

/** Access without credentials to a plain HTTP server. */
export function plainAccess(url: string): ClusterAccess {
  return {
    contextName: 'test',
    clusterName: 'test',
    server: url,
    ca: undefined,
    cert: undefined,
    key: undefined,
    tlsServerName: undefined,
    insecureSkipTlsVerify: false,
    proxyUrl: undefined,
    credential: noCredential,
  };
}

/** Access as the kubeconfig's current context says. */
export async function accessOf(kubeconfigPath: string): Promise<ClusterAccess> {
  const config = await loadKubeconfig({ file: kubeconfigPath });
  return resolveAccess(config, { trust: 'user-file', clock: systemClock });
}
