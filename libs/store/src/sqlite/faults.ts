import { errorCode } from '../shared/error-code.ts';

/** What a failed SQLite call means for the writer. */
export type FaultKind = 'space' | 'corrupt' | 'busy' | 'other';

/** Result codes of SQLite that free space, a writable disk or a new try can cure. */
const curable = [
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_NOMEM',
  'SQLITE_PROTOCOL',
];

/** The result code of a SQLite error; empty for other errors. */
export function sqliteCode(error: unknown): string {
  const code = errorCode(error);
  return code.startsWith('SQLITE_') ? code : '';
}

/** Sorts what SQLite throws by what can be done about it. */
export function faultKind(error: unknown): FaultKind {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'corrupt';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  // A short read means that the file ends too early: the disk took what was already committed.
  if (code === 'SQLITE_IOERR_SHORT_READ' || code === 'SQLITE_IOERR_CORRUPTFS') return 'corrupt';
  return curable.some((prefix) => code.startsWith(prefix)) ? 'space' : 'other';
}

/** One sentence about a failed write. */
export function faultMessage(error: unknown): string {
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') return 'The disk of the data folder is full.';
  if (code.startsWith('SQLITE_READONLY')) return 'The data folder is read-only.';
  return `Writing to the inventory fails (${code === '' ? 'unknown' : code}).`;
}
