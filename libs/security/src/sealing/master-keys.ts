import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';

const keyBytes = 32;

/** The keys that wrap the keys of sealed records, by version. */
export interface MasterKeys {
  /** The version that new seals are made with. */
  readonly current: string;
  readonly byVersion: ReadonlyMap<string, Buffer>;
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
  const text = await readPrivateFile(file);
  if (text !== undefined) return parseKeys(text, file);
  const key = randomBytes(keyBytes);
  await writePrivateFile(file, `${JSON.stringify({ current: '1', keys: { 1: key.toString('base64') } })}\n`);
  return { current: '1', byVersion: new Map([['1', key]]) };
}

function parseKeys(text: string, file: string): MasterKeys {
  try {
    const { current, keys } = JSON.parse(text) as { current: string; keys: Readonly<Record<string, string>> };
    const byVersion = new Map(
      Object.entries(keys).map(([version, key]) => [version, Buffer.from(key, 'base64')] as const),
    );
    const isWhole = [...byVersion].every(([version, key]) => /^\w{1,16}$/.test(version) && key.length === keyBytes);
    if (!isWhole || !byVersion.has(current)) throw new TypeError('not a file of master keys');
    return { current, byVersion };
  } catch (cause) {
    throw new MesheryError('meshery-config-1102', `The master key file ${file} is damaged.`, {
      probableCause: 'It was edited or cut off.',
      remedy: 'Put back a copy of it: without it stored credentials cannot be opened and have to be entered again.',
      // What JSON.parse says quotes the text, and the text is the key.
      ...(cause instanceof SyntaxError ? {} : { cause }),
    });
  }
}
