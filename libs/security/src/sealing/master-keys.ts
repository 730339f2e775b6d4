import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';

/** Length of a master key. */
export const masterKeyBytes = 32;

/** A key that wraps the keys of sealed records. */
export interface MasterKey {
  /** What the key is found again by; has no dot in it. */
  readonly version: string;
  readonly key: Buffer;
}

/** Where master keys come from. Both reject with a code of status 503 while the source cannot be asked. */
export interface MasterKeys {
  /** The key that new seals are made with. */
  current(): Promise<MasterKey>;
  /** The key of a version; undefined when this source never had it. */
  find(version: string): Promise<Buffer | undefined>;
}

/** Where a data folder keeps its master keys unless another file is named. */
export function masterKeyFile(dataFolder: string): string {
  return join(dataFolder, 'keys', 'master.json');
}

/**
 * Loads the master keys of a file, or makes the first one. The file is JSON: `current`, and `keys` by version in
 * base64; a key is added, and `current` set to it, to seal with a new one while the old ones still open. Rejects with
 * `meshery-config-1102` when the file is damaged or can be read by others.
 */
export async function loadMasterKeys(file: string): Promise<MasterKeys> {
  const known = await findMasterKeys(file);
  if (known !== undefined) return known;
  const key = randomBytes(masterKeyBytes);
  await writePrivateFile(file, `${JSON.stringify({ current: '1', keys: { 1: key.toString('base64') } })}\n`);
  return keysOf('1', new Map([['1', key]]));
}

/** The same for a file that may be missing: nothing is made then. */
export async function findMasterKeys(file: string): Promise<MasterKeys | undefined> {
  const text = await readPrivateFile(file);
  return text === undefined ? undefined : parseKeys(text, file);
}

function parseKeys(text: string, file: string): MasterKeys {
  try {
    const { current, keys } = JSON.parse(text) as { current: string; keys: Readonly<Record<string, string>> };
    const byVersion = new Map(
      Object.entries(keys).map(([version, key]) => [version, Buffer.from(key, 'base64')] as const),
    );
    const isWhole = [...byVersion].every(
      ([version, key]) => /^\w{1,16}$/.test(version) && key.length === masterKeyBytes,
    );
    if (!isWhole) throw new TypeError('not a file of master keys');
    return keysOf(current, byVersion);
  } catch (cause) {
    throw new MesheryError('meshery-config-1102', `The master key file ${file} is damaged.`, {
      probableCause: 'It was edited or cut off.',
      remedy: 'Put back a copy of it: without it stored credentials cannot be opened and have to be entered again.',
      // What JSON.parse says quotes the text, and the text is the key.
      ...(cause instanceof SyntaxError ? {} : { cause }),
    });
  }
}

function keysOf(version: string, byVersion: ReadonlyMap<string, Buffer>): MasterKeys {
  const key = byVersion.get(version);
  if (key === undefined) throw new TypeError(`no master key of version ${version}`);
  return {
    current: () => Promise.resolve({ version, key }),
    find: (wanted) => Promise.resolve(byVersion.get(wanted)),
  };
}
