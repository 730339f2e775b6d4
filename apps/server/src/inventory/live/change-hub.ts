import { MesheryError } from '@meshery/errors';
import { Gauge } from '@meshery/observability';
import type { Identity, Logger, Registry } from '@meshery/observability';
import type { CommitNotice, InventoryStore } from '@meshery/store';
import type { ClusterScope, OwnerChange } from '../scope/cluster-scope.ts';
import type { ClusterTenancy } from '../scope/cluster-tenancy.ts';
import { EventGroup, groupKey } from './event-group.ts';
import type { LiveBatch, Subscription } from './event-group.ts';

/** Changes read at once while a subscriber catches up. */
const catchUpPage = 500;
/** Commits that a group may be behind while it looks texts up, before its subscribers start anew. */
const maxPendingCommits = 256;

/** Who listens. Every call is synchronous and must not throw. */
export interface LiveListener {
  /** Changes of one commit, in order. */
  onBatch(batch: LiveBatch): void;
  /** Clusters whose state changed. */
  onClusters(clusterIds: readonly string[], seq: number): void;
  /** What it knows is worthless: read everything anew; changes after `seq` follow. */
  onReset(reason: string, seq: number): void;
  /** Resolves when more can be taken; asked between pages while catching up. */
  ready(): Promise<void>;
}

interface Member {
  readonly listener: LiveListener;
  readonly clusterIds: ReadonlySet<string> | 'all';
  /** Everything up to here was handed over. */
  cursor: number;
  live: boolean;
  /** Other clusters can be seen than when it began to catch up. */
  isOutdated: boolean;
}

interface Group {
  readonly events: EventGroup;
  readonly scope: ClusterScope;
  readonly members: Set<Member>;
  /** End of the chain of commits that wait for texts. */
  tail: Promise<void>;
  pending: number;
}

/** Whose listener it is, where it begins, and what ends it. */
export interface StartPoint {
  readonly user: Identity;
  /** Last change sequence that it knows; from now on when absent. */
  readonly since?: number;
  readonly signal: AbortSignal;
}

type ScopedSubscription = Subscription & { readonly scope: ClusterScope };

interface Joined {
  readonly group: Group;
  readonly member: Member;
  readonly leave: () => void;
}

/** A listener that is live. */
export interface Following {
  /** Sequence at which it went live. */
  readonly seq: number;
  /** Sequence up to which everything was handed over by now. */
  position(): number;
}

/** Parts of a ChangeHub. */
export interface ChangeHubOptions {
  readonly store: InventoryStore;
  readonly tenancy: ClusterTenancy;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly maxSubscribers: number;
}

/**
 * Fans committed changes out: once per distinct subscription, in the tick of the commit. Resuming reads the change
 * sequence of the store, so there is no second log; a subscriber that fell out of it is told to start anew.
 */
export class ChangeHub {
  readonly #options: ChangeHubOptions;
  readonly #groups = new Map<string, Group>();
  readonly #stop: () => void;
  #seq = 0;
  #count = 0;

