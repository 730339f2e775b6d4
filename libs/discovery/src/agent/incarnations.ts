import { randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock } from '@meshery/observability';

/** Makes a source of incarnations: ULIDs of the clock, each greater than the one before. */
export function createIncarnations(clock: Clock): () => string {
  // Its own choice, the global `crypto`, loads all of web crypto.
  const next = monotonicFactory(() => randomInt(2 ** 47) / 2 ** 47);
  return () => next(clock.now());
}
