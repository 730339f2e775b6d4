import { MesheryError } from '@meshery/errors';
import type { LiveListener } from './change-hub.ts';
import type { LiveBatch, LiveEvent } from './event-group.ts';

/** A change, or the word to start anew. */
export type QueuedChange = LiveEvent | { readonly type: 'reset'; readonly seq: number };

/** Changes that one subscription may leave unread. */
const maxQueued = 20_000;
/** Above this, catching up waits. */
const comfortable = 1000;

/**
 * Turns the hub's calls into an async sequence with a bound: a subscriber that does not keep up is ended with
 * `meshery-core-1010`, never buffered without limit.
 */
export class ChangeQueue implements LiveListener, AsyncIterable<QueuedChange> {
  readonly #items: QueuedChange[] = [];
  #wake: (() => void) | undefined;
  #drained: (() => void) | undefined;
  #end: { readonly error?: MesheryError } | undefined;

  onBatch(batch: LiveBatch): void {
    for (const event of batch.events) this.#push(event);
  }

  onClusters(): void {
    // Clusters are not part of this subscription.
  }

  onReset(_reason: string, seq: number): void {
    this.#items.length = 0;
    this.#push({ type: 'reset', seq });
  }

  async ready(): Promise<void> {
    if (this.#items.length <= comfortable || this.#end !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
  }

  /** Ends the sequence, with an error when there is one. */
  close(error?: MesheryError): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake?.();
    this.#drained?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<QueuedChange> {
    for (;;) {
      const next = this.#items.shift();
      if (this.#items.length <= comfortable) this.#drained?.();
      if (next !== undefined) {
        yield next;
        continue;
      }
      if (this.#end?.error !== undefined) throw this.#end.error;
      if (this.#end !== undefined) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #push(item: QueuedChange): void {
    if (this.#end !== undefined) return;
    if (this.#items.length >= maxQueued) {
      this.#items.length = 0;
      this.close(tooSlow());
      return;
    }
    this.#items.push(item);
    this.#wake?.();
  }
}

/** The error of a subscriber that reads more slowly than changes arrive. */
export function tooSlow(): MesheryError {
  return new MesheryError('meshery-core-1010', 'You read more slowly than changes arrive.', {
    remedy: 'Subscribe again with "since" set to the last sequence that you saw.',
  });
}
