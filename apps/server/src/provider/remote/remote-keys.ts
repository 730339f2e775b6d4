import type { Clock } from '@meshery/observability';
import { importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { ProviderClient } from './provider-client.ts';

/** How often the keys are fetched at most, whatever key ids come along. */
const minRefreshMs = 60_000;
const mostKeys = 100;

/** The public keys of a provider; a key that nobody knows makes them be fetched again, once a minute at most. */
export class RemoteKeys {
  readonly #client: ProviderClient;
  readonly #clock: Clock;
  #keys: ReadonlyMap<string, CryptoKey> = new Map();
  #fetchedAt: number | undefined;
  #fetching: Promise<void> | undefined;

  constructor(client: ProviderClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** The key of an id; undefined when the provider has none. Rejects with `meshery-provider-2001`. */
  async find(id: string): Promise<CryptoKey | undefined> {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const isEarly = this.#fetchedAt !== undefined && this.#clock.monotonic() - this.#fetchedAt < minRefreshMs;
    if (isEarly && this.#fetching === undefined) return undefined;
    await this.learn(id);
    return this.#keys.get(id);
  }

  /** Asks for the keys at once unless this one is known: for tokens that the provider itself just gave. */
  async learn(id: string): Promise<void> {
    if (this.#keys.has(id)) return;
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined));
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    const { body } = await this.#client.call('/keys');
    this.#fetchedAt = this.#clock.monotonic();
    const list = (body as { keys?: unknown } | undefined)?.keys;
    const keys = new Map<string, CryptoKey>();
    for (const jwk of Array.isArray(list) ? (list.slice(0, mostKeys) as (JWK | null)[]) : []) {
      const key = await readKey(jwk ?? {});
      if (key !== undefined) keys.set(jwk?.kid ?? '', key);
    }
    this.#keys = keys;
  }
}

/** One key that cannot be read does not take the others along. */
async function readKey({ kty, n, e }: JWK): Promise<CryptoKey | undefined> {
  if (kty !== 'RSA' || n === undefined || e === undefined) return undefined;
  try {
    const key = await importJWK({ kty, n, e }, 'RS256');
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}
