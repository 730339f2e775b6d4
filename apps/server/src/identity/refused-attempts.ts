import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';

const windowMs = 60_000;
const mostInWindow = 20;
const mostPeers = 1000;

/**
 * Counts what a peer tried in vain. Codes cannot be guessed, so a right one always works: many people may come through
 * one proxy, and none of them can keep the others out. What is limited is the work and the log of a guesser.
 */
export class RefusedAttempts {
  readonly #clock: Clock;
  /** By peer: the end of its window and the attempts in it; in order of making. */
  readonly #windows = new Map<string, { readonly endsAt: number; attempts: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one attempt; throws `meshery-core-1005` when there were too many in this minute. */
  count(peer: string): void {
    const now = this.#clock.monotonic();
    const known = this.#windows.get(peer);
    const window = known !== undefined && known.endsAt > now ? known : this.#open(peer, now);
    window.attempts += 1;
    if (window.attempts > mostInWindow) throw tooMany();
  }

  #open(peer: string, now: number) {
    this.#windows.delete(peer);
    const oldest = this.#windows.size < mostPeers ? undefined : this.#windows.keys().next().value;
    if (oldest !== undefined) this.#windows.delete(oldest);
    const window = { endsAt: now + windowMs, attempts: 0 };
    this.#windows.set(peer, window);
    return window;
  }
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1005', 'Too many wrong sign-in codes came from this address.', {
    remedy: 'Wait a minute, and copy the whole code.',
  });
}
