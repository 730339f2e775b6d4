import { MesheryError } from '@meshery/errors';
import type { EventRecord } from '@meshery/object-model';
import { Gauge } from '@meshery/observability';
import type { Clock, Logger, Registry } from '@meshery/observability';
import type { EventScope, UserStore } from '@meshery/store';
import type { EventFormat } from './event-format.ts';
import { EventRun, runsOf } from './event-run.ts';
import { MembershipCache } from './membership-cache.ts';

/** Events read at once: as many of the largest as a client may leave unread. */
const pageSize = 50;

/** Listeners for whom it waits one millisecond more, and how long it waits at most. */
const listenersPerMs = 20;
const longestWaitMs = 50;

/** Who listens; an event stream, or a test. */
export interface EventListener {
  write(text: Uint8Array): void;
  /** Resolves when more can be taken; asked between pages while catching up. */
  ready(): Promise<void>;
}

/** What a listener wants to hear, and from where on. */
export interface EventSubscription {
  readonly userId: string;
  readonly format: EventFormat;
  /** Last position that it knows; from now on when absent. */
  readonly since?: number;
  readonly signal: AbortSignal;
}

interface Member {
  readonly format: EventFormat;
  /** Everything up to here was handed over. */
  cursor: number;
  /** Undefined while it catches up. */
  listener: EventListener | undefined;
}

/** Parts of an EventHub. */
export interface EventHubOptions {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly maxSubscribers: number;
}

/** A subscription that has begun; nothing that was committed since is lost to it. */
export interface BegunSubscription {
  /** Hands over what was missed, and then everything new. Resolves when the listener is live. */
  deliverTo(listener: EventListener): Promise<void>;
}

/**
 * Fans events out to those who may see them. The log in the store is the only one: a commit wakes the hub, which reads
 * what came after its position, so that a slow moment of it delays events and loses none.
 */
export class EventHub {
  readonly #options: EventHubOptions;
  readonly #members = new Map<string, Set<Member>>();
  readonly #memberships: MembershipCache;
  readonly #stop = new AbortController();
  #count = 0;
  #sequence = 0;
  #isStale = false;
  #pump: Promise<void> | undefined;

  constructor(options: EventHubOptions) {
    this.#options = options;
    this.#memberships = new MembershipCache(options.clock);
    const gauge = new Gauge({
      name: 'meshery_event_subscribers',
      help: 'Event streams that follow what happens.',
      registers: [options.metrics],
      collect: () => {
        gauge.set(this.#count);
      },
    });
  }

  /** Begins to follow the log, at its end. */
  async start(): Promise<void> {
    const { store } = this.#options;
    this.#sequence = await store.read(async (data) => (await data.events.head()).sequence);
    this.#stop.signal.addEventListener(
      'abort',
      store.onCommit(() => {
        this.#wake();
      }),
    );
  }

  /** Ends the fan-out; listeners hear nothing more. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#members.clear();
    await this.#pump;
  }

  /** Subscribes: what is committed from now on is not missed. Rejects with `meshery-core-1005`; `signal` ends it. */
  async subscribe(subscription: EventSubscription): Promise<BegunSubscription> {
    const { userId, format, signal } = subscription;
    signal.throwIfAborted();
    if (this.#count >= this.#options.maxSubscribers) throw tooMany(this.#options.maxSubscribers);
    const member: Member = { format, cursor: 0, listener: undefined };
    this.#join(userId, member, signal);
    this.#memberships.clear();
    const { sequence } = await this.#options.store.read((data) => data.events.head());
    member.cursor = Math.min(subscription.since ?? sequence, sequence);
    return { deliverTo: (listener) => this.#catchUp(member, listener, subscription) };
  }

  #join(userId: string, member: Member, signal: AbortSignal): void {
    const members = this.#members.get(userId) ?? new Set();
    this.#members.set(userId, members.add(member));
    this.#count += 1;
    const leave = (): void => {
      this.#count -= 1;
      members.delete(member);
      if (members.size === 0 && this.#members.get(userId) === members) this.#members.delete(userId);
    };
    signal.addEventListener('abort', leave, { once: true });
  }

  /** Reads pages until nothing is left, then goes live in the same tick in which nothing was left. */
  async #catchUp(member: Member, listener: EventListener, { userId, signal }: EventSubscription): Promise<void> {
    for (;;) {
      const { events, end } = await this.#missed(userId, member.cursor);
      signal.throwIfAborted();
      listener.write(new EventRun(events).bytes(member.format, 0));
      member.cursor = end;
      if (events.length < pageSize && member.cursor >= this.#sequence) break;
      await listener.ready();
      signal.throwIfAborted();
    }
    member.listener = listener;
  }

  #missed(userId: string, cursor: number): Promise<{ readonly events: readonly EventRecord[]; readonly end: number }> {
    return this.#options.store.read(async (data) => {
      const { sequence } = await data.events.head();
      const memberships = await data.memberships.all({ userId });
      const scope: EventScope = { userId, organizationIds: memberships.map(({ organizationId }) => organizationId) };
      const events = await data.events.after(cursor, pageSize, scope);
      const last = events.at(-1)?.sequence ?? cursor;
      return { events, end: events.length < pageSize ? Math.max(last, sequence) : last };
    });
  }

  #wake(): void {
    this.#isStale = true;
    this.#pump ??= this.#run().finally(() => {
      this.#pump = undefined;
    });
  }

  async #run(): Promise<void> {
    while (this.#isStale && !this.#stop.signal.aborted) {
      this.#isStale = false;
      try {
        await this.#deliverNew();
        await this.#gather();
      } catch (error) {
        // The position stays where it is: the next commit tries again.
        this.#options.logger.error({ err: error }, 'events could not be read for subscribers');
      }
    }
  }

  /** A write costs the same for one event as for five: the more listen, the longer events gather for one write. */
  async #gather(): Promise<void> {
    const waitMs = Math.min(longestWaitMs, Math.floor(this.#count / listenersPerMs));
    if (waitMs > 0) await this.#options.clock.sleep(waitMs, this.#stop.signal).catch(() => undefined);
  }

  async #deliverNew(): Promise<void> {
    const { store } = this.#options;
    const events = await store.read((data) => data.events.after(this.#sequence, pageSize));
    if (events.length === pageSize) this.#isStale = true;
    for (const run of runsOf(events)) {
      const { organizationId, owner } = run.first;
      const users = organizationId === null ? [owner] : await this.#memberships.of(store, organizationId);
      this.#sequence = run.last.sequence;
      for (const userId of users) this.#hand(run, this.#members.get(userId));
    }
  }

  #hand(run: EventRun, members: ReadonlySet<Member> | undefined): void {
    for (const member of members ?? []) {
      if (member.listener === undefined || member.cursor >= run.last.sequence) continue;
      member.listener.write(run.bytes(member.format, member.cursor));
      member.cursor = run.last.sequence;
    }
  }
}

function tooMany(limit: number): MesheryError {
  return new MesheryError('meshery-core-1005', `More than ${String(limit)} event streams are open.`, {
    probableCause: 'Many pages or programs follow events at the same time.',
    remedy: 'Close some, or raise MESHERY_MAX_SUBSCRIBERS.',
  });
}
