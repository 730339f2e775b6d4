import { MesheryError, toMesheryError } from '@meshery/errors';
import type { EventRecord } from '@meshery/object-model';
import type { EventFormat } from '../events/live/event-format.ts';
import type { EventHub, EventListener, EventSubscription } from '../events/live/event-hub.ts';

/** Events that one subscription may leave unread, and above which what was missed waits. */
const maxQueued = 1000;
const comfortable = 100;

/** Events as lines of JSON: written once for all who listen. */
export const eventLines: EventFormat = {
  encode: (events) => Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
};

/** Turns the calls of the event hub into an async sequence with a bound: who does not keep up is ended with a code. */
export class EventQueue implements EventListener, AsyncIterable<EventRecord> {
  readonly #events: EventRecord[] = [];
  readonly #signal: AbortSignal;
  #error: MesheryError | undefined;
  #wake: () => void = () => undefined;
  #drained: () => void = () => undefined;

  /** The signal ends the sequence. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      this.#wake();
      this.#drained();
    });
  }

  write(text: Uint8Array): void {
    if (this.#error !== undefined) return;
    const lines = Buffer.from(text).toString('utf8').split('\n');
    for (const line of lines) if (line !== '') this.#events.push(JSON.parse(line) as EventRecord);
    if (this.#events.length > maxQueued) this.fail(tooSlow());
    this.#wake();
  }

  /** Ends the sequence with an error; what was not read is forgotten. */
  fail(error: MesheryError): void {
    this.#error ??= error;
    this.#events.length = 0;
    this.#wake();
    this.#drained();
  }

  async ready(): Promise<void> {
    while (this.#events.length > comfortable && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EventRecord> {
    while (!this.#signal.aborted) {
      if (this.#error !== undefined) throw this.#error;
      const next = this.#events.shift();
      if (this.#events.length <= comfortable) this.#drained();
      if (next === undefined) await this.#more();
      else yield next;
    }
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** The events that a user may see, from now on or after a position, until the signal aborts. */
export async function* followEvents(
  hub: EventHub,
  subscription: Omit<EventSubscription, 'format'>,
): AsyncGenerator<EventRecord> {
  const queue = new EventQueue(subscription.signal);
  const begun = await hub.subscribe({ ...subscription, format: eventLines });
  begun.deliverTo(queue).catch((error: unknown) => {
    queue.fail(toMesheryError(error));
  });
  yield* queue;
}

function tooSlow(): MesheryError {
  return new MesheryError('meshery-core-1010', 'You read more slowly than events arrive.', {
    remedy: 'Subscribe again, and read what was missed from GET /api/system/events.',
  });
}
