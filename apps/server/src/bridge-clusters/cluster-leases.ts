import { hash } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import type { Board, BoardChange, SharedLease } from '@meshery/store';
import type { Follower, Lease } from './lease.ts';
import type { OperatorCluster } from './operator-cluster.ts';
import { OtherServers } from './other-servers.ts';
import type { KnownBridge, ServerWords } from './other-servers.ts';

/** What leases are kept with. */
export interface ClusterLeasesParts {
  /** Writes what this server says, and reads what all servers of the database do. */
  readonly exchange: (change: BoardChange) => Promise<Board>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly ids: () => string;
}

interface Bridge {
  /** Undefined while it has no stream. */
  follower: Follower | undefined;
  /** When its leases were renewed last. */
  renewedAt: number;
  /** What it said that it serves when its stream began, as far as that was not refused. */
  readonly claims: Set<string>;
  /** False until all servers can know that it is here. */
  isWelcome: boolean;
}

type Begun = BoardChange['begun'][number];

/**
 * Shares clusters out among the bridges that follow the servers of one database: each to the one with the highest score
 * of those that are bound to it, so that a bridge that comes or goes moves as few as possible. A cluster has one lease
 * at a time, which the server of its bridge looks after. It is given on when the bridge said that it let go, when that
 * was silent for the time of a lease, or when its server was for twice that time. For the time of a lease after the
 * start this server gives only what a bridge says it serves, to that bridge: there may be leases of a process before.
 */
export class ClusterLeases {
  readonly #parts: ClusterLeasesParts;
  readonly #id: string;
  readonly #others: OtherServers;
  readonly #bridges = new Map<string, Bridge>();
  /** Of bridges of this server, by cluster id. */
  readonly #leases = new Map<string, Lease>();
  readonly #begun = new Map<string, Begun>();
  readonly #ended = new Set<string>();
  /** Leases whose bridges say something new. */
  readonly #said = new Set<Lease>();
  readonly #startedAt: number;
  #wanted: ReadonlyMap<string, OperatorCluster> | undefined;
  /** When this server began to say that it is there, on the last time that it could. */
  #provenAt = -Infinity;
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(parts: ClusterLeasesParts) {
    this.#parts = parts;
    this.#id = parts.ids();
    this.#others = new OtherServers(this.#id);
    this.#startedAt = parts.clock.monotonic();
  }

  get leaseMs(): number {
    return this.#parts.leaseMs;
  }

