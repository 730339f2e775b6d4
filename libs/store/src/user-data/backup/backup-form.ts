import { createHash } from 'node:crypto';
import { MesheryError } from '@meshery/errors';

/** What the first line of a backup says. */
export interface BackupHeader {
  readonly format: 'meshery-user-data';
  readonly formatVersion: 1;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Migrations of the database that it was taken from, oldest first. */
  readonly migrations: readonly string[];
  /** Tables in the order in which they can be filled. */
  readonly tables: readonly string[];
}

/** One row: texts and whole numbers as the database has them, so that what is sealed stays sealed. */
export interface BackupRow {
  readonly table: string;
  readonly row: Readonly<Record<string, string | number | null>>;
}

/** The last line. */
export interface BackupEnd {
  readonly rows: number;
  /** SHA-256 of every line before it, their ends included. */
  readonly sha256: string;
}

/** Names of tables and columns; nothing else becomes a part of a statement. */
const sqlName = /^[a-z][a-z0-9_]{0,62}$/;

/** Reads the first line. Throws `meshery-store-1607` when it is none of a backup. */
export function parseHeader(line: string): BackupHeader {
  const { format, formatVersion, migrations, tables } = fieldsOf(line);
  const isHeader = format === 'meshery-user-data' && formatVersion === 1 && areTexts(migrations) && areTexts(tables);
  if (!isHeader || !tables.every((table) => sqlName.test(table))) {
    throw damagedBackup('its first line is none of a backup of this form');
  }
  return { format, formatVersion, migrations, tables, createdAt: '' };
}

/** Reads a row. Throws `meshery-store-1607` when it is none of these tables. */
export function parseRow(line: string, tables: readonly string[]): BackupRow {
  const { table, row } = fieldsOf(line);
  const isKnown = typeof table === 'string' && tables.includes(table);
  if (!isKnown || typeof row !== 'object' || row === null) throw damagedBackup('a line is no row of its tables');
  const fields = Object.entries(row);
  const isPlain = fields.every(([name, value]) => sqlName.test(name) && isPlainValue(value));
  if (fields.length === 0 || !isPlain) throw damagedBackup('a row has values that no backup has');
  return { table, row: row as BackupRow['row'] };
}

/** Reads the last line; undefined when it is none. */
export function parseEnd(line: string): BackupEnd | undefined {
  const { rows, sha256 } = fieldsOf(line);
  return typeof rows === 'number' && typeof sha256 === 'string' ? { rows, sha256 } : undefined;
}

/** Computes the check sum of a backup line by line. */
export class LineSum {
  readonly #hash = createHash('sha256');

  add(line: string): void {
    this.#hash.update(`${line}\n`);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** Thrown for a file that is no backup, or not a whole one. */
export function damagedBackup(why: string): MesheryError {
  return new MesheryError('meshery-store-1607', `This is not a whole backup of user data: ${why}.`, {
    probableCause: 'It is another file, it was cut off, or it was changed.',
    remedy: 'Take another backup; nothing was restored.',
  });
}

/** Thrown when a backup would be mixed with what is there. */
export function notEmpty(): MesheryError {
  return new MesheryError('meshery-store-1608', 'There are user data already: a backup is restored into none.', {
    probableCause: 'A server was started with this data folder or this database before.',
    remedy: 'Restore into a new folder with --data-dir, or into a new database with --database-url.',
  });
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isPlainValue(value: unknown): boolean {
  return value === null || typeof value === 'string' || Number.isSafeInteger(value);
}
