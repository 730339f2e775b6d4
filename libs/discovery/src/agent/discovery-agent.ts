import { KindState } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { ApiResource, KubeTransport } from '@meshery/kube';
import { backoffDelay, createKubeTransport, readClusterId, chooseListWay } from '@meshery/kube';
import { keyOf } from '../kinds/kind-key.ts';
import type { DiscoverySettings } from '../discovery-config.ts';
import type { KindStatus } from '../kinds/kind-set.ts';
import { compileSelection } from '../selection/kind-selection.ts';
import type { KindSelection } from '../selection/kind-selection.ts';
import type { AgentCondition } from './agent-conditions.ts';
import type { AgentOptions } from './agent-options.ts';
import { DiscoverySession, IdentityChanged } from './discovery-session.ts';

/** What an agent does at the moment. */
export type AgentPhase =
  | 'idle'
  /** Reads the identity of the cluster. */
  | 'connecting'
  /** Asks the far side where to resume. */
  | 'opening'
  | 'running'
  | 'stopped';

/** State of an agent for readiness, metrics and people. */
export interface AgentStatus {
  readonly phase: AgentPhase;
  readonly clusterId: string | undefined;
  readonly incarnation: string | undefined;
  /** Faults that are present; empty when all is well. */
  readonly conditions: readonly AgentCondition[];
  readonly kinds: readonly KindStatus[];
  /** Every watched kind is live. */
  readonly inSync: boolean;
  /** Objects known to this run. */
  readonly objects: number;
  readonly batchesInFlight: number;
  /** Objects and batches kept aside so far. */
  readonly parked: number;
}

const nothingYet: AgentStatus = {
  phase: 'idle',
  clusterId: undefined,
  incarnation: undefined,
  conditions: [],
  kinds: [],
  inSync: false,
  objects: 0,
  batchesInFlight: 0,
  parked: 0,
};

const quietStates: ReadonlySet<KindState> = new Set([
  KindState.KIND_STATE_SYNCED,
  KindState.KIND_STATE_EXCLUDED,
  KindState.KIND_STATE_REMOVED,
]);

/**
 * The MeshSync engine for one cluster: finds every kind, follows it, and hands what it sees to an IngestPort. Keeps no
 * state outside itself; a host runs one per cluster and may run it again after it ended.
 */
