import { setTimeout as sleep } from 'node:timers/promises';
import { RunningTime } from './running-time.ts';

/** How long to wait for a condition, and how often to look. */
export interface WaitOptions {
  /** What is waited for, in words that complete "... did not happen". */
  readonly what: string;
  /** Without what stalls of this machine take. */
  readonly timeoutMs: number;
  /** Milliseconds between two looks; 50 unless told. */
  readonly everyMs?: number;
  /** Called when the time is over: what is known about the cause. */
  readonly explain?: () => string | Promise<string>;
}

/**
 * Looks until `probe` gives something other than undefined and false.
 * A probe that throws counts as "not yet"; its last error becomes the cause of the rejection when the time is over.
 */
export async function waitUntil<T>(
  options: WaitOptions,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  using time = new RunningTime();
  let lastError: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (time.elapsedMs >= options.timeoutMs) throw await lateError(options, lastError);
    await sleep(options.everyMs ?? 50);
  }
}

async function lateError(options: WaitOptions, cause: unknown): Promise<Error> {
  const why = options.explain === undefined ? '' : `\n${await options.explain()}`;
  const last = cause instanceof Error ? `\nlast error: ${cause.message}` : '';
  return new Error(`${options.what} did not happen within ${String(options.timeoutMs / 1000)} s${last}${why}`, {
    cause,
  });
}

/** Settles like `work`, but rejects after `timeoutMs`; `work` itself is not ended. */
export async function within<T>(timeoutMs: number, what: string, work: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`${what} did not happen within ${String(timeoutMs / 1000)} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}
