import type { DurableMessage } from '@meshery/messaging';
import type { ByteBudget } from './byte-budget.ts';

/** Messages that a link may hold whatever the others hold: with them it goes on, slowly, beside links that are stuck. */
const ownShare = 2;

/** The messages that one link took from its stream and did not settle yet, within the budget of all links. */
export class TakenMessages {
  readonly #budget: ByteBudget;
  readonly #messages = new Set<DurableMessage>();
  #room: { readonly promise: Promise<void>; readonly wake: () => void } | undefined;

  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  get size(): number {
    return this.#messages.size;
  }

  [Symbol.iterator](): IterableIterator<DurableMessage> {
    return this.#messages.values();
  }

  add(message: DurableMessage): void {
    this.#messages.add(message);
    this.#budget.take(message.data.byteLength);
  }

  delete(message: DurableMessage): void {
    if (!this.#messages.delete(message)) return;
    this.#budget.give(message.data.byteLength);
    if (this.#messages.size < ownShare) this.#room?.wake();
  }

  clear(): void {
    for (const message of [...this.#messages]) this.delete(message);
  }

  /** Resolves when another message may be taken; undefined when it may be now. */
  room(): Promise<void> | undefined {
    if (this.#messages.size < ownShare || this.#budget.hasRoom) return undefined;
    this.#room ??= this.#wait();
    return this.#room.promise;
  }

  #wait() {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => {
      this.#room = undefined;
      forget();
      resolve();
    };
    const forget = this.#budget.onRoom(wake);
    return { promise, wake };
  }
}
