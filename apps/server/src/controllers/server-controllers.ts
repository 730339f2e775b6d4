import type { ClusterStatus } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { ClusterAccess } from '@meshery/kube';
import type { Clock, RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
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
  readonly store: InventoryStore;
  readonly clock: Clock;
  /** Version of this server: that of the discovery inside of it. */
  readonly version: string;
}

/** Answers about one cluster are shared by all who ask within this time. */
const freshMs = 1000;

type Looked = Pick<ControllerFacts, 'fault'> & Parts;

/** Controllers of the clusters that this server knows; a connection is named by the id of its cluster. */
export class ServerControllers implements ControllerSource {
  readonly #parts: ServerControllersParts;
  readonly #recent = new Map<string, { readonly at: number; readonly looked: Promise<Looked> }>();

  constructor(parts: ServerControllersParts) {
    this.#parts = parts;
  }

  async facts(ctx: RequestContext, connectionId: string): Promise<ControllerFacts | undefined> {
    const { clusters } = await this.#parts.clusters.handle(ctx);
    const cluster = clusters.find(({ id }) => id !== '' && id === connectionId);
    if (cluster === undefined) return undefined;
    const isEmbedded = cluster.source === 'embedded';
    return {
      connectionId,
      mode: isEmbedded ? 'embedded' : 'operator',
      discovery: {
        state: cluster.state,
        message: cluster.message,
        version: isEmbedded ? this.#parts.version : '',
      },
      ...(await this.#look(cluster)),
    };
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
