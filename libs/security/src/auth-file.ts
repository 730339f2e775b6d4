import { homedir } from 'node:os';
import { join } from 'node:path';
import { writePrivateFile } from './private-file.ts';

/** The token file of published command-line clients: an object of strings only. */
export interface AuthFile {
  readonly 'meshery-provider': string;
  readonly token: string;
}

/** Name of the provider that keeps everything on this machine. */
export const localProviderName = 'Local';

/** The content of a token file, also the answer of GET /api/token. */
export function authFile(token: string, provider = localProviderName): AuthFile {
  return { 'meshery-provider': provider, token };
}

/** Where command-line clients look for it. */
export function defaultAuthFilePath(): string {
  return join(homedir(), '.meshery', 'auth.json');
}

/** Writes a token file with mode 0600. Rejects with `meshery-config-1102`. */
export async function writeAuthFile(path: string, token: string): Promise<void> {
  await writePrivateFile(path, `${JSON.stringify(authFile(token))}\n`);
}
