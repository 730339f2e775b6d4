import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';

// eslint-disable-next-line no-restricted-syntax -- set, not read: SQLite looks once, when the process opens its first file
process.env['SQLITE_USE_URI'] = '1';

/**
 * Opens a connection to `inventory.db`. All connections to it are of one process, so its locks and the index of its WAL
 * are kept in the memory of that process (SQLite's `unix-excl`). The index would otherwise be a mapped file, and a disk
 * that takes no more writes would end the process with SIGBUS instead of giving an error.
 */
export function openInventoryFile(file: string, options: Database.Options): Database.Database {
  if (process.platform === 'win32') return new Database(file, options);
  return new Database(`${pathToFileURL(file).href}?vfs=unix-excl`, options);
}

/** Opens one more connection, which may write, to the file of another one. */
export function openAnother(db: Database.Database): Database.Database {
  // The name is what the other one was opened by, its parameters included.
  return new Database(db.name, { fileMustExist: true });
}
