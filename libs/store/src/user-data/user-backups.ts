import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';

/** Newest backups kept beside the file. */
const keptBackups = 5;

/** Backups of a user-data file, newest first. */
export function listBackups(file: string): string[] {
  const prefix = `${basename(file)}.backup-`;
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix) && !name.endsWith('.part'))
    .sort()
    .reverse()
    .map((name) => join(dirname(file), name));
}

/**
 * Writes a whole, consistent copy beside the file and drops the oldest copies beyond five. The copy gets its name
 * only when it is complete, so that a crash or a full disk cannot leave half a backup. Returns its path.
 */
export function backUp(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const target = `${file}.backup-${stamp}`;
  const part = `${target}.part`;
  rmSync(part, { force: true });
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.prepare('VACUUM INTO ?').run(part);
  } finally {
    db.close();
  }
  renameSync(part, target);
  for (const old of listBackups(file).slice(keptBackups)) rmSync(old, { force: true });
  return target;
}

/** True when there is something to lose. */
export function hasData(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}
