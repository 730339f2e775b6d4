import type { MesheryError } from '@meshery/errors';
import { BoundedQueue } from '../../grpc/bounded-queue.ts';
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
  readonly #changes = new BoundedQueue<QueuedChange>({ max: maxQueued, comfortable, sizeOf: () => 1 });

  onBatch(batch: LiveBatch): void {
    for (const event of batch.events) this.#changes.push(event);
  }

  onClusters(): void {
    // Clusters are not part of this subscription.
  }

  onReset(_reason: string, seq: number): void {
    this.#changes.clear();
    this.#changes.push({ type: 'reset', seq });
  }

  ready(): Promise<void> {
    return this.#changes.ready();
  }

  /** Ends the sequence, with an error when there is one. */
  close(error?: MesheryError): void {
    this.#changes.close(error);
  }

  [Symbol.asyncIterator](): AsyncGenerator<QueuedChange> {
    return this.#changes[Symbol.asyncIterator]();
  }
}
