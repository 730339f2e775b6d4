import { toMesheryError } from '@meshery/errors';
import { backoffDelay } from '@meshery/kube';
import type { ServerConfig } from '../config.ts';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import { clusterSources } from './cluster-sources.ts';
import type { ClusterSource } from './cluster-sources.ts';
import { HostedAgent } from './hosted-agent.ts';
import type { SharedAgentParts } from './hosted-agent.ts';

const retryDelay = { minMs: 1000, maxMs: 30_000 };

/** Runs the embedded discovery: one agent per selected context. A kubeconfig that cannot be read is tried again. */
export class DiscoveryHost {
  readonly #config: ServerConfig;
  readonly #shared: SharedAgentParts;
  #agents: readonly HostedAgent[] = [];
  #fault: ClusterCondition | undefined;

  constructor(config: ServerConfig, shared: SharedAgentParts) {
    this.#config = config;
    this.#shared = shared;
  }

  /** Runs until the signal aborts and every agent has said good-bye. */
  async run(signal: AbortSignal): Promise<void> {
    const sources = await this.#sources(signal);
    this.#agents = sources.map((source) => new HostedAgent(source, this.#shared));
    await Promise.all(this.#agents.map((agent) => agent.run(signal)));
  }

  /** What keeps clusters from being read. */
  conditions(): readonly ClusterCondition[] {
    const read = new Set(this.#agents.map((agent) => agent.readServer()));
    const found = this.#agents
      .flatMap((agent) => agent.condition() ?? [])
      .map((condition) => ({ ...condition, isReadOtherwise: read.has(condition.apiServerUrl) }));
    return this.#fault === undefined ? found : [this.#fault, ...found];
  }

  /** Brings the gauges up to date before a scrape. */
  observe(): void {
    for (const agent of this.#agents) agent.observe();
  }

  async #sources(signal: AbortSignal): Promise<readonly ClusterSource[]> {
    const { clock, logger, random } = this.#shared;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const sources = await clusterSources(this.#config, clock);
        this.#fault = undefined;
        return sources;
      } catch (thrown) {
        const { code, message, remedy = '' } = toMesheryError(thrown);
        if (this.#fault === undefined) logger.warn({ code, err: thrown }, 'no cluster can be discovered');
        const since = this.#fault?.since ?? new Date(clock.now()).toISOString();
        this.#fault = {
          name: 'kubeconfig',
          apiServerUrl: '',
          reason: code,
          message: `${message} ${remedy}`.trim(),
          since,
        };
        await clock.sleep(backoffDelay(failures, retryDelay, random), signal).catch(() => undefined);
      }
    }
    return [];
  }
}
