import { raceAbort } from '../transport/api-server-gate.ts';

/** A bound on how many hold something at a time; first come, first served. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  /** Permits not held. */
  get free(): number {
    return this.#free;
  }

  /** Takes a permit if one is free. */
  tryAcquire(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  /** Resolves holding a permit; rejects with the signal's reason, then holding none. */
  async acquire(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.tryAcquire()) return;
    const turn: PromiseWithResolvers<void> = Promise.withResolvers();
    this.#waiting.push(turn.resolve);
    try {
      await raceAbort(turn.promise, signal);
    } catch (error) {
      this.#giveUp(turn.resolve);
      throw error;
    }
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }

  #giveUp(turn: () => void): void {
    const index = this.#waiting.indexOf(turn);
    if (index === -1) this.release();
    else this.#waiting.splice(index, 1);
  }
}