  /** Streams that are open. */
  get followers(): readonly Follower[] {
    return [...this.#bridges.values()].flatMap(({ follower }) => follower ?? []);
  }

  /** A stream begins; one that the same instance had before is cut. */
  join(follower: Follower, claims: Iterable<string>): void {
    const known = this.#bridges.get(follower.instance);
    const renewedAt = this.#parts.clock.monotonic();
    this.#bridges.set(follower.instance, { follower, renewedAt, claims: new Set(claims), isWelcome: false });
    known?.follower?.cut();
    void this.reconcile();
  }

  /** A stream is over; its leases last. */
  leave(follower: Follower): void {
    const bridge = this.#bridges.get(follower.instance);
    if (bridge?.follower !== follower) return;
    bridge.follower = undefined;
    void this.reconcile();
  }

  /** A bridge is there. False when its leases are not renewed by that: the other servers may take this one for dead. */
  renew(follower: Follower): boolean {
    const bridge = this.#bridges.get(follower.instance);
    const now = this.#parts.clock.monotonic();
    if (bridge?.follower !== follower || !bridge.isWelcome || now - this.#provenAt >= this.leaseMs) return false;
    bridge.renewedAt = now;
    return true;
  }

  /** A bridge serves a cluster no more. */
  release({ instance }: Follower, clusterId: string, leaseId: string): void {
    const lease = this.#leases.get(clusterId);
    if (lease?.holder !== instance || lease.id !== leaseId) return;
    this.#end(lease);
    void this.reconcile();
  }

  /** What a bridge says about a cluster that it has; `isNew` when other servers have to hear it. */
  say(instance: string, clusterId: string, says: unknown, isNew: boolean): void {
    const lease = this.#leases.get(clusterId);
    if (lease?.holder !== instance) return;
    lease.says = says;
    if (isNew) this.#said.add(lease);
  }

  /** Who has a cluster and what that says about it, at whichever server; undefined when nobody has it. */
  held(clusterId: string): Pick<Lease, 'holder' | 'says'> | undefined {
    return this.#leases.get(clusterId) ?? this.#others.leaseOf(clusterId);
  }

  /** What is to be served from now on. */
  async want(clusters: ReadonlyMap<string, OperatorCluster>): Promise<void> {
    this.#wanted = clusters;
    await this.reconcile();
  }

  /**
   * Brings leases in line with what is wanted and who is there; to be called regularly, because time ends leases and
   * the other servers have to hear of this one. Never rejects.
   */
  reconcile(): Promise<void> {
    if (this.#isClosed) return this.#last;
    this.#next ??= this.#last.then(() => {
      this.#next = undefined;
      return this.#reconcile();
    });
    this.#last = this.#next;
    return this.#next;
  }

  /** Ends every stream and gives nothing more. Bridges go on for as long as their leases last. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const follower of this.followers) follower.end();
    await this.#last;
  }

  async #reconcile(): Promise<void> {
    const { clock, logger } = this.#parts;
    try {
      do {
        const at = clock.monotonic();
        const change = this.#change(at);
        const board = await this.#parts.exchange(change);
        this.#provenAt = at;
        this.#takeUp(change, board);
        this.#decide();
      } while (this.#begun.size > 0 || this.#ended.size > 0);
    } catch (error) {
      logger.warn({ err: error }, 'the leases of bridges were not shared with the other servers');
    }
  }

  /** What this server has to say. While it starts it does not ask for clusters of others. */
  #change(now: number): BoardChange {
    const bridges = this.#isStarting() ? [] : [...this.#ownBridges()];
    const fresh = [...this.#bridges].filter(([, { follower, isWelcome }]) => follower !== undefined && !isWelcome);
    return {
      process: this.#id,
      says: { bridges } satisfies ServerWords,
      gone: this.#others.silent(now, 2 * this.leaseMs),
      taken: fresh.map(([instance]) => instance),
      ended: [...this.#ended],
      said: [...this.#said].map(({ id, says }) => ({ id, says })),
      begun: [...this.#begun.values()],
    };
  }

  #takeUp(change: BoardChange, board: Board): void {
    this.#others.read(board, this.#parts.clock.monotonic());
    for (const id of change.ended) this.#ended.delete(id);
    const said = new Set(change.said.map(({ says }) => says));
    for (const lease of this.#said) if (said.has(lease.says)) this.#said.delete(lease);
    const own = new Map(board.leases.filter(({ process }) => process === this.#id).map((row) => [row.id, row]));
    for (const lease of [...this.#leases.values()]) if (!own.has(lease.id)) this.#lose(lease);
    for (const row of own.values()) this.#keep(row);
    this.#begun.clear();
    for (const instance of change.taken) this.#welcome(instance);
  }

  /** A lease of this server, as it is on the board. */
  #keep({ subject: clusterId, id, holder, says }: SharedLease): void {
    if (this.#leases.has(clusterId) || this.#ended.has(id)) return;
    if (this.#bridges.has(holder)) this.#leases.set(clusterId, { id, clusterId, holder, told: undefined, says });
    else this.#ended.add(id);
  }

  #welcome(instance: string): void {
    const bridge = this.#bridges.get(instance);
    if (bridge?.follower === undefined || bridge.isWelcome) return;
    bridge.isWelcome = true;
    bridge.follower.welcome();
    for (const lease of this.#of(instance)) {
      lease.told = undefined;
      if (lease.withdrawnAt !== undefined) this.#withdraw(lease, bridge.follower);
    }
  }

  /** The other servers took this one for dead, or the bridge has gone to one of them. */
  #lose(lease: Lease): void {
    this.#leases.delete(lease.clusterId);
    const bridge = this.#bridges.get(lease.holder);
    if (bridge !== undefined) this.#cut(bridge);
  }

  #decide(): void {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    this.#expire();
    for (const lease of [...this.#leases.values()]) this.#check(lease, wanted.get(lease.clusterId));
    for (const { clusterId } of wanted.values()) if (this.held(clusterId) === undefined) this.#grant(clusterId);
    for (const bridge of this.#bridges.values()) this.#refuseClaims(bridge);
  }

  #expire(): void {
    const now = this.#parts.clock.monotonic();
    const { leaseMs } = this;
    for (const [instance, bridge] of this.#bridges) {
      const isStuck = this.#of(instance).some(({ withdrawnAt = now }) => now - withdrawnAt > 2 * leaseMs);
      const isSilent = now - bridge.renewedAt > leaseMs;
      if (isStuck || isSilent) this.#cut(bridge);
      if (!isSilent) continue;
      for (const lease of this.#of(instance)) this.#end(lease);
      this.#bridges.delete(instance);
    }
  }

  #end({ clusterId, id }: Lease): void {
    this.#leases.delete(clusterId);
    this.#ended.add(id);
  }

  #cut(bridge: Bridge): void {
    const { follower } = bridge;
    bridge.follower = undefined;
    follower?.cut();
  }

  #check(lease: Lease, cluster: OperatorCluster | undefined): void {
    const holder = this.#welcomed(lease.holder);
    if (holder === undefined || lease.withdrawnAt !== undefined) return;
    const isKept = cluster !== undefined && this.#ownerOf(lease.clusterId, lease.holder) === lease.holder;
    if (!isKept) this.#withdraw(lease, holder);
    else if (!isSame(lease.told, cluster)) {
      lease.told = cluster;
      holder.assign(lease, cluster);
    }
  }

  #withdraw(lease: Lease, holder: Follower): void {
    lease.withdrawnAt = this.#parts.clock.monotonic();
    holder.withdraw(lease.clusterId, lease.id);
  }

  /** The bridge is told once the lease is on the board. */
  #grant(clusterId: string): void {
    const owner = this.#ownerOf(clusterId);
    if (owner === undefined || this.#welcomed(owner) === undefined) return;
    this.#begun.set(clusterId, { subject: clusterId, id: this.#parts.ids(), holder: owner, says: null });
  }

  /** Who is to have a cluster; in the time after the start whoever of this server has it already. */
  #ownerOf(clusterId: string, holder?: string): string | undefined {
    const own = [...this.#ownBridges()].filter((bridge) => isBound(bridge, clusterId));
    if (this.#isStarting()) {
      const has = (instance: string): boolean => this.#bridges.get(instance)?.claims.has(clusterId) === true;
      return own.find(({ instance }) => instance === holder || has(instance))?.instance;
    }
    const able = [...own, ...this.#others.bridges.filter((bridge) => isBound(bridge, clusterId))];
    const scored = able.map(({ instance }) => ({ instance, score: hash('sha256', `${instance} ${clusterId}`) }));
    scored.sort((one, other) => (one.score < other.score ? -1 : 1));
    return scored.at(-1)?.instance;
  }

  /** What a bridge serves and was not given, it has to end. */
  #refuseClaims({ claims, follower, isWelcome }: Bridge): void {
    if (follower === undefined || !isWelcome) return;
    for (const clusterId of claims) {
      if (this.#begun.has(clusterId) || this.#leases.get(clusterId)?.holder === follower.instance) continue;
      claims.delete(clusterId);
      follower.withdraw(clusterId, '');
    }
  }

  *#ownBridges(): Iterable<KnownBridge> {
    for (const { follower, isWelcome } of this.#bridges.values()) {
      if (follower !== undefined && isWelcome) yield { instance: follower.instance, clusters: [...follower.clusters] };
    }
  }

  #welcomed(instance: string): Follower | undefined {
    const bridge = this.#bridges.get(instance);
    return bridge?.isWelcome === true ? bridge.follower : undefined;
  }

  #isStarting(): boolean {
    return this.#parts.clock.monotonic() - this.#startedAt < this.leaseMs;
  }

  #of(instance: string): readonly Lease[] {
    return [...this.#leases.values()].filter(({ holder }) => holder === instance);
  }
}

function isBound({ clusters }: KnownBridge, clusterId: string): boolean {
  return clusters.includes(clusterId) || clusters.includes('*');
}

function isSame(one: OperatorCluster | undefined, other: OperatorCluster): boolean {
  const { connectionId, name, kubeconfig } = other;
  return one?.connectionId === connectionId && one.name === name && one.kubeconfig === kubeconfig;
}
