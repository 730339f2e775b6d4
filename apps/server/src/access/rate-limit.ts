import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';

/** What is limited. */
export interface RateLimitOptions {
  readonly clock: Clock;
  /** How many within one window are taken. */
  readonly most: number;
  readonly windowMs: number;
  /** What is said to those who come too often. */
  readonly message: string;
  readonly remedy: string;
}

/** Peers that are counted at the same time; the oldest is forgotten for a new one. */
const mostPeers = 1000;

/** Counts what peers do within windows of time that begin with their first try. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  /** By peer: the end of its window and the tries in it; in order of making. */
  readonly #windows = new Map<string, { readonly endsAt: number; tries: number }>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Counts one try; throws `meshery-core-1005` when there were too many in this window. */
  count(peer: string): void {
    const { clock, most, message, remedy } = this.#options;
    const now = clock.monotonic();
    const known = this.#windows.get(peer);
    const window = known !== undefined && known.endsAt > now ? known : this.#open(peer, now);
    window.tries += 1;
    if (window.tries > most) throw new MesheryError('meshery-core-1005', message, { remedy });
  }

  #open(peer: string, now: number) {
    this.#windows.delete(peer);
    const oldest = this.#windows.size < mostPeers ? undefined : this.#windows.keys().next().value;
    if (oldest !== undefined) this.#windows.delete(oldest);
    const window = { endsAt: now + this.#options.windowMs, tries: 0 };
    this.#windows.set(peer, window);
    return window;
  }
}
