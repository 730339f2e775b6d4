import type { Clock } from '@meshery/observability';
import { maxTokenLength } from '@meshery/security';
import { FreshCache } from '../../sessions/fresh-cache.ts';
import { providerAway, refusesToken } from './provider-client.ts';
import type { ProviderClient } from './provider-client.ts';
import { readRemoteToken } from './remote-token.ts';

/** A client whose answer with the new token was lost, or who keeps none, comes with the old one. */
const renewalMs = 3_600_000;
const mostRenewals = 1000;
/** A provider uses a refresh token up as soon as it reads it: its answer, however late, is the only one there is. */
const answerMs = 60_000;

/** Parts of RemoteRenewals. */
export interface RemoteRenewalsParts {
  readonly client: ProviderClient;
  readonly clock: Clock;
  /** How long who asks waits for a renewal, which goes on by itself. */
  readonly patienceMs: number;
}

/** Tokens that take the place of others: each is renewed once, whoever asks for it and however often. */
export class RemoteRenewals {
  readonly #parts: RemoteRenewalsParts;
  readonly #renewed: FreshCache<string | undefined>;

  constructor(parts: RemoteRenewalsParts) {
    this.#parts = parts;
    this.#renewed = new FreshCache({
      clock: parts.clock,
      freshMs: renewalMs,
      maxEntries: mostRenewals,
      read: (token) => this.#refresh(token),
    });
  }

  /** True for a token that another one took the place of. */
  has(token: string): boolean {
    return this.#renewed.recall(token) !== undefined;
  }

  /** A token and those that took its place one after the other, the newest last. */
  line(token: string): readonly string[] {
    const line = new Set<string>();
    for (
      let next: string | undefined = token;
      next !== undefined && !line.has(next);
      next = this.#renewed.recall(next)
    ) {
      line.add(next);
    }
    return [...line];
  }

  /**
   * The token that takes the place of another one; undefined when the provider gives none. Rejects with
   * `meshery-provider-2001` when it does not answer now.
   */
  async renew(token: string): Promise<string | undefined> {
    if (readRemoteToken(token).refresh === undefined) return undefined;
    const impatient = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      impatient.reject(providerAway(this.#parts.client.url, new Error('no answer to the renewal of a token')));
    }, this.#parts.patienceMs);
    return Promise.race([this.#renewed.get(token), impatient.promise]).finally(() => {
      clearTimeout(timer);
    });
  }

  async #refresh(token: string): Promise<string | undefined> {
    const { client } = this.#parts;
    const answer = await client.call('/refresh', { method: 'POST', body: { token }, token, deadlineMs: answerMs });
    if (refusesToken(answer.status)) return undefined;
    const renewed = (answer.body as { token?: unknown } | undefined)?.token;
    if (answer.status === 200 && typeof renewed === 'string' && renewed.length <= maxTokenLength) return renewed;
    throw providerAway(client.url, new Error(`status ${String(answer.status)} to the renewal of a token`));
  }
}
