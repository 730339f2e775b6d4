import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait for something, and how often to look. */
interface WaitOptions {
  /** What is waited for, for the error message. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly everyMs?: number;
  /** Called when the time is over: what is known about the cause. */
  readonly explain?: () => string;
}

/** Looks until `probe` gives something other than undefined; rejects when the time is over. An error of the probe ends the wait. */
export async function waitFor<T>(
  options: WaitOptions,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() >= deadline) {
      const why = options.explain === undefined ? '' : `\n${options.explain()}`;
      throw new Error(`${options.what} did not happen within ${String(options.timeoutMs / 1000)} s${why}`);
    }
    await sleep(options.everyMs ?? 100);
  }
}
