import { MesheryError } from '@meshery/errors';

/** Bounds of a queue, in units of `sizeOf`. */
export interface QueueBounds<T> {
  /** What may be left unread. */
  readonly max: number;
  /** Above this, whoever catches up waits. */
  readonly comfortable: number;
  readonly sizeOf: (item: T) => number;
  /** Called when the reader is too slow, and the sequence has been ended for that. */
  readonly onOverflow?: () => void;
}

/** An async sequence of what is pushed. A reader that does not keep up is ended with `meshery-core-1010`. */
export class BoundedQueue<T> implements AsyncIterable<T> {
  readonly #bounds: QueueBounds<T>;
  readonly #items: T[] = [];
  #size = 0;
  #wake: (() => void) | undefined;
  #drained: (() => void) | undefined;
  #end: { readonly error?: MesheryError } | undefined;

  constructor(bounds: QueueBounds<T>) {
    this.#bounds = bounds;
  }

  push(item: T): void {
    if (this.#end !== undefined) return;
    this.#size += this.#bounds.sizeOf(item);
    if (this.#size > this.#bounds.max) {
      this.clear();
      this.close(tooSlow());
      this.#bounds.onOverflow?.();
      return;
    }
    this.#items.push(item);
    this.#wake?.();
  }

  /** Forgets what was not read. */
  clear(): void {
    this.#items.length = 0;
    this.#size = 0;
  }

  /** Resolves when the reader can take more, or the sequence has ended. */
  async ready(): Promise<void> {
    if (this.#size <= this.#bounds.comfortable || this.#end !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
  }

  /** Ends the sequence once everything was read, with an error when there is one. */
  close(error?: MesheryError): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake?.();
    this.#drained?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const next = this.#items.shift();
      if (next !== undefined) this.#size -= this.#bounds.sizeOf(next);
      if (this.#size <= this.#bounds.comfortable) this.#drained?.();
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
}

/** The error of a subscriber that reads more slowly than changes arrive. */
export function tooSlow(): MesheryError {
  return new MesheryError('meshery-core-1010', 'You read more slowly than changes arrive.', {
    remedy: 'Subscribe again with "since" set to the last sequence that you saw.',
  });
}
