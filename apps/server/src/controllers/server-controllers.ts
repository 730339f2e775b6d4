import type { ClusterStatus } from '@meshery/contracts';
import { MesheryError, toMesheryError } from '@meshery/errors';
import type { ClusterAccess } from '@meshery/kube';
import type { Clock, RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import type { BridgeReports } from '../bridge-clusters/bridge-reports.ts';
import type { ComponentKind, ComponentStates } from '../components/component-states.ts';
import { clusterOf } from '../connections/cluster-of.ts';
import type { ClusterLinks } from '../connections/cluster-links.ts';
import { modeKey } from '../connections/meshsync-mode.ts';
import type { MeshsyncMode } from '../connections/meshsync-mode.ts';
import type { ListClustersHandler } from '../inventory/queries/list-clusters.handler.ts';
import { partsFromCluster, partsFromInventory } from './controller-objects.ts';
import type { Parts } from './controller-objects.ts';
import type { ControllerFacts, ControllerSource, PartFacts } from './controller-facts.ts';

/** The ways to API servers that this server has. */
export interface ClusterAccesses {
  /** Undefined for a cluster that only its agents are known of. */
  accessTo(clusterId: string): Promise<ClusterAccess | undefined>;
}

/** What the source is made of. */
export interface ServerControllersParts {
  readonly clusters: ListClustersHandler;
  readonly accesses: ClusterAccesses;
  readonly links: ClusterLinks;
  readonly reports: Pick<BridgeReports, 'stateOf'>;
  readonly store: InventoryStore;
  readonly clock: Clock;
  /** Keeps what is found out. */
  readonly states: ComponentStates;
  /** Version of this server: that of the discovery inside of it. */
  readonly version: string;
}

/** Answers about one cluster are shared by all who ask within this time. */
const freshMs = 1000;

/** Where the controllers that are asked for are. */
interface Place {
  readonly connectionId: string;
  /** Undefined before the cluster was ever reached. */
  readonly clusterId: string | undefined;
  /** Else who reports the cluster says it. */
  readonly mode?: 'operator';
}

const neverRead: Omit<ControllerFacts, 'connectionId' | 'mode'> = {
  discovery: { state: 'unreachable', message: 'It was not read yet.', version: '' },
  fault: {
    code: 'meshery-connection-1705',
    message: 'Nothing is known of the cluster of this connection.',
    remedy: 'Test the connection, then connect it.',
  },
};

type Looked = Pick<ControllerFacts, 'fault'> & Parts;

/** Controllers of the clusters that this server knows, by the id of a connection or of a cluster. */
export class ServerControllers implements ControllerSource {
  readonly #parts: ServerControllersParts;
  readonly #recent = new Map<string, { readonly at: number; readonly looked: Promise<Looked> }>();

  constructor(parts: ServerControllersParts) {
    this.#parts = parts;
  }

  async facts(ctx: RequestContext, id: string): Promise<ControllerFacts | undefined> {
    const place = await this.#place(ctx, id);
    if (place === undefined) return undefined;
    const { connectionId, clusterId, mode } = place;
    const { clusters } = await this.#parts.clusters.handle(ctx);
    const cluster = clusters.find((known) => known.id !== '' && known.id === clusterId);
    const subscription = this.#parts.reports.stateOf(connectionId);
    const said = subscription === undefined ? {} : { subscription };
    if (cluster !== undefined) return { connectionId, ...(await this.#factsOf(cluster, mode)), ...said };
    if (mode === undefined && connectionId === clusterId) return undefined;
    if (mode === undefined || clusterId === undefined) {
      return { connectionId, mode: mode ?? 'embedded', ...neverRead, ...said };
    }
    // The operator may be there before anything arrives from it.
    const { discovery } = neverRead;
    return { connectionId, mode, discovery, ...(await this.#look(clusterId)), ...said };
  }

  async #factsOf(
    { id, source, state, message }: ClusterStatus,
    mode: MeshsyncMode = source === 'embedded' ? 'embedded' : 'operator',
  ): Promise<Omit<ControllerFacts, 'connectionId'>> {
    const version = mode === 'embedded' ? this.#parts.version : '';
    return { mode, discovery: { state, message, version }, ...(await this.#look(id)) };
  }

  /** What an id means to the user; a cluster without a connection that they see goes by its own. */
  async #place(ctx: RequestContext, id: string): Promise<Place | undefined> {
    const { links } = this.#parts;
    const named = await links.connection(ctx, id);
    const connection = named ?? (await links.connectionTo(ctx, id));
    if (connection === undefined) return { connectionId: id, clusterId: id };
    if (connection.kind !== 'kubernetes') return undefined;
    const clusterId = named === undefined ? id : clusterOf(connection);
    const isOperator = connection.metadata[modeKey] === 'operator';
    return { connectionId: connection.id, clusterId, ...(isOperator ? { mode: 'operator' } : {}) };
  }

  #look(clusterId: string): Promise<Looked> {
    const now = this.#parts.clock.monotonic();
    for (const [id, { at }] of this.#recent) if (now - at >= freshMs) this.#recent.delete(id);
    const known = this.#recent.get(clusterId);
    if (known !== undefined) return known.looked;
    const looked = this.#lookNow(clusterId);
    this.#recent.set(clusterId, { at: now, looked });
    return looked;
  }

  #note(clusterId: string, { operator, meshSync, broker }: Parts): void {
    const { states } = this.#parts;
    const found: [ComponentKind, PartFacts | undefined][] = [
      ['operator', operator],
      ['meshsync', meshSync],
      ['broker', broker],
    ];
    for (const [kind, part] of found) {
      if (part === undefined || part.isLeaving) continue;
      const facts = { version: part.version, clusterId };
      if (part.isReady) states.seen(kind, clusterId, facts);
      else states.failed(kind, clusterId, notReady(kind, part), facts);
    }
  }

  async #lookNow(clusterId: string): Promise<Looked> {
    const { accesses, clock, store } = this.#parts;
    try {
      const access = await accesses.accessTo(clusterId);
      const parts = await (access === undefined
        ? partsFromInventory(store, clusterId)
        : // Several may wait for it: nobody who leaves ends it, its own calls have deadlines.
          partsFromCluster(access, clock, new AbortController().signal));
      this.#note(clusterId, parts);
      return parts;
    } catch (thrown) {
      const { code, message, remedy = '' } = toMesheryError(thrown);
      return { fault: { code, message, remedy } };
    }
  }
}

function notReady(kind: ComponentKind, { message }: PartFacts): MesheryError {
  return new MesheryError('meshery-connection-1705', message === '' ? `The ${kind} is not ready.` : message);
}
