import type { AcceptedWrite } from './change-writer.ts';

/** One observation of an object's state. */
export interface Seen {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly at: number;
}

/**
 * Matches what was written with what an observer saw. A write counts as seen with the first observation of the same
 * object in the written state or a later one: in between, states may be left out. Observations may come first.
 */
export class ChangeLedger {
  readonly #written = new Map<string, AcceptedWrite[]>();
  readonly #seen = new Map<string, Seen[]>();

  wrote(write: AcceptedWrite): void {
    push(this.#written, write.uid, write);
  }

  saw(seen: Seen): void {
    push(this.#seen, seen.uid, seen);
  }

  /** Objects whose last written state was not seen yet. */
  get behind(): number {
    let behind = 0;
    for (const [uid, writes] of this.#written) {
      if (this.#seen.get(uid)?.at(-1)?.resourceVersion !== newest(writes)) behind += 1;
    }
    return behind;
  }

  /** When the last written state of the last object was seen. */
  get caughtUpAt(): number {
    let latest = 0;
    for (const uid of this.#written.keys())
      latest = Math.max(latest, this.#seen.get(uid)?.at(-1)?.at ?? Number.POSITIVE_INFINITY);
    return latest;
  }

  /** For each write: milliseconds from `from` to the observation; writes never seen are left out and counted. */
  delays(from: 'sentAt' | 'acceptedAt'): {
    readonly delays: number[];
    readonly lost: number;
    readonly skipped: number;
  } {
    const delays: number[] = [];
    const counts = { lost: 0, skipped: 0 };
    for (const [uid, writes] of this.#written) {
      const seen = this.#seen.get(uid) ?? [];
      matchObject(inOrder(writes), seen, { from, delays, counts });
    }
    return { delays, ...counts };
  }
}

interface MatchTarget {
  readonly from: 'sentAt' | 'acceptedAt';
  readonly delays: number[];
  readonly counts: { lost: number; skipped: number };
}

/** Both lists are in the order of the object's history, so an observation of write n covers all writes before it. */
function matchObject(writes: readonly AcceptedWrite[], seen: readonly Seen[], target: MatchTarget): void {
  const position = new Map(writes.map((write, index) => [write.resourceVersion, index]));
  let next = 0;
  for (const observation of seen) {
    const upTo = position.get(observation.resourceVersion);
    if (upTo === undefined) continue;
    target.counts.skipped += Math.max(0, upTo - next);
    for (; next <= upTo; next += 1) {
      const write = writes[next];
      if (write !== undefined) target.delays.push(observation.at - write[target.from]);
    }
  }
  target.counts.lost += writes.length - next;
}

/** Answers of one object may overtake each other; etcd's counter, read as a number, gives the order of its history. */
function inOrder(writes: readonly AcceptedWrite[]): AcceptedWrite[] {
  return writes.toSorted((one, other) => Number(one.resourceVersion) - Number(other.resourceVersion));
}

function newest(writes: readonly AcceptedWrite[]): string | undefined {
  return inOrder(writes).at(-1)?.resourceVersion;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
