import type { ClusterStatus } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { ClusterAccess } from '@meshery/kube';
import type { Clock, RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { clusterOf } from '../connections/cluster-links.ts';
import type { ClusterLinks } from '../connections/cluster-links.ts';
import type { ListClustersHandler } from '../inventory/queries/list-clusters.handler.ts';
import { partsFromCluster, partsFromInventory } from './controller-objects.ts';
import type { Parts } from './controller-objects.ts';
import type { ControllerFacts, ControllerSource } from './controller-facts.ts';

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
  readonly store: InventoryStore;
  readonly clock: Clock;
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
}

const neverRead: Omit<ControllerFacts, 'connectionId'> = {
  mode: 'embedded',
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
    const { connectionId, clusterId } = place;
    const { clusters } = await this.#parts.clusters.handle(ctx);
    const cluster = clusters.find((known) => known.id !== '' && known.id === clusterId);
    if (cluster !== undefined) return { connectionId, ...(await this.#factsOf(cluster)) };
    return connectionId === clusterId ? undefined : { connectionId, ...neverRead };
  }

  async #factsOf(cluster: ClusterStatus): Promise<Omit<ControllerFacts, 'connectionId'>> {
    const isEmbedded = cluster.source === 'embedded';
    const { state, message } = cluster;
    return {
      mode: isEmbedded ? 'embedded' : 'operator',
      discovery: { state, message, version: isEmbedded ? this.#parts.version : '' },
      ...(await this.#look(cluster)),
    };
  }

  /** What an id means to the user; a cluster without a connection that they see goes by its own. */
  async #place(ctx: RequestContext, id: string): Promise<Place | undefined> {
    const { links } = this.#parts;
    const connection = await links.connection(ctx, id);
    if (connection === undefined) return { connectionId: (await links.connectionTo(ctx, id))?.id ?? id, clusterId: id };
    return connection.kind === 'kubernetes' ? { connectionId: id, clusterId: clusterOf(connection) } : undefined;
  }

  #look(cluster: ClusterStatus): Promise<Looked> {
    const now = this.#parts.clock.monotonic();
    for (const [id, { at }] of this.#recent) if (now - at >= freshMs) this.#recent.delete(id);
    const known = this.#recent.get(cluster.id);
    if (known !== undefined) return known.looked;
    const looked = this.#lookNow(cluster.id);
    this.#recent.set(cluster.id, { at: now, looked });
    return looked;
  }

  async #lookNow(clusterId: string): Promise<Looked> {
    const { accesses, clock, store } = this.#parts;
    try {
      const access = await accesses.accessTo(clusterId);
      if (access === undefined) return await partsFromInventory(store, clusterId);
      // Several may wait for it: nobody who leaves ends it, its own calls have deadlines.
      return await partsFromCluster(access, clock, new AbortController().signal);
    } catch (thrown) {
      const { code, message, remedy = '' } = toMesheryError(thrown);
      return { fault: { code, message, remedy } };
    }
  }
}
