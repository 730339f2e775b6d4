import { randomBytes } from 'node:crypto';
import { KmsEncryptResponse } from '@meshery/contracts/grpc';
import type { Clock } from '@meshery/observability';
import { masterKeyBytes } from '@meshery/security';
import type { MasterKey, MasterKeys } from '@meshery/security';
import { FreshCache } from '../../sessions/fresh-cache.ts';
import type { KmsClient } from './kms-client.ts';

/** What versions of this source begin with; those of a file have no hyphen. */
const prefix = 'kms-';
const mostKeys = 1000;

/** Parts of KmsKeys. */
export interface KmsKeysParts {
  readonly client: KmsClient;
  readonly clock: Clock;
  /** What was sealed with before there was a key management service. */
  readonly older: MasterKeys | undefined;
}

/**
 * Master keys that a key management service wraps. A version is the wrapped key itself, so that a record, wherever it is
 * kept, has all that the service needs to open it. A new key is made at the first seal of this process and when the
 * service has changed its own; one that was unwrapped is kept in memory.
 */
export class KmsKeys implements MasterKeys {
  readonly #client: KmsClient;
  readonly #older: MasterKeys | undefined;
  readonly #unwrapped: FreshCache<Buffer>;
  #current: (MasterKey & { readonly keyId: string }) | undefined;

  constructor({ client, clock, older }: KmsKeysParts) {
    this.#client = client;
    this.#older = older;
    const limits = { freshMs: Infinity, maxEntries: mostKeys };
    this.#unwrapped = new FreshCache({ ...limits, clock, read: (version) => this.#unwrap(version) });
  }

  async current(): Promise<MasterKey> {
    const keyId = await this.#client.keyId();
    if (this.#current?.keyId === keyId) return this.#current;
    const key = randomBytes(masterKeyBytes);
    const wrapped = await this.#client.encrypt(key);
    const version = prefix + Buffer.from(KmsEncryptResponse.encode(wrapped).finish()).toString('base64url');
    this.#current = { version, key, keyId: wrapped.keyId };
    return this.#current;
  }

  async find(version: string): Promise<Buffer | undefined> {
    if (!version.startsWith(prefix)) return this.#older?.find(version);
    if (version === this.#current?.version) return this.#current.key;
    return this.#unwrapped.get(version);
  }

  #unwrap(version: string): Promise<Buffer> {
    return this.#client.decrypt(KmsEncryptResponse.decode(Buffer.from(version.slice(prefix.length), 'base64url')));
  }
}
