import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { folderError, lockedError, newerVersionError } from '../shared/errors.ts';
import { faultKind, sqliteCode } from './faults.ts';

/** Makes the folder of a store for this user only; throws `meshery-config-1102` when it cannot be written. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** A lock that ends with the process, however it ends. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock of a store file for this process. It is an exclusive SQLite transaction on a file beside it: the
 * system drops it when the process dies, so there is no stale lock and no process id to guess about.
 * Throws `meshery-store-1604` when another process has it, `meshery-config-1102` when the folder refuses the file.
 */
export function lockStore(file: string): FileLock {
  const folder = dirname(file);
  let db: Database.Database | undefined;
  try {
    db = new Database(`${file}.lock`, { timeout: 0 });
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    if (faultKind(error) === 'busy') throw lockedError(folder, error);
    throw sqliteCode(error) === '' ? error : folderError(folder, error);
  }
  const held = db;
  return { release: () => held.close() };
}

/** What the first bytes of a store file say. */
export type HeaderVerdict = 'absent' | 'ours' | 'not-a-database' | 'other-application';

/**
 * Reads the header of a store file without opening it as a database: cheap, and nothing is touched.
 * Throws `meshery-store-1601` when a newer version wrote it.
 */
export function inspectHeader(file: string, known: { applicationId: number; version: number }): HeaderVerdict {
  if (!existsSync(file)) return 'absent';
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, header, 0, 100, 0);
  closeSync(descriptor);
  if (length === 0) return 'absent';
  if (length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\u0000') return 'not-a-database';
  const applicationId = header.readUInt32BE(68);
  const version = header.readUInt32BE(60);
  // Both are zero while a first start has written its pages to the WAL only.
  if (applicationId !== 0 && applicationId !== known.applicationId) return 'other-application';
  if (version > known.version) throw newerVersionError(file, version, known.version);
  return 'ours';
}
