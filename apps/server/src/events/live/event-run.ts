import type { EventRecord } from '@meshery/object-model';
import type { EventFormat } from './event-format.ts';

const nothing = Buffer.alloc(0);

/** Events in a row that the same people see. */
export class EventRun {
  readonly #events: readonly EventRecord[];
  readonly #written = new Map<EventFormat, Uint8Array>();

  constructor(events: readonly EventRecord[]) {
    this.#events = events;
  }

  get first(): EventRecord {
    return this.#at(0);
  }

  get last(): EventRecord {
    return this.#at(-1);
  }

  /** The events after a position as they are sent: written once, whoever asks, but for those who have a part already. */
  bytes(format: EventFormat, after: number): Uint8Array {
    if (this.#events.length === 0) return nothing;
    if (after >= this.first.sequence) return format.encode(this.#events.filter(({ sequence }) => sequence > after));
    const written = this.#written.get(format) ?? format.encode(this.#events);
    this.#written.set(format, written);
    return written;
  }

  #at(index: number): EventRecord {
    const event = this.#events.at(index);
    if (event === undefined) throw new RangeError('the run is empty');
    return event;
  }
}

/** Cuts a page of the log into runs. */
export function runsOf(events: readonly EventRecord[]): readonly EventRun[] {
  const runs: EventRecord[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && isSeenAlike(before, event)) run.push(event);
    else runs.push([event]);
  }
  return runs.map((run) => new EventRun(run));
}

function isSeenAlike(one: EventRecord, other: EventRecord): boolean {
  if (one.organizationId !== other.organizationId) return false;
  return one.organizationId !== null || one.owner === other.owner;
}
