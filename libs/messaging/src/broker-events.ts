import type { BrokerEvent } from './broker.ts';

/** The listeners of one broker; a listener that throws harms no other. */
export class BrokerEvents {
  readonly #listeners = new Set<(event: BrokerEvent) => void>();

  add(listener: (event: BrokerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: BrokerEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  clear(): void {
    this.#listeners.clear();
  }
}