export class DiscoveryAgent {
  readonly #options: AgentOptions;
  #phase: AgentPhase = 'idle';
  #fault: AgentCondition | undefined;
  #session: DiscoverySession | undefined;
  #selection: KindSelection;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#selection = compileSelection(options.config);
  }

  /**
   * Other settings than those of the configuration, at once and for later runs. Only kinds that they change are started,
   * stopped (their rows go) or read anew. A malformed watch list is a condition, and the last good one stays in force.
   */
  apply(settings: DiscoverySettings): void {
    this.#selection = compileSelection({ ...this.#options.config, ...settings }, this.#selection);
    this.#session?.select(this.#selection);
  }

  /**
   * Runs until the signal aborts, then resolves. Rejects with `meshery-discovery-1401` when a newer run took over, and
   * with a fault of the program; never because the cluster or the far side is away.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { access, clock, metrics, config, logger } = this.#options;
    const onBytes = (bytes: number): void => {
      metrics.bytes(config.clusterName, bytes);
    };
    const transport = createKubeTransport(access, {
      clock,
      onBytes,
      userAgent: `meshery-meshsync/${config.agentVersion}`,
    });
    try {
      while (!signal.aborted) await this.#runOnce(transport, signal);
    } catch (error) {
      if (!signal.aborted) throw toMesheryError(error);
    } finally {
      this.#phase = 'stopped';
      await transport.close();
      logger.info({ server: transport.server }, 'discovery stopped');
    }
  }

  /** What the agent does and knows; cheap enough for every request. */
  status(): AgentStatus {
    const session = this.#session;
    if (session === undefined) return { ...nothingYet, phase: this.#phase, conditions: this.#conditions() };
    const kinds = session.kinds?.statuses() ?? [];
    const { clusterId, incarnation, batchesInFlight } = session;
    return {
      phase: this.#phase === 'opening' && session.opened ? 'running' : this.#phase,
      clusterId,
      incarnation,
      conditions: this.#conditions(),
      kinds,
      inSync: kinds.length > 0 && kinds.every((kind) => quietStates.has(kind.state)),
      objects: kinds.reduce((sum, kind) => sum + kind.objects, 0),
      batchesInFlight,
      parked: session.kinds?.parked ?? 0,
    };
  }

  /** Why a kind (resource key) is not watched; undefined when it is, or is not served. */
  whyIgnored(resourceKey: string): string | undefined {
    const resource = this.#session?.catalog?.resources.find((known: ApiResource) => keyOf(known) === resourceKey);
    return resource === undefined ? undefined : this.#session?.selection.whyIgnored(resource);
  }

  /** Brings the gauges up to date; hosts call it before a scrape. */
  observe(): void {
    const { metrics, config } = this.#options;
    const { kinds, objects, batchesInFlight } = this.status();
    const lagging = kinds.filter((kind) => !quietStates.has(kind.state)).length;
    metrics.observe(config.clusterName, { objects, inFlight: batchesInFlight, lagging, kinds: kinds.length });
  }

  #conditions(): readonly AgentCondition[] {
    const own = this.#fault === undefined ? [] : [this.#fault];
    return [...own, ...(this.#session?.conditions.list() ?? [])];
  }

  async #runOnce(transport: KubeTransport, signal: AbortSignal): Promise<void> {
    const { logger } = this.#options;
    this.#phase = 'connecting';
    this.#session = undefined;
    const clusterId = await this.#identify(transport, signal);
    const options = await this.#settled(transport, signal);
    const session = new DiscoverySession(options, transport, clusterId, this.#selection);
    this.#session = session;
    this.#phase = 'opening';
    logger.info({ cluster: clusterId, incarnation: session.incarnation, server: transport.server }, 'discovery starts');
    try {
      await session.run(signal);
    } catch (error) {
      if (!(error instanceof IdentityChanged)) throw error;
      logger.warn({ cluster: clusterId }, 'another cluster answers at this address, starting anew');
    }
  }

  /** The options with the way of listing chosen for this API server. */
  async #settled(transport: KubeTransport, signal: AbortSignal): Promise<AgentOptions> {
    const { config } = this.#options;
    if (config.stream.lists !== 'auto') return this.#options;
    const lists = await chooseListWay(transport, signal);
    return { ...this.#options, config: { ...config, stream: { ...config.stream, lists } } };
  }

  /** Reads the cluster id, for as long as it takes: without it nothing may be stored. */
  async #identify(transport: KubeTransport, signal: AbortSignal): Promise<string> {
    const { clock, random, config, logger } = this.#options;
    for (let failures = 1; ; failures += 1) {
      try {
        const id = await readClusterId(transport, signal);
        this.#fault = undefined;
        return id;
      } catch (error) {
        signal.throwIfAborted();
        const fault = toMesheryError(error);
        const message = `${fault.message} ${fault.remedy ?? ''}`.trim();
        if (this.#fault?.message !== message)
          logger.warn({ err: error, code: fault.code }, 'cannot identify the cluster, trying again');
        this.#fault = { reason: reasonOf(fault.code), message };
        const limits = { minMs: config.retryMinMs, maxMs: config.retryMaxMs };
        await clock.sleep(backoffDelay(failures, limits, random), signal);
      }
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  'meshery-kube-1303': 'ApiServerUnreachable',
  'meshery-kube-1304': 'CredentialRejected',
  'meshery-kube-1309': 'ApiServerNotTrusted',
};

function reasonOf(code: string): string {
  return reasons[code] ?? 'ClusterIdUnreadable';
}
