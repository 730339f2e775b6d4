import { Source } from '@meshery/contracts';
import { DiscoveryAgent, defaultDiscoveryConfig } from '@meshery/discovery';
import type { AgentOptions, DiscoveryConfig } from '@meshery/discovery';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import { backoffDelay } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import type { ClusterSource } from './cluster-sources.ts';

/** What every agent of this process shares. */
export type SharedAgentParts = Pick<AgentOptions, 'port' | 'clock' | 'logger' | 'metrics' | 'random' | 'ids'> & {
  readonly version: string;
  readonly stallMs: number;
  /** Which kinds to watch, as the user wrote it; a malformed one is a condition of the cluster. */
  readonly watchList: string | undefined;
  /** Hears why the agent ended; it starts again. */
  readonly onFault: (error: MesheryError) => void;
};

const restartDelay = { minMs: 1000, maxMs: 60_000 };

/**
 * Keeps one agent running for one cluster: it starts again with back-off whatever happens, except when a newer run of
 * the same cluster took over. What is wrong is a condition, never an error of the process.
 */
export class HostedAgent {
  readonly #source: ClusterSource;
  readonly #shared: SharedAgentParts;
  #agent: DiscoveryAgent | undefined;
  #server = '';
  #clusterId: string | undefined;
  #fault: { readonly error: MesheryError; readonly since: number } | undefined;

  constructor(source: ClusterSource, shared: SharedAgentParts) {
    this.#source = source;
    this.#shared = shared;
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, random } = this.#shared;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const began = clock.monotonic();
      const error = await this.#runOnce(signal);
      if (error === undefined) return;
      if (error.code === 'meshery-discovery-1401') {
        logger.warn(
          { context: this.#source.name, code: error.code },
          'a newer run discovers this cluster: stopping here',
        );
        return;
      }
      if (clock.monotonic() - began > restartDelay.maxMs) failures = 1;
      const delayMs = backoffDelay(failures, restartDelay, random);
      logger.warn(
        { context: this.#source.name, code: error.code, err: error, delayMs },
        'discovery failed, starting again',
      );
      await clock.sleep(delayMs, signal).catch(() => undefined);
    }
  }

  /** What keeps this cluster from being read; undefined while it is read. */
  condition(): ClusterCondition | undefined {
    const base = { name: this.#source.name, apiServerUrl: this.#server };
    if (this.#fault !== undefined) {
      const { error, since } = this.#fault;
      const message = error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
      return { ...base, reason: error.code, message, since: new Date(since).toISOString() };
    }
    const status = this.#agent?.status();
    const [first] = status?.clusterId === undefined ? (status?.conditions ?? []) : [];
    if (first === undefined) return undefined;
    return { ...base, ...first, since: '' };
  }

  /** Address of the API server while its cluster is known and read; undefined otherwise. */
  readServer(): string | undefined {
    return this.#agent?.status().clusterId === undefined ? undefined : this.#server;
  }

  /** Id of the cluster that is read, or was read last; undefined before the first time. */
  get clusterId(): string | undefined {
    this.#clusterId = this.#agent?.status().clusterId ?? this.#clusterId;
    return this.#clusterId;
  }

  /** The way to its API server, read anew. */
  access(): Promise<ClusterAccess> {
    return this.#source.resolve();
  }

  /** Brings the gauges up to date before a scrape. */
  observe(): void {
    this.#agent?.observe();
  }

  async #runOnce(signal: AbortSignal): Promise<MesheryError | undefined> {
    try {
      const access = await this.#source.resolve();
      this.#server = access.server;
      this.#fault = undefined;
      const { version, stallMs, watchList, onFault: _told, ...shared } = this.#shared;
      const config = agentConfig({ clusterName: this.#source.name, agentVersion: version, stallMs, watchList });
      this.#agent = new DiscoveryAgent({ ...shared, access, config, source: Source.SOURCE_EMBEDDED });
      await this.#agent.run(signal);
      return undefined;
    } catch (thrown) {
      const error = toMesheryError(thrown);
      this.#fault = { error, since: this.#fault?.since ?? this.#shared.clock.now() };
      if (!signal.aborted) this.#shared.onFault(error);
      return error;
    } finally {
      this.#agent = undefined;
    }
  }
}

type AgentSettings = Pick<DiscoveryConfig, 'clusterName' | 'agentVersion' | 'watchList'> &
  Pick<DiscoveryConfig['stream'], 'stallMs'>;

function agentConfig({ stallMs, ...settings }: AgentSettings): DiscoveryConfig {
  const { stream, ...rest } = defaultDiscoveryConfig;
  return { ...rest, ...settings, stream: { ...stream, stallMs } };
}
