import type { BrokerMessage, MessageHandler } from './broker.ts';

/** What a queue reports. */
export interface PendingQueueReports {
  onDrop(dropped: number): void;
  onFailure(error: unknown): void;
}

/**
 * Runs a handler for one message at a time, in order, with a bound on those that wait.
 * Synchronous handlers run within `push`, so that a fast handler never queues.
 */
export class PendingQueue {
  readonly #waiting: BrokerMessage[] = [];
  #busy = false;
  #dropped = 0;
  readonly #handler: MessageHandler;
  readonly #maxPending: number;
  readonly #reports: PendingQueueReports;

  constructor(handler: MessageHandler, maxPending: number, reports: PendingQueueReports) {
    this.#handler = handler;
    this.#maxPending = maxPending;
    this.#reports = reports;
  }

  push(message: BrokerMessage): void {
    if (this.#waiting.length >= this.#maxPending) {
      this.#dropped += 1;
      this.#reports.onDrop(this.#dropped);
      return;
    }
    this.#waiting.push(message);
    this.#next();
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  #next(): void {
    while (!this.#busy) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      const running = this.#call(message);
      if (running !== undefined) this.#await(running);
    }
  }

  #call(message: BrokerMessage): Promise<void> | undefined {
    try {
      return this.#handler(message) ?? undefined;
    } catch (error) {
      this.#reports.onFailure(error);
      return undefined;
    }
  }

  #await(running: Promise<void>): void {
    this.#busy = true;
    running
      .catch((error: unknown) => {
        this.#reports.onFailure(error);
      })
      .finally(() => {
        this.#busy = false;
        this.#next();
      })
      .catch((error: unknown) => {
        this.#reports.onFailure(error);
      });
  }
}
