import type { IngestControl, IngestPort } from '@meshery/contracts';
import type { MesheryError } from '@meshery/errors';
import type { ClusterAccess } from '@meshery/kube';
import type { ComponentStates } from '../components/component-states.ts';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import { z } from 'zod';
import type { ClusterSource } from './cluster-sources.ts';
import type { DiscoveryLeases, LeasedDiscovery } from './discovery-leases.ts';
import { HostedAgent } from './hosted-agent.ts';
import type { SharedAgentParts } from './hosted-agent.ts';

/** What every agent of this process shares, and who keeps how they are. */
export type DiscoveryHostParts = Omit<SharedAgentParts, 'onFault'> & {
  readonly states: ComponentStates;
  /** Where several servers could discover the same: which of them does. */
  readonly leases?: DiscoveryLeases | undefined;
};

/** One of another version may say something else. */
const words = z.object({
  clusterId: z.string().optional(),
  condition: z
    .object({
      ...{ name: z.string(), apiServerUrl: z.string(), reason: z.string(), message: z.string(), since: z.string() },
      ...{ connectionId: z.string(), isReadOtherwise: z.boolean() },
    })
    .optional(),
});

interface Attached {
  readonly agent: HostedAgent;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** What a server says to the others of a cluster that it discovers. */
interface DiscoveryWords {
  readonly clusterId?: string | undefined;
  readonly condition?: ClusterCondition | undefined;
}

/** Runs the embedded discovery: one agent for each connection that is attached, at one of the servers of a database. */
export class DiscoveryHost implements LeasedDiscovery {
  readonly #shared: DiscoveryHostParts;
  /** What is to be discovered, by id of the connection; here or at another server. */
  readonly #wanted = new Map<string, ClusterSource>();
  readonly #attached = new Map<string, Attached>();
  readonly #ending = new Set<Promise<void>>();
  readonly #listeners: ((id: string, clusterId: string) => void)[] = [];
  readonly #controls = new Map<string, (control: IngestControl) => void>();
  readonly #isOn: boolean;
  #isClosed = false;

  /** With `isOn` false nothing is ever discovered in this process. */
  constructor(shared: DiscoveryHostParts, isOn: boolean) {
    this.#shared = shared;
    this.#isOn = isOn;
  }