  constructor(options: ChangeHubOptions) {
    this.#options = options;
    this.#stop = options.store.onCommit((notice) => {
      this.#publish(notice);
    });
    options.tenancy.onChange((changes) => {
      this.#reveal(changes);
    });
    const gauge = new Gauge({
      name: 'meshery_live_subscribers',
      help: 'Event streams and GraphQL subscriptions that follow changes.',
      registers: [options.metrics],
      collect: () => {
        gauge.set(this.#count);
      },
    });
  }

  /** Greatest change sequence seen in a commit. */
  get seq(): number {
    return this.#seq;
  }

  /** Ends the fan-out; listeners hear nothing more. */
  close(): void {
    this.#stop();
    this.#groups.clear();
  }

  /** The sequence of the newest commit: what is committed after this call was made has a greater one. */
  position(): Promise<number> {
    return this.#options.store.seq();
  }

  /**
   * Follows changes: those after `since`, or from now on. Resolves when the listener is live; rejects with
   * `meshery-core-1005` when there are too many. `signal` ends it.
   */
  async follow(subscription: Subscription, listener: LiveListener, from: StartPoint): Promise<Following> {
    from.signal.throwIfAborted();
    const start = from.since ?? this.position();
    const [scope, since] = await Promise.all([this.#options.tenancy.scopeOf(from.user), start]);
    from.signal.throwIfAborted();
    if (this.#count >= this.#options.maxSubscribers) throw tooManySubscribers(this.#options.maxSubscribers);
    const { group, member, leave } = this.#join({ ...subscription, scope }, listener, from.signal);
    try {
      const seq = await this.#catchUp(group, member, since, from.signal);
      return { seq, position: () => (group.pending > 0 ? member.cursor : Math.max(this.#seq, member.cursor)) };
    } catch (error) {
      leave();
      throw error;
    }
  }

  #join(subscription: ScopedSubscription, listener: LiveListener, signal: AbortSignal): Joined {
    const key = groupKey(subscription, subscription.scope);
    const group = this.#groups.get(key) ?? this.#newGroup(key, subscription);
    const { clusterIds } = subscription.filter;
    const member: Member = {
      listener,
      clusterIds: clusterIds === 'all' ? 'all' : new Set(clusterIds),
      cursor: 0,
      live: false,
      isOutdated: false,
    };
    group.members.add(member);
    this.#count += 1;
    const leave = (): void => {
      if (!group.members.delete(member)) return;
      this.#count -= 1;
      if (group.members.size === 0 && this.#groups.get(key) === group) this.#groups.delete(key);
    };
    signal.addEventListener('abort', leave, { once: true });
    return { group, member, leave };
  }

  #newGroup(key: string, subscription: ScopedSubscription): Group {
    const { scope } = subscription;
    const events = new EventGroup(this.#options.store, subscription, scope);
    const group: Group = { events, scope, members: new Set(), tail: Promise.resolve(), pending: 0 };
    this.#groups.set(key, group);
    return group;
  }

  /** Reads pages until nothing is left, then goes live in the same tick in which nothing was left. */
  async #catchUp(group: Group, member: Member, since: number, signal: AbortSignal): Promise<number> {
    member.cursor = since;
    for (;;) {
      const page = await this.#options.store.changesSince(member.cursor, catchUpPage);
      signal.throwIfAborted();
      if (page.reset || page.seq < member.cursor) {
        member.cursor = page.seq;
        member.listener.onReset('the change log does not reach back that far', page.seq);
      } else {
        const batch = await group.events.render(page.changes, page.seq);
        member.cursor = page.seq;
        member.listener.onBatch(batch);
      }
      if (!page.reset && !page.more && member.cursor >= this.#seq) break;
      await member.listener.ready();
      signal.throwIfAborted();
    }
    member.live = true;
    if (member.isOutdated) revealTo(member);
    return member.cursor;
  }

  #publish(notice: CommitNotice): void {
    this.#seq = Math.max(this.#seq, notice.seq);
    const whyAnew = notice.reset ?? notice.gap;
    for (const group of this.#groups.values()) {
      if (whyAnew !== undefined) resetAll(group, whyAnew, notice.seq);
      if (notice.changes.length > 0) this.#publishTo(group, notice);
      if (notice.clusterIds.length > 0) announceClusters(group, notice);
    }
  }

  /** Whoever sees other clusters now reads everything anew. */
  #reveal(changes: readonly OwnerChange[]): void {
    for (const { scope, members } of this.#groups.values()) {
      if (!changes.some(({ before, after }) => scope.sees(before) !== scope.sees(after))) continue;
      for (const member of members) revealTo(member);
    }
  }

  #publishTo(group: Group, notice: CommitNotice): void {
    if (!group.events.needsText) {
      deliver(group, group.events.renderNow(notice.changes, notice.seq));
      return;
    }
    if (group.pending >= maxPendingCommits) {
      resetAll(group, 'changes arrive faster than they can be read', notice.seq);
      return;
    }
    group.pending += 1;
    group.tail = group.tail
      .then(async () => {
        deliver(group, await group.events.render(notice.changes, notice.seq));
      })
      .catch((error: unknown) => {
        this.#options.logger.warn({ err: error, seq: notice.seq }, 'changes could not be read for subscribers');
        resetAll(group, 'changes could not be read', notice.seq);
      })
      .finally(() => {
        group.pending -= 1;
      });
  }
}

function deliver(group: Group, batch: LiveBatch): void {
  for (const member of group.members) {
    if (!member.live || batch.seq <= member.cursor) continue;
    member.cursor = batch.seq;
    if (batch.events.length > 0) member.listener.onBatch(batch);
  }
}

function resetAll(group: Group, reason: string, seq: number): void {
  for (const member of group.members) {
    if (!member.live || seq < member.cursor) continue;
    member.cursor = seq;
    member.listener.onReset(reason, seq);
  }
}

function revealTo(member: Member): void {
  member.isOutdated = !member.live;
  if (member.live) member.listener.onReset('other clusters can be seen now', member.cursor);
}

function announceClusters(group: Group, notice: CommitNotice): void {
  const visible = notice.clusterIds.filter((id) => group.scope.has(id));
  for (const { live, clusterIds, listener } of group.members) {
    if (!live) continue;
    const concerned = clusterIds === 'all' ? visible : visible.filter((id) => clusterIds.has(id));
    if (concerned.length > 0) listener.onClusters(concerned, notice.seq);
  }
}

function tooManySubscribers(limit: number): MesheryError {
  return new MesheryError('meshery-core-1005', `More than ${String(limit)} event streams are open.`, {
    probableCause: 'Many pages or programs follow changes at the same time.',
    remedy: 'Close some, or raise MESHERY_MAX_SUBSCRIBERS.',
  });
}
