import type { Clock } from '@meshery/observability';
import type { FarSideHealth } from './far-side-health.ts';

/** What one far side is tested with. */
export interface OngoingTestParts<Facts> {
  readonly clock: Clock;
  /** Pause between two tests, in milliseconds. */
  readonly pollMs: number;
  readonly health: FarSideHealth<Facts>;
  /** Reaches the far side once; ends by itself. */
  readonly probe: (signal: AbortSignal) => Promise<Facts>;
}

/** Tests one far side again and again until it is stopped. */
export class OngoingTest<Facts> {
  readonly #parts: OngoingTestParts<Facts>;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: OngoingTestParts<Facts>) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run(this.#stop.signal);
  }

  /** Resolves when the last test has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, pollMs } = this.#parts;
    while (!signal.aborted) {
      await this.#test(signal);
      await clock.sleep(pollMs, signal).catch(() => undefined);
    }
  }

  async #test(signal: AbortSignal): Promise<void> {
    const { health, probe } = this.#parts;
    try {
      await health.reached(await probe(signal));
    } catch (thrown) {
      if (!signal.aborted) await health.lost(thrown);
    }
  }
}
