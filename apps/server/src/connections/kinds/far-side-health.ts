import { toMesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';

/** How a far side was found, and since when it is found so. */
export interface Health {
  readonly state: 'reachable' | 'unreachable';
  /** RFC 3339. */
  readonly since: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** What the health of a far side is told with. */
export interface FarSideHealthParts<Facts> {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How it was found when this process did not look yet. */
  readonly before: Health | undefined;
  /** Keeps another state, another reason for it, or what is another far side than it was. */
  readonly keep: (health: Health, facts: Facts | undefined) => Promise<void>;
}

/** The health of one far side that is tested again and again: what stays the same is written once. */
export class FarSideHealth<Facts> {
  readonly #parts: FarSideHealthParts<Facts>;
  #health: Health | undefined;
  #kept = '';

  constructor(parts: FarSideHealthParts<Facts>) {
    this.#parts = parts;
    this.#health = parts.before;
  }

  /** It answered, and said this of itself. */
  reached(facts: Facts): Promise<void> {
    return this.#found({ state: 'reachable' }, facts);
  }

  /** It did not answer as it should. */
  lost(thrown: unknown): Promise<void> {
    const { code, message } = toMesheryError(thrown);
    return this.#found({ state: 'unreachable', error: { code, message } });
  }

  async #found(found: Omit<Health, 'since'>, facts?: Facts): Promise<void> {
    const { clock, logger, keep } = this.#parts;
    const kept = JSON.stringify([found.state, found.error?.message, facts]);
    if (this.#kept === kept) return;
    const since = this.#health?.state === found.state ? this.#health.since : new Date(clock.now()).toISOString();
    this.#health = { ...found, since };
    try {
      await keep(this.#health, facts);
      this.#kept = kept;
    } catch (thrown) {
      logger.warn({ code: toMesheryError(thrown).code, err: thrown }, 'the state of a connection could not be kept');
    }
  }
}
