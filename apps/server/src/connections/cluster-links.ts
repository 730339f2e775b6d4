import { toMesheryError } from '@meshery/errors';
import { recordId } from '@meshery/object-model';
import type { Connection, ConnectionStatus } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Connections } from '../provider/connections-port.ts';
import type { ClusterTenancy } from '../inventory/scope/cluster-tenancy.ts';
import type { Providers } from '../provider/providers.ts';
import { clusterIdKey, clusterOf } from './cluster-of.ts';
import { everyConnection } from './every-connection.ts';

/** Key under which it keeps how its far side was found at the last test; clients cannot set it either. */
export const healthKey = 'health';

const noting = 10_000;

/** What connections and clusters are joined with. */
export interface ClusterLinksParts {
  readonly providers: Providers;
  readonly store: InventoryStore;
  readonly tenancy: ClusterTenancy;
  readonly logger: Logger;
}

/** Joins connections, which users know by their ids, and the clusters behind them, which have ids of their own. */
export class ClusterLinks implements BeforeApplicationShutdown {
  readonly #parts: ClusterLinksParts;
  /** Ids of clusters by those of the connections that were seen to lead there since the start. */
  readonly #learnt = new Map<string, string>();
  readonly #learning = new Set<Promise<void>>();

  constructor(parts: ClusterLinksParts) {
    this.#parts = parts;
  }

  /** Keeps which cluster a connection leads to, as whoever reads it found out. */
  learn(id: string, clusterId: string): void {
    if (this.#learnt.get(id) === clusterId) return;
    this.#learnt.set(id, clusterId);
    this.#parts.tenancy.learn(id, clusterId);
    const work = this.#note(id, clusterId).catch((error: unknown) => {
      const { code } = toMesheryError(error);
      this.#parts.logger.warn({ connection: id, code, err: error }, 'the cluster of a connection was not noted');
    });
    this.#learning.add(work);
    void work.finally(() => this.#learning.delete(work));
  }

  /** Resolves when everything that was learnt is kept. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#learning);
  }

  /** The connection with an id; undefined when there is none that the user may see. */
  async connection(ctx: RequestContext, id: string): Promise<Connection | undefined> {
    if (!recordId.safeParse(id).success) return undefined;
    try {
      return await this.#all(ctx).get(ctx, id);
    } catch (thrown) {
      if (toMesheryError(thrown).code === 'meshery-core-1002') return undefined;
      throw thrown;
    }
  }

  /** A connection that the user may see to this cluster, one that is connected before others. */
  async connectionTo(ctx: RequestContext, clusterId: string): Promise<Connection | undefined> {
    return (await this.#find(ctx, clusterId, ['connected'])) ?? this.#find(ctx, clusterId, undefined);
  }

  /**
   * Removes what is known of the cluster that a removed connection led to. It stays while another connection leads
   * there, whoever's it is, and while an agent of its own reports it.
   */
  async forget(connection: Connection): Promise<void> {
    const { store, logger } = this.#parts;
    const clusterId = this.#learnt.get(connection.id) ?? clusterOf(connection);
    this.#learnt.delete(connection.id);
    if (clusterId === undefined) return;
    const ctx = this.#own();
    if ((await this.#find(ctx, clusterId, undefined)) !== undefined) return;
    const known = (await store.clusters()).find(({ id }) => id === clusterId);
    if (known?.source !== 'embedded') return;
    await store.removeCluster(clusterId);
    logger.info({ cluster: clusterId }, 'a cluster that no connection leads to was removed');
  }

  async #note(id: string, clusterId: string): Promise<void> {
    const ctx = this.#own();
    const { metadata } = await this.#all(ctx).get(ctx, id);
    if (metadata[clusterIdKey] === clusterId) return;
    await this.#all(ctx).update(ctx, id, { metadata: { [clusterIdKey]: clusterId } });
  }

  async #find(
    ctx: RequestContext,
    clusterId: string,
    status: readonly ConnectionStatus[] | undefined,
  ): Promise<Connection | undefined> {
    for await (const connection of everyConnection(ctx, this.#all(ctx), { kind: ['kubernetes'], status })) {
      if (clusterOf(connection) === clusterId) return connection;
    }
    return undefined;
  }

  #all(ctx: RequestContext): Connections {
    return this.#parts.providers.of(ctx).connections;
  }

  #own(): RequestContext {
    return backgroundContext(this.#parts.logger, AbortSignal.timeout(noting), 'cluster-links');
  }
}

/** The metadata that a client gives, without what only the server knows. */
export function givenMetadata(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { [clusterIdKey]: _id, [healthKey]: _health, ...rest } = given;
  return rest;
}
