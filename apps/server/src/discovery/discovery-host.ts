import type { IngestPort } from '@meshery/contracts';
import type { ClusterAccess } from '@meshery/kube';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import type { ClusterSource } from './cluster-sources.ts';
import { HostedAgent } from './hosted-agent.ts';
import type { SharedAgentParts } from './hosted-agent.ts';

interface Attached {
  readonly agent: HostedAgent;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Runs the embedded discovery: one agent for each connection that is attached. */
export class DiscoveryHost {
  readonly #shared: SharedAgentParts;
  readonly #attached = new Map<string, Attached>();
  readonly #listeners: ((id: string, clusterId: string) => void)[] = [];
  readonly #isOn: boolean;
  #isClosed = false;

  /** With `isOn` false nothing is ever discovered in this process. */
  constructor(shared: SharedAgentParts, isOn: boolean) {
    this.#shared = shared;
    this.#isOn = isOn;
  }

  /** Calls back whenever the cluster of an attached one begins to be read, for the life of the process. */
  onCluster(listener: (id: string, clusterId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Starts to discover a cluster; one that is attached already goes on as it is. */
  attach(id: string, source: ClusterSource): void {
    if (!this.#isOn || this.#isClosed || this.#attached.has(id)) return;
    const port = tellingCluster(this.#shared.port, (clusterId) => {
      for (const tell of this.#listeners) tell(id, clusterId);
    });
    const agent = new HostedAgent(source, { ...this.#shared, port });
    const stop = new AbortController();
    const ended = agent.run(stop.signal).catch((error: unknown) => {
      this.#shared.logger.error({ context: source.name, err: error }, 'discovery ended');
    });
    this.#attached.set(id, { agent, stop, ended });
  }

  /** Stops to discover a cluster; resolves when its agent has said good-bye. */
  async detach(id: string): Promise<void> {
    const attached = this.#attached.get(id);
    if (attached === undefined) return;
    this.#attached.delete(id);
    attached.stop.abort();
    await attached.ended;
  }

  /** Detaches everything and takes nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#attached.keys()].map((id) => this.detach(id)));
  }

  /** What keeps clusters from being read. */
  conditions(): readonly ClusterCondition[] {
    const read = new Set(this.#agents().map((agent) => agent.readServer()));
    return this.#agents()
      .flatMap((agent) => agent.condition() ?? [])
      .map((condition) => ({ ...condition, isReadOtherwise: read.has(condition.apiServerUrl) }));
  }

  /** The way to the API server of a cluster that is read here; undefined for others. */
  async accessTo(clusterId: string): Promise<ClusterAccess | undefined> {
    return this.#agents()
      .find((agent) => agent.clusterId === clusterId)
      ?.access();
  }

  /** Brings the gauges up to date before a scrape. */
  observe(): void {
    for (const agent of this.#agents()) agent.observe();
  }

  #agents(): readonly HostedAgent[] {
    return [...this.#attached.values()].map(({ agent }) => agent);
  }
}

/** A port that says which cluster a run is opened for. */
function tellingCluster(port: IngestPort, tell: (clusterId: string) => void): IngestPort {
  return {
    ...(port.packsInto === undefined ? {} : { packsInto: port.packsInto }),
    openRun: (request, signal) => {
      tell(request.clusterId);
      return port.openRun(request, signal);
    },
    send: (batch, signal) => port.send(batch, signal),
    controls: (clusterId, onControl, signal) => port.controls(clusterId, onControl, signal),
  };
}
