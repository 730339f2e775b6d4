import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MesheryError, isMesheryError } from '@meshery/errors';

/**
 * Writes a file that only its owner can read (0600) and that is either the old or the new one at any moment:
 * a temporary file beside it is synced and renamed. Missing folders are made with 0700.
 * Rejects with `meshery-config-1102`.
 */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw notWritable(path, error);
  }
}

/** Reads a secret file; undefined when there is none. Rejects when others can read it (`meshery-config-1102`). */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw readableByOthers(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (isMesheryError(error)) throw error;
    throw notWritable(path, error);
  }
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'ENOENT';
}

function readableByOthers(path: string): MesheryError {
  return new MesheryError('meshery-config-1102', `The secret file ${path} can be read by other users.`, {
    remedy: `Run: chmod 600 ${path}`,
  });
}

function notWritable(path: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-config-1102', `The file ${path} cannot be read or written.`, {
    probableCause: 'The folder is missing, read-only or full, or belongs to another user.',
    remedy: 'Free space or make the folder writable, or name another one with --data-dir.',
    cause,
  });
}