  /** Calls back whenever the cluster of an attached one begins to be read, for the life of the process. */
  onCluster(listener: (id: string, clusterId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Has a cluster discovered by one of the servers that could; one that is attached already goes on as it is. */
  attach(id: string, source: ClusterSource): void {
    if (!this.#isOn || this.#isClosed || this.#wanted.has(id)) return;
    this.#wanted.set(id, source);
    if (this.#shared.leases?.want(id, this) ?? true) this.begin(id);
  }

  /** Starts to discover a cluster that is attached. */
  begin(id: string): void {
    const source = this.#wanted.get(id);
    if (source === undefined || this.#isClosed || this.#attached.has(id)) return;
    const { states, version } = this.#shared;
    const port = noted(this.#portOf(id), (clusterId) => {
      states.seen('discovery', id, { version, clusterId });
    });
    const onFault = (error: MesheryError): void => {
      states.failed('discovery', id, error, { version });
    };
    const agent = new HostedAgent(source, { ...this.#shared, port, onFault });
    const stop = new AbortController();
    const ended = agent.run(stop.signal).catch((error: unknown) => {
      this.#shared.logger.error({ context: source.name, err: error }, 'discovery ended');
    });
    this.#attached.set(id, { agent, stop, ended });
  }

  /** Stops to discover a cluster here; another server may by now. */
  end(id: string): void {
    const ending = this.#stop(id).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  /** Stops to discover a cluster; resolves when its agent has said good-bye. */
  async detach(id: string): Promise<void> {
    this.#wanted.delete(id);
    await this.#stop(id);
    this.#shared.leases?.leave(id);
  }

  /** Detaches everything and takes nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#ending, ...[...this.#wanted.keys()].map((id) => this.detach(id))]);
    await this.#shared.leases?.close();
  }

  says(id: string): DiscoveryWords {
    const clusterId = this.#attached.get(id)?.agent.clusterId;
    return { clusterId, condition: this.ownConditions().find(({ connectionId }) => connectionId === id) };
  }

  /** What keeps clusters from being read, by whichever server. */
  conditions(): readonly ClusterCondition[] {
    return [...this.ownConditions(), ...[...this.#saidByOthers().values()].flatMap(({ condition }) => condition ?? [])];
  }

  /** What keeps clusters from being read that this server is to read. */
  ownConditions(): readonly ClusterCondition[] {
    const read = new Set(this.#agents().map((agent) => agent.readServer()));
    return [...this.#attached].flatMap(([connectionId, { agent }]) => {
      const condition = agent.condition();
      if (condition === undefined) return [];
      return { ...condition, connectionId, isReadOtherwise: read.has(condition.apiServerUrl) };
    });
  }

  /** Has every object of a cluster read anew, here or by the server that reads it; false when none does. */
  resync(clusterId: string, reason: string): boolean {
    const control = this.#controls.get(clusterId);
    control?.({ type: 'snapshot-all', reason });
    return control !== undefined || (this.#shared.leases?.askToReadAnew(this.#readByOther(clusterId)) ?? false);
  }

  readAnew(id: string): void {
    const clusterId = this.#attached.get(id)?.agent.clusterId ?? '';
    this.#controls.get(clusterId)?.({ type: 'snapshot-all', reason: 'an administrator asked another server for it' });
  }

  /** The way to the API server of a cluster that is read, here or by another server; undefined for others. */
  async accessTo(clusterId: string): Promise<ClusterAccess | undefined> {
    const own = this.#agents().find((agent) => agent.clusterId === clusterId);
    if (own !== undefined) return own.access();
    return this.#wanted.get(this.#readByOther(clusterId))?.resolve();
  }

  /** Brings the gauges up to date before a scrape. */
  observe(): void {
    for (const agent of this.#agents()) agent.observe();
  }

  /** The connection by which another server reads a cluster; empty when none does. */
  #readByOther(clusterId: string): string {
    const [id = ''] = [...this.#saidByOthers()].find(([, says]) => says.clusterId === clusterId) ?? [];
    return id;
  }

  #saidByOthers(): ReadonlyMap<string, DiscoveryWords> {
    const said = [...(this.#shared.leases?.said ?? [])];
    return new Map(said.map(([id, says]) => [id, words.safeParse(says).data ?? {}]));
  }

  async #stop(id: string): Promise<void> {
    const attached = this.#attached.get(id);
    this.#attached.delete(id);
    attached?.stop.abort();
    await attached?.ended;
  }

  #agents(): readonly HostedAgent[] {
    return [...this.#attached.values()].map(({ agent }) => agent);
  }

  /** A port that says which cluster a run is opened for, and whom to ask about it. */
  #portOf(id: string): IngestPort {
    const { port } = this.#shared;
    return {
      ...(port.packsInto === undefined ? {} : { packsInto: port.packsInto }),
      openRun: (request, signal) => {
        for (const tell of this.#listeners) tell(id, request.clusterId);
        return port.openRun(request, signal);
      },
      send: (batch, signal) => port.send(batch, signal),
      controls: (clusterId, onControl, signal) => {
        this.#controls.set(clusterId, onControl);
        signal.addEventListener('abort', () => {
          if (this.#controls.get(clusterId) === onControl) this.#controls.delete(clusterId);
        });
        return port.controls(clusterId, onControl, signal);
      },
    };
  }
}

/** A port that says whenever something of a cluster was committed. */
function noted(port: IngestPort, seen: (clusterId: string) => void): IngestPort {
  return {
    ...port,
    openRun: async (request, signal) => {
      const response = await port.openRun(request, signal);
      seen(request.clusterId);
      return response;
    },
    send: async (batch, signal) => {
      const outcome = await port.send(batch, signal);
      seen(batch.clusterId);
      return outcome;
    },
  };
}
