import { MesheryError } from '@meshery/errors';
import type { EventRecord } from '@meshery/object-model';
import type { EventFormat } from '../../events/live/event-format.ts';
import type { EventListener } from '../../events/live/event-hub.ts';

/** Events that one subscription may leave unread. */
const maxQueued = 1000;

/** Events as lines of JSON: written once for all who listen. */
export const eventLines: EventFormat = {
  encode: (events) => Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
};

/** Turns the calls of the event hub into an async sequence with a bound: who does not keep up is ended with a code. */
export class EventQueue implements EventListener, AsyncIterable<EventRecord> {
  readonly #events: EventRecord[] = [];
  readonly #signal: AbortSignal;
  #isFull = false;
  #wake: () => void = () => undefined;

  /** The signal ends the sequence. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      this.#wake();
    });
  }

  write(text: Uint8Array): void {
    const lines = Buffer.from(text).toString('utf8').split('\n');
    for (const line of lines) if (line !== '') this.#events.push(JSON.parse(line) as EventRecord);
    if (this.#events.length > maxQueued) {
      this.#isFull = true;
      this.#events.length = 0;
    }
    this.#wake();
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EventRecord> {
    while (!this.#signal.aborted) {
      if (this.#isFull) throw tooSlow();
      const next = this.#events.shift();
      if (next === undefined) await this.#more();
      else yield next;
    }
  }

  async #more(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#wake = () => {
      resolve(undefined);
    };
    await promise;
  }
}

function tooSlow(): MesheryError {
  return new MesheryError('meshery-core-1010', 'You read more slowly than events arrive.', {
    remedy: 'Subscribe again, and read what was missed from GET /api/system/events.',
  });
}
