import { raceAbort } from '@meshery/kube';
import type { Clock } from '@meshery/observability';

/** What discovery should show after a change, by "<plural>.<group>". */
export type Expectation = 'served' | 'gone' | 'changed';

/** Collects reasons to look at the discovery documents again. */
export class ChangeTracker {
  readonly #clock: Clock;
  #expected = new Map<string, Expectation>();
  #noted: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers a change of a definition. */
  note(name: string, expectation: Expectation): void {
    this.#expected.set(name, expectation);
    this.#noted.resolve();
  }

  /** Waits for a change, at most `ms`; answers what is expected and forgets it. */
  async wait(ms: number, signal: AbortSignal): Promise<ReadonlyMap<string, Expectation>> {
    const timer = new AbortController();
    const timeout = this.#clock.sleep(ms, timer.signal).catch(() => undefined);
    try {
      await raceAbort(Promise.race([this.#noted.promise, timeout]), signal);
    } finally {
      timer.abort();
    }
    const expected = this.#expected;
    this.#expected = new Map();
    this.#noted = Promise.withResolvers();
    return expected;
  }
}
