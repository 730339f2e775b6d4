import type { Clock, Identity, Logger } from '@meshery/observability';
import { localProviderName } from '@meshery/security';
import type { UserStore } from '@meshery/store';
import type { OnApplicationShutdown } from '@nestjs/common';
import { clusterOf } from '../../connections/cluster-of.ts';
import { firstOrganizationId } from '../../provider/local/first-records.ts';
import { isSystem } from '../../provider/local/tenancy.ts';
import { ClusterScope } from './cluster-scope.ts';
import type { OwnerChange, OwnerSource, Owners } from './cluster-scope.ts';

/** How long another server's change may go unseen; changes of this one are seen at once. */
const freshMs = 1000;
/** How long open streams may follow what was known before. */
const soonMs = 100;

/** Parts of ClusterTenancy. */
export interface ClusterTenancyParts {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Facts {
  readonly connections: ReadonlyMap<string, { readonly organizationId: string; readonly clusterId?: string }>;
  /** By user. */
  readonly scopes: Map<string, ClusterScope>;
}

/**
 * Knows whose cluster each is: of every organization that has a connection to it, of the first one when there is no
 * connection. Kept in memory, read again when user data changed.
 */
export class ClusterTenancy implements OwnerSource, OnApplicationShutdown {
  readonly #parts: ClusterTenancyParts;
  readonly #stopping = new AbortController();
  readonly #listeners: ((changes: readonly OwnerChange[]) => void)[] = [];
  /** What discovery found out, before it is kept with the connection. */
  readonly #learnt = new Map<string, string>();
  #facts: Facts = { connections: new Map(), scopes: new Map() };
  #owners: Owners = new Map();
  #changes = 1;
  #seenChanges = 0;
  #readAt = 0;
  #reading: Promise<void> | undefined;
  #isDue = false;

  constructor(parts: ClusterTenancyParts) {
    this.#parts = parts;
    const stop = parts.store.onCommit(() => {
      this.#changed();
    });
    this.#stopping.signal.addEventListener('abort', stop);
  }

  get owners(): Owners {
    return this.#owners;
  }

  organizationOf(connectionId: string): string | undefined {
    return this.#facts.connections.get(connectionId)?.organizationId;
  }

  /** Calls back when clusters have other owners, for the life of the process. */
  onChange(listener: (changes: readonly OwnerChange[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Takes note of the cluster that a connection leads to; nobody sees it before it is known whose connection it is. */
  learn(connectionId: string, clusterId: string): void {
    if (this.#learnt.get(connectionId) === clusterId) return;
    this.#learnt.set(connectionId, clusterId);
    const organizationId = this.organizationOf(connectionId);
    const added = organizationId === undefined ? [] : [organizationId];
    this.#take(new Map([...this.#owners, [clusterId, new Set([...(this.#owners.get(clusterId) ?? []), ...added])]]));
    this.#changed();
  }

  /** What somebody may see. */
  async scopeOf(user: Identity): Promise<ClusterScope> {
    await this.#upToDate();
    const { scopes } = this.#facts;
    const key = keyOf(user);
    const scope = scopes.get(key) ?? new ClusterScope(this, await this.#organizationsOf(user));
    scopes.set(key, scope);
    return scope;
  }

  /** The same without waiting, when it is known and nothing has changed since; else `scopeOf` has to find out. */
  recallScope(user: Identity): ClusterScope | undefined {
    this.#noteTime();
    return this.#seenChanges < this.#changes ? undefined : this.#facts.scopes.get(keyOf(user));
  }

  onApplicationShutdown(): void {
    this.#stopping.abort();
  }

  async #organizationsOf(user: Identity): Promise<readonly string[] | 'all'> {
    if (isSystem({ user })) return 'all';
    // Another provider keeps its organizations itself, connections are kept here.
    if (user.provider !== localProviderName) return [firstOrganizationId];
    const { userId } = user;
    const memberships = await this.#parts.store.read((data) => data.memberships.all({ userId }));
    return memberships.map(({ organizationId }) => organizationId);
  }

  #changed(): void {
    this.#changes += 1;
    const { clock, logger } = this.#parts;
    const { signal } = this.#stopping;
    if (this.#isDue) return;
    this.#isDue = true;
    clock
      .sleep(soonMs, signal)
      .then(() => {
        this.#isDue = false;
        return this.#upToDate();
      })
      .catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error }, 'the owners of clusters could not be read');
      });
  }

  /** Another server may have changed what was read a while ago. */
  #noteTime(): void {
    const { store, clock } = this.#parts;
    if (store.isShared && clock.monotonic() - this.#readAt >= freshMs) this.#changes += 1;
  }

  async #upToDate(): Promise<void> {
    this.#noteTime();
    const wanted = this.#changes;
    while (this.#seenChanges < wanted) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  async #read(): Promise<void> {
    const begun = this.#changes;
    const rows = await this.#parts.store.read((data) => data.connections.all({ kind: 'kubernetes' }));
    const connections = new Map(
      rows.map((row) => {
        const clusterId = this.#learnt.get(row.id) ?? clusterOf(row);
        const { organizationId } = row;
        return [row.id, clusterId === undefined ? { organizationId } : { organizationId, clusterId }] as const;
      }),
    );
    this.#facts = { connections, scopes: new Map() };
    this.#seenChanges = begun;
    this.#readAt = this.#parts.clock.monotonic();
    this.#take(ownersOf(connections));
  }

  #take(owners: Owners): void {
    const before = this.#owners;
    this.#owners = owners;
    const changes: OwnerChange[] = [];
    for (const id of new Set([...before.keys(), ...owners.keys()])) {
      const change = { before: before.get(id), after: owners.get(id) };
      if (!isSame(change)) changes.push(change);
    }
    if (changes.length > 0) for (const tell of this.#listeners) tell(changes);
  }
}

function keyOf({ provider, userId }: Identity): string {
  return `${provider} ${userId}`;
}

function ownersOf(connections: Facts['connections']): Owners {
  const owners = new Map<string, Set<string>>();
  for (const { organizationId, clusterId } of connections.values()) {
    if (clusterId === undefined) continue;
    const known = owners.get(clusterId);
    if (known === undefined) owners.set(clusterId, new Set([organizationId]));
    else known.add(organizationId);
  }
  return owners;
}

function isSame({ before, after }: OwnerChange): boolean {
  if (before === undefined || after === undefined) return before === after;
  return before.size === after.size && before.values().every((id) => after.has(id));
}
