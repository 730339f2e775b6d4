/** Shape of a jittered exponential back-off. */
export interface BackoffOptions {
  /** First delay in ms. */
  readonly minMs: number;
  /** Greatest delay in ms. */
  readonly maxMs: number;
}

/**
 * Delay before attempt `failures` + 1: min(max, min * 2^(failures-1)), then uniformly between half of it and all of it.
 * `random` gives [0, 1).
 */
export function backoffDelay(failures: number, options: BackoffOptions, random: () => number): number {
  const full = Math.min(options.maxMs, options.minMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return full / 2 + (full / 2) * random();
}

/** Milliseconds of a Retry-After header (seconds or a date); undefined when absent or unreadable, at most an hour. */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(3_600_000, Math.max(0, wait)) : undefined;
}
