import type { Clock } from '@meshery/observability';
import { RateLimit } from '../access/rate-limit.ts';

const windowMs = 60_000;
const most = 20;

/**
 * Counts what a peer tried in vain. Codes cannot be guessed, so a right one always works: many people may come through
 * one proxy, and none of them can keep the others out. What is limited is the work and the log of a guesser.
 */
export class RefusedAttempts extends RateLimit {
  constructor(clock: Clock) {
    const message = 'Too many wrong sign-in codes came from this address.';
    super({ clock, most, windowMs, message, remedy: 'Wait a minute, and copy the whole code.' });
  }
}
