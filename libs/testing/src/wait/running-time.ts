import { clearInterval, setInterval } from 'node:timers';

const TICK_MS = 100;
/** The rest of a tick that takes longer passed while nothing here ran. */
const LONGEST_TICK_MS = 500;

/** Time as it passes for programs: what a machine takes that stands still for a moment is not counted. */
export class RunningTime implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();
  #countedMs = 0;

  constructor() {
    this.#timer = setInterval(() => {
      this.#count();
    }, TICK_MS);
    this.#timer.unref();
  }

  /** Since it was made. */
  get elapsedMs(): number {
    this.#count();
    return this.#countedMs;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #count(): void {
    const now = performance.now();
    this.#countedMs += Math.min(now - this.#last, LONGEST_TICK_MS);
    this.#last = now;
  }
}
