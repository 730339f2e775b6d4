import { hash } from 'node:crypto';
import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';

const mostRemembered = 1000;

/** Where it is kept which tokens of a provider were ended. */
export interface EndedTokensParts {
  readonly provider: string;
  readonly store: Pick<UserStore, 'read' | 'change'>;
  readonly clock: Clock;
}

/**
 * Ids of the tokens of a provider that somebody signed out with here: a kept copy is worth nothing, also when the
 * provider was never told, after a restart, and at another server on the same database.
 */
export class EndedTokens {
  readonly #parts: EndedTokensParts;
  /** What this process noted or found: who asks without waiting is answered from it. */
  readonly #remembered = new Set<string>();

  constructor(parts: EndedTokensParts) {
    this.#parts = parts;
  }

  /** True for a token that is known here to have been ended. */
  has(tokenId: string): boolean {
    return this.#remembered.has(tokenId);
  }

  /** The same after a look into the database. */
  async find(tokenId: string): Promise<boolean> {
    if (this.has(tokenId)) return true;
    const { provider, store } = this.#parts;
    const found = await store.read((data) => data.endedSessions.has({ provider, tokenHash: hash('sha256', tokenId) }));
    if (found) this.#remember(tokenId);
    return found;
  }

  /** Ends tokens here at once; durable when the promise resolves. */
  async add(tokenIds: readonly string[]): Promise<void> {
    for (const tokenId of tokenIds) this.#remember(tokenId);
    const { provider, store, clock } = this.#parts;
    const endedAt = new Date(clock.now()).toISOString();
    const rows = tokenIds.map((tokenId) => ({ provider, tokenHash: hash('sha256', tokenId), endedAt }));
    await store.change((data) => data.endedSessions.add(rows));
  }

  #remember(tokenId: string): void {
    const oldest = this.#remembered.size < mostRemembered ? undefined : this.#remembered.values().next().value;
    if (oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.add(tokenId);
  }
}
