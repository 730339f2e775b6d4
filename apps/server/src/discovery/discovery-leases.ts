import type { Clock, Logger } from '@meshery/observability';
import type { Board, BoardChange, SharedLease } from '@meshery/store';
import { z } from 'zod';
import { OtherServers } from '../bridge-clusters/other-servers.ts';

/** What the leases of discovery have before the id of a connection; those of bridges are of clusters. */
const prefix = 'discovery/';
/** Looks at leases within the time of one. */
const ticks = 5;

/** What a server has others read anew: ids of requests by connection. One of another version may say something else. */
const words = z.object({ readAnew: z.record(z.string(), z.string()) });

interface Asked {
  readonly id: string;
  /** On the monotonic clock: by then everybody heard it. */
  readonly until: number;
}

/** What leases are kept with. */
export interface DiscoveryLeasesParts {
  /** Writes what this server says, and reads what all servers of the database do. */
  readonly exchange: (change: BoardChange) => Promise<Board>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly ids: () => string;
}

/** What is done under the leases. */
export interface LeasedDiscovery {
  /** From now on this server discovers the cluster of a connection. */
  begin(connectionId: string): void;
  /** Another one does, or may. */
  end(connectionId: string): void;
  /** What all servers are to know of it, any JSON. */
  says(connectionId: string): unknown;
  /** Another server is asked to have everything of a cluster read anew that is discovered here. */
  readAnew(connectionId: string): void;
}

/**
 * Which server of a database discovers which cluster, of those that could: the first that asks, until it lets go or was
 * silent for twice the time of a lease. A server that was taken for dead ends its discovery when it hears of that; what
 * it sends until then is refused, because a newer run has begun.
 */
export class DiscoveryLeases {
  readonly #parts: DiscoveryLeasesParts;
  readonly #process: string;
  readonly #others: OtherServers;
  readonly #wanted = new Set<string>();
  /** Of this server, by connection, as they are on the board. */
  readonly #own = new Map<string, SharedLease>();
  /** What this server asks of others, by connection. */
  readonly #asked = new Map<string, Asked>();
  /** Requests of others that are on the board and were heard. */
  #heard: ReadonlySet<string> = new Set();
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;
  #beat = 0;

  constructor(parts: DiscoveryLeasesParts) {
    this.#parts = parts;
    this.#process = parts.ids();
    this.#others = new OtherServers(this.#process);
  }

  /** Asks to discover the cluster of a connection; true when this server does already. */
  want(connectionId: string, work: LeasedDiscovery): boolean {
    this.#wanted.add(connectionId);
    this.#running ??= this.#run(work, this.#stop.signal);
    this.#wake.resolve();
    return this.#own.has(connectionId);
  }

  /** Lets another server discover it, once this one has ended to. */
  leave(connectionId: string): void {
    if (this.#wanted.delete(connectionId)) this.#wake.resolve();
  }

  /** What other servers say of what they discover, by connection. */
  get said(): ReadonlyMap<string, unknown> {
    const leases = this.#others.leases.filter(({ subject }) => subject.startsWith(prefix));
    return new Map(leases.map(({ subject, says }) => [subject.slice(prefix.length), says]));
  }

  /** Has a cluster read anew by the other server that discovers it; false when none is known to. */
  askToReadAnew(connectionId: string): boolean {
    if (!this.said.has(connectionId)) return false;
    const { clock, leaseMs, ids } = this.#parts;
    this.#asked.set(connectionId, { id: ids(), until: clock.monotonic() + 2 * leaseMs });
    this.#wake.resolve();
    return true;
  }

  /** Lets go of everything, for others to take it up at once. */
  async close(): Promise<void> {
    this.#wanted.clear();
    this.#stop.abort();
    this.#wake.resolve();
    await this.#running;
    if (this.#running === undefined) return;
    const self = { id: this.#process, beat: this.#beat + 1 };
    await this.#parts
      .exchange({ ...this.#change(undefined), gone: [self] })
      .catch((error: unknown) => this.#parts.logger.debug({ err: error }, 'the leases of discovery were not ended'));
  }

  async #run(work: LeasedDiscovery, signal: AbortSignal): Promise<void> {
    const { clock, leaseMs } = this.#parts;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      await this.#reconcile(work);
      const timer = new AbortController();
      const due = clock.sleep(leaseMs / ticks, timer.signal).catch(() => undefined);
      await Promise.race([this.#wake.promise, due]);
      timer.abort();
    }
  }

  async #reconcile(work: LeasedDiscovery): Promise<void> {
    try {
      this.#takeUp(await this.#parts.exchange(this.#change(work)), work);
      // What somebody who is gone had is free as of the exchange that ended it.
      if (this.#free().length > 0) this.#takeUp(await this.#parts.exchange(this.#change(work)), work);
    } catch (error) {
      this.#parts.logger.warn({ err: error }, 'the leases of discovery were not shared with the other servers');
    }
  }

  #change(work: LeasedDiscovery | undefined): BoardChange {
    const { clock, leaseMs, ids } = this.#parts;
    const said = [...this.#own].flatMap(([connectionId, { id, says: before }]) => {
      const says = work?.says(connectionId) ?? null;
      return JSON.stringify(says) === JSON.stringify(before) ? [] : [{ id, says }];
    });
    const begun = { holder: this.#process, says: null };
    return {
      ...{ process: this.#process, says: this.#words(), taken: [] },
      gone: this.#others.silent(clock.monotonic(), 2 * leaseMs),
      ended: [...this.#own].flatMap(([connectionId, { id }]) => (this.#wanted.has(connectionId) ? [] : [id])),
      said,
      begun: this.#free().map((id) => ({ ...begun, subject: `${prefix}${id}`, id: ids() })),
    };
  }

  #words(): z.infer<typeof words> {
    const now = this.#parts.clock.monotonic();
    for (const [connectionId, { until }] of this.#asked) if (until < now) this.#asked.delete(connectionId);
    return { readAnew: Object.fromEntries([...this.#asked].map(([connectionId, { id }]) => [connectionId, id])) };
  }

  /** What is wanted here and nobody has, as far as is known. */
  #free(): readonly string[] {
    const isFree = (id: string): boolean => !this.#own.has(id) && this.#others.leaseOf(`${prefix}${id}`) === undefined;
    return [...this.#wanted].filter(isFree);
  }

  #takeUp(board: Board, work: LeasedDiscovery): void {
    this.#others.read(board, this.#parts.clock.monotonic());
    this.#beat = board.processes.find(({ id }) => id === this.#process)?.beat ?? 0;
    const own = board.leases.filter(({ process }) => process === this.#process);
    const held = new Map(own.map((lease) => [lease.subject.slice(prefix.length), lease]));
    for (const [id, lease] of this.#own) {
      if (held.get(id)?.id === lease.id) continue;
      this.#own.delete(id);
      work.end(id);
    }
    for (const [id, lease] of held) {
      const isNew = !this.#own.has(id);
      this.#own.set(id, lease);
      if (isNew && this.#wanted.has(id)) work.begin(id);
    }
    this.#hear(board, work);
  }

  #hear({ processes }: Board, work: LeasedDiscovery): void {
    const others = processes.filter(({ id }) => id !== this.#process);
    const asked = others.flatMap(({ says }) => Object.entries(words.safeParse(says).data?.readAnew ?? {}));
    for (const [connectionId, id] of asked) {
      if (this.#own.has(connectionId) && !this.#heard.has(id)) work.readAnew(connectionId);
    }
    this.#heard = new Set(asked.map(([, id]) => id));
  }
}
