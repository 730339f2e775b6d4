import type { ClusterStatus } from '@meshery/contracts';
import { mayFollow } from '@meshery/object-model';
import type { Connection, ConnectionStatus, ServiceLabel } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ClusterTenancy } from '../../inventory/scope/cluster-tenancy.ts';
import { firstOrganizationId } from '../../provider/local/first-records.ts';
import type { Connections, NewConnection } from '../../provider/connections-port.ts';
import type { Providers } from '../../provider/providers.ts';
import type { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import { clusterIdKey } from '../cluster-of.ts';
import { everyConnection } from '../every-connection.ts';
import { foundKinds, foundServer } from './found-server.ts';
import type { FoundKind, FoundServer } from './found-server.ts';

/** Pause between two looks, in milliseconds. */
const everyMs = 5000;
/** Of one cluster: nobody can fill the list of connections with Services. */
const maxOfCluster = 50;
const services = 'services.v1.';

/** What servers are found with. */
export interface FoundServersParts {
  readonly providers: Providers;
  readonly definitions: ConnectionDefinitions;
  readonly inventory: InventoryStore;
  readonly tenancy: ClusterTenancy;
  readonly clock: Clock;
  readonly logger: Logger;
  /** True when this server looks, and no other of the same database. */
  readonly leads: () => Promise<boolean>;
}

/** A server for one of the organizations whose cluster it is in. */
interface Wanted {
  readonly organizationId: string;
  readonly contextId: string;
  readonly server: FoundServer;
}

/**
 * Finds servers among the discovered Services: each is a connection that is only discovered, in every organization that
 * has its cluster. Nothing is dialled here. What a user did to one is left as it is.
 */
export class FoundServers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #parts: FoundServersParts;
  readonly #stop = new AbortController();
  /** True when something may have changed since the last look. */
  #isDue = true;
  /** What was there at the last look: made once, so that one that a user deletes stays away. */
  #known: ReadonlySet<string> = new Set();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: FoundServersParts) {
    this.#parts = parts;
    const again = (): void => {
      this.#isDue = true;
    };
    parts.tenancy.onChange(again);
    this.#stop.signal.addEventListener('abort', parts.inventory.onCommit(again), { once: true });
  }

  onApplicationBootstrap(): void {
    this.#running = this.#run(this.#stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#parts;
    const ctx = backgroundContext(logger, signal, 'found-servers');
    while (!signal.aborted) {
      await this.#round(ctx).catch((error: unknown) => {
        if (!signal.aborted)
          logger.warn({ err: error }, 'servers among the discovered objects could not be looked for');
      });
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }

  async #round(ctx: RequestContext): Promise<void> {
    if (!this.#isDue || !(await this.#parts.leads())) return;
    this.#isDue = false;
    await this.#look(ctx).catch((error: unknown) => {
      this.#isDue = true;
      throw error;
    });
  }

  async #look(ctx: RequestContext): Promise<void> {
    const wanted = await this.#wanted();
    const before = await this.#before(ctx);
    for (const [key, one] of wanted) await this.#keep(ctx, one, { key, known: before.get(key) });
    await this.#miss(
      ctx,
      [...before].flatMap(([key, connection]) => (wanted.has(key) ? [] : [connection])),
    );
    this.#known = new Set(wanted.keys());
  }

  /** What should be there, by organization and context. */
  async #wanted(): Promise<ReadonlyMap<string, Wanted>> {
    const wanted = new Map<string, Wanted>();
    for (const server of await this.#servers()) {
      const { clusterId, kind, namespace, name } = server;
      const contextId = `${clusterId}/${kind}/${namespace}/${name}`;
      for (const organizationId of this.#parts.tenancy.owners.get(clusterId) ?? [firstOrganizationId]) {
        const one = { organizationId, contextId, server };
        wanted.set(keyOf(one), one);
      }
    }
    return wanted;
  }

  async #servers(): Promise<readonly FoundServer[]> {
    const found = await Promise.all(
      this.#kinds().flatMap(({ kind, labels }) => labels.map((label) => this.#labelled(kind, label))),
    );
    const ofClusters = Map.groupBy(found.flat(), ({ clusterId }) => clusterId);
    return [...ofClusters.values()].flatMap((servers) => servers.slice(0, maxOfCluster));
  }

  async #labelled(kind: string, label: ServiceLabel): Promise<readonly FoundServer[]> {
    const filter = { clusterIds: 'all', kinds: ['Service'], apiVersions: ['v1'], labels: [label] } as const;
    const pages: (readonly FoundServer[])[] = [];
    for await (const objects of this.#parts.inventory.export(filter)) {
      pages.push(objects.flatMap((object) => foundServer(kind, object) ?? []));
    }
    return pages.flat();
  }

  /** The connections that earlier looks made. */
  async #before(ctx: RequestContext): Promise<ReadonlyMap<string, Connection>> {
    const known = new Map<string, Connection>();
    const filter = { kind: this.#kinds().map(({ kind }) => kind) };
    for await (const connection of everyConnection(ctx, this.#all(ctx), filter)) {
      const { origin, organizationId, contextId } = connection;
      if (origin !== 'discovery' || typeof contextId !== 'string') continue;
      known.set(keyOf({ organizationId, contextId }), connection);
    }
    return known;
  }

  async #keep(
    ctx: RequestContext,
    { server, organizationId, contextId }: Wanted,
    { key, known }: { readonly key: string; readonly known: Connection | undefined },
  ): Promise<void> {
    if (known === undefined) {
      if (!this.#known.has(key))
        await this.#all(ctx).create(ctx, { ...this.#draft(server), organizationId, contextId }, why);
      return;
    }
    if (known.status === 'not found') await this.#move(ctx, known, 'discovered', why);
    // What somebody uses keeps its address: its credential must not be sent elsewhere because a cluster says so.
    const isUsed = known.status !== 'discovered' && known.status !== 'not found';
    if (!isUsed && known.url !== server.url) await this.#all(ctx).update(ctx, known.id, { url: server.url });
  }

  async #miss(ctx: RequestContext, missed: readonly Connection[]): Promise<void> {
    const waiting = missed.filter(({ status }) => status === 'discovered');
    if (waiting.length === 0) return;
    const clusters = new Map((await this.#parts.inventory.clusters()).map((cluster) => [cluster.id, cluster]));
    for (const connection of waiting) {
      const clusterId = String(connection.metadata[clusterIdKey]);
      if (!this.#isGone(connection, clusterId, clusters.get(clusterId))) continue;
      await this.#move(ctx, connection, 'not found', 'Its Service is not in the cluster any more.');
    }
  }

  /** Only where its cluster is of others, or its Services are all known, is one that is not among them gone. */
  #isGone({ organizationId }: Connection, clusterId: string, cluster: ClusterStatus | undefined): boolean {
    const owners = this.#parts.tenancy.owners.get(clusterId);
    if (cluster === undefined) return owners === undefined;
    if (owners?.has(organizationId) === false) return true;
    const isRead = cluster.kinds.some(({ resource, state }) => resource === services && state === 'synced');
    return isRead && cluster.state !== 'stale';
  }

  async #move(
    ctx: RequestContext,
    { id, kind, status }: Connection,
    to: ConnectionStatus,
    reason: string,
  ): Promise<void> {
    if (!mayFollow(this.#parts.definitions.lifeOf(kind), status, to)) return;
    await this.#all(ctx).move(ctx, id, { to, why: reason });
  }

  #kinds(): readonly FoundKind[] {
    return foundKinds(this.#parts.definitions.all);
  }

  #draft({ kind, clusterId, namespace, name, url }: FoundServer): Omit<NewConnection, 'organizationId'> {
    const { type = '', subType = '' } = this.#parts.definitions.of(kind) ?? {};
    const texts = { name: `${namespace}/${name}`, description: '', styles: {}, origin: 'discovery', url } as const;
    const links = { contextId: null, controllersConfig: null, credentialId: null } as const;
    const metadata = { [clusterIdKey]: clusterId, namespace, name };
    return { kind, type, subType, status: 'discovered', ...texts, ...links, metadata };
  }

  #all(ctx: RequestContext): Connections {
    return this.#parts.providers.of(ctx).connections;
  }
}

const why = 'It was found among the objects of a cluster.';

function keyOf({ organizationId, contextId }: Pick<Wanted, 'organizationId' | 'contextId'>): string {
  return `${organizationId} ${contextId}`;
}
