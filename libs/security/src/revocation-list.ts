import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const maxEntries = 10_000;

/**
 * Tokens ended before their time (by `jti`), kept in `keys/revoked-tokens.json` of the data folder until they would
 * have ended anyway, so that signing out holds over a restart.
 */
export class RevocationList {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #ends: Map<string, number>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, clock: Clock, ends: Map<string, number>) {
    this.#path = path;
    this.#clock = clock;
    this.#ends = ends;
  }

  /** Loads the list of a data folder. Rejects with `meshery-config-1102`. */
  static async load(dataFolder: string, clock: Clock): Promise<RevocationList> {
    const path = join(dataFolder, 'keys', 'revoked-tokens.json');
    const text = await readPrivateFile(path);
    return new RevocationList(path, clock, new Map(text === undefined ? [] : parseEntries(text, path)));
  }

  has(tokenId: string): boolean {
    return this.#ends.has(tokenId);
  }

  /** Adds a token at once; resolves when it is on disk, rejects with `meshery-config-1102` when it cannot be kept. */
  async add(tokenId: string, endsAt: number): Promise<void> {
    this.#prune();
    if (this.#ends.size >= maxEntries) throw tooMany();
    this.#ends.set(tokenId, endsAt);
    const write = (): Promise<void> => writePrivateFile(this.#path, `${JSON.stringify([...this.#ends])}\n`);
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => undefined);
    await written;
  }

  #prune(): void {
    const now = this.#clock.now();
    for (const [id, end] of this.#ends) if (end <= now) this.#ends.delete(id);
  }
}

function parseEntries(text: string, path: string): [string, number][] {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) throw new TypeError('not a list');
    return value.filter(isEntry);
  } catch (cause) {
    throw new MesheryError('meshery-config-1102', `The list of ended sessions ${path} is damaged.`, {
      remedy: `Delete ${path} and the signing key beside it; everybody has to sign in anew.`,
      cause,
    });
  }
}

function isEntry(value: unknown): value is [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1005', 'Too many sessions were ended within a day.', {
    remedy: 'Delete the signing key in the data folder and restart: every session ends.',
  });
}
