import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { MasterKey, MasterKeys } from './master-keys.ts';

const algorithm = 'aes-256-gcm';
const form = 's1';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** The place of a sealed text: it opens nowhere else. */
export interface SealedPlace {
  readonly organizationId: string;
  /** Table and id of the record. */
  readonly table: string;
  readonly recordId: string;
}

/** Seals a text: form, version of the master key, wrapped key and content, joined by dots. */
export type Seal = (text: string, place: SealedPlace) => string;

/**
 * Seals secrets at rest: AES-256-GCM under a key of its own for every seal, which in turn is wrapped by a master key.
 * Both carry the place and the version of the master key as additional data, so that a text that was moved to another
 * record, organization or version does not open.
 */
export class Sealer {
  readonly #keys: MasterKeys;

  constructor(keys: MasterKeys) {
    this.#keys = keys;
  }

  /** Seals with the master key that is current now. Rejects as `MasterKeys.current` does. */
  async begin(): Promise<Seal> {
    const master = await this.#keys.current();
    return (text, place) => seal(master, text, place);
  }

  /** Opens what was sealed for this very place. Rejects with `meshery-connection-1703`, and as `MasterKeys.find` does. */
  async open(sealed: string, place: SealedPlace): Promise<string> {
    const [name, version = '', wrapped = '', content = ''] = sealed.split('.');
    const master = name === form ? await this.#keys.find(version) : undefined;
    try {
      if (master === undefined) throw new TypeError('unknown form, or a version that there is no master key of');
      const bound = additionalData(place, version);
      const key = decrypt(master, Buffer.from(wrapped, 'base64url'), bound);
      return decrypt(key, Buffer.from(content, 'base64url'), bound).toString('utf8');
    } catch (cause) {
      throw cannotOpen(place, cause);
    }
  }
}

function seal({ version, key: master }: MasterKey, text: string, place: SealedPlace): string {
  const bound = additionalData(place, version);
  const key = randomBytes(keyBytes);
  const wrapped = encrypt(master, key, bound);
  const content = encrypt(key, Buffer.from(text, 'utf8'), bound);
  key.fill(0);
  return [form, version, wrapped.toString('base64url'), content.toString('base64url')].join('.');
}

function additionalData({ organizationId, table, recordId }: SealedPlace, version: string): Buffer {
  return Buffer.from([organizationId, table, recordId, version].join('|'), 'utf8');
}

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}

function cannotOpen({ table, recordId }: SealedPlace, cause: unknown): MesheryError {
  return new MesheryError('meshery-connection-1703', 'A stored secret cannot be opened.', {
    probableCause: 'The master key is not the one that it was sealed with, or the record was moved or changed.',
    remedy:
      'Put back the key file of this data folder (keys/master.json), or MESHERY_KMS_ENDPOINT, or enter the secret again.',
    details: { table, recordId },
    cause,
  });
}
