import type { Clock, Logger } from '@meshery/observability';
import type { Board, BoardChange, SharedLease } from '@meshery/store';
import { OtherServers } from '../bridge-clusters/other-servers.ts';

/** What the leases of discovery have before the id of a connection; those of bridges are of clusters. */
const prefix = 'discovery/';
/** Looks at leases within the time of one. */
const ticks = 5;

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
      ...{ process: this.#process, says: {}, taken: [] },
      gone: this.#others.silent(clock.monotonic(), 2 * leaseMs),
      ended: [...this.#own].flatMap(([connectionId, { id }]) => (this.#wanted.has(connectionId) ? [] : [id])),
      said,
      begun: this.#free().map((id) => ({ ...begun, subject: `${prefix}${id}`, id: ids() })),
    };
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
  }
}
