import type { Board, SharedLease, SharedProcess } from '@meshery/store';
import { z } from 'zod';

/** A bridge, as servers tell each other of it. */
export interface KnownBridge {
  readonly instance: string;
  /** The clusters that it is bound to; `*` for all. */
  readonly clusters: readonly string[];
}

/** What a server says to the others. */
export interface ServerWords {
  readonly bridges: readonly KnownBridge[];
}

interface OtherServer {
  readonly beat: number;
  /** When it was seen to beat last, on the monotonic clock of this process. */
  readonly seenAt: number;
  readonly bridges: readonly KnownBridge[];
}

const words = z.object({ bridges: z.array(z.object({ instance: z.string(), clusters: z.array(z.string()) })) });

/** The servers that share leases with this one, as far as they were read. */
export class OtherServers {
  readonly #own: string;
  #servers: ReadonlyMap<string, OtherServer> = new Map();
  /** By cluster id. */
  #leases: ReadonlyMap<string, SharedLease> = new Map();

  constructor(own: string) {
    this.#own = own;
  }

  /** The bridges that others look after. */
  get bridges(): readonly KnownBridge[] {
    return [...this.#servers.values()].flatMap(({ bridges }) => bridges);
  }

  /** The leases of others. */
  get leases(): readonly SharedLease[] {
    return [...this.#leases.values()];
  }

  /** Takes up what was read at a time of the monotonic clock. */
  read({ processes, leases }: Board, now: number): void {
    const others = processes.filter(({ id }) => id !== this.#own);
    this.#servers = new Map(others.map((process) => [process.id, this.#seen(process, now)]));
    this.#leases = new Map(
      leases.filter(({ process }) => process !== this.#own).map((lease) => [lease.subject, lease]),
    );
  }

  /** The lease that a bridge of another server has of a cluster. */
  leaseOf(clusterId: string): SharedLease | undefined {
    return this.#leases.get(clusterId);
  }

  /** Those that were silent for longer than a time. */
  silent(now: number, forMs: number): readonly Pick<SharedProcess, 'id' | 'beat'>[] {
    return [...this.#servers].flatMap(([id, { beat, seenAt }]) => (now - seenAt > forMs ? [{ id, beat }] : []));
  }

  #seen({ id, beat, says }: SharedProcess, now: number): OtherServer {
    const known = this.#servers.get(id);
    // One of another version may say something else: its leases count all the same.
    const bridges = words.safeParse(says).data?.bridges ?? [];
    return { beat, bridges, seenAt: known?.beat === beat ? known.seenAt : now };
  }
}
