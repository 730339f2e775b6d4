import { createReadStream, createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import { DataSource } from 'typeorm';
import { errorCode } from '../../shared/error-code.ts';
import { newerVersionError } from '../../shared/errors.ts';
import { userMigrations } from '../migrations/user-migrations.ts';
import type { MigrationClass } from '../migrations/user-migrations.ts';
import { openPostgresUserStore, postgresSource } from '../open-postgres-user-store.ts';
import { hasData } from '../user-backups.ts';
import { openUserStore } from '../open-user-store.ts';
import { codedFault } from '../user-faults.ts';
import type { UserStore } from '../user-store.ts';
import { damagedBackup, parseHeader } from './backup-form.ts';
import { backupLines } from './write-backup.ts';

/** Where user data are: in a folder, or in a database. */
export interface UserDataPlace {
  readonly dataDir: string;
  /** Counts when it is there. */
  readonly databaseUrl?: string | undefined;
  readonly logger: Logger;
}

/**
 * Writes everything that users made to a file of JSON lines, as of one moment, while a server may be running. The file
 * is for its owner only and gets its name when it is whole. Rejects with `meshery-store-1605` (database unreachable),
 * `-1600` (file refused, or there already: it is never replaced), `meshery-core-1002` (nothing to back up).
 */
export async function backUpUserData(place: UserDataPlace, file: string, clock: Clock): Promise<void> {
  if (place.databaseUrl === undefined && !hasData(userDataFile(place))) throw noUserData(place.dataDir);
  const source = readingSource(place);
  const part = `${file}.part`;
  try {
    await source.initialize();
    const lines = withEnds(backupLines(source, new Date(clock.now()).toISOString()));
    await pipeline(Readable.from(lines), createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }));
    // Unlike a rename, a link fails where a file is.
    await link(part, file);
  } catch (error) {
    throw fileFault(error, file);
  } finally {
    await rm(part, { force: true });
    if (source.isInitialized) await source.destroy();
  }
}

/**
 * Fills a new data folder or a new database from a backup; how many rows. A backup of an older version is brought up to
 * date afterwards. Rejects with `meshery-store-1607` (not a whole backup), `-1608` (not empty), `-1601` (of a newer
 * version); nothing is restored then.
 */
export async function restoreUserData(place: UserDataPlace, file: string): Promise<number> {
  const header = parseHeader(await firstLine(file));
  const older = migrationsOf(header.migrations);
  const store = await openStore(place, older);
  try {
    const rows = await store.restore(linesOf(file));
    return rows;
  } finally {
    await store.close();
    if (older.length < userMigrations.length) await (await openStore(place, userMigrations)).close();
  }
}

function userDataFile({ dataDir }: UserDataPlace): string {
  return join(dataDir, 'meshery.db');
}

function readingSource(place: UserDataPlace): DataSource {
  const { databaseUrl: url, logger } = place;
  if (url !== undefined) return postgresSource({ url, logger });
  return new DataSource({
    type: 'better-sqlite3',
    database: userDataFile(place),
    readonly: true,
    fileMustExist: true,
  });
}

function openStore(
  { dataDir, databaseUrl: url, logger }: UserDataPlace,
  migrations: readonly MigrationClass[],
): Promise<UserStore> {
  return url === undefined
    ? openUserStore({ dataDir, logger, migrations })
    : openPostgresUserStore({ url, logger, migrations });
}

/** The migrations that a backup had: our first ones, or it comes from a newer version. */
function migrationsOf(names: readonly string[]): readonly MigrationClass[] {
  const known = new Set(names);
  const found = userMigrations.filter((migration) => known.has(new migration().name));
  if (found.length !== names.length) throw newerVersionError('The backup', names.length, userMigrations.length);
  return found;
}

async function firstLine(file: string): Promise<string> {
  try {
    for await (const line of linesOf(file)) return line;
  } catch (error) {
    throw damagedBackup(`it cannot be read (${errorCode(error)})`);
  }
  throw damagedBackup('it is empty');
}

/** Lines end with LF and nothing else: texts may hold the line separators of Unicode. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** What the file system refused, in the words of who named the file; anything else is a fault of the database. */
function fileFault(error: unknown, file: string): unknown {
  const code = errorCode(error);
  if (!/^E[A-Z]+$/.test(code) || code.startsWith('ECONN')) return codedFault(error);
  return new MesheryError('meshery-store-1600', `The backup ${file} cannot be written (${code}).`, {
    probableCause:
      code === 'EEXIST' ? 'There is a file of that name, which is not replaced.' : 'Its folder refuses it.',
    remedy: 'Name a new file in a folder that can be written and has space.',
    cause: error,
  });
}

function noUserData(dataDir: string): MesheryError {
  return new MesheryError('meshery-core-1002', `There are no user data in ${dataDir}.`, {
    probableCause: 'It is another folder, or the server keeps its data in PostgreSQL.',
    remedy: 'Name the folder of the server with --data-dir, or its database with --database-url.',
  });
}
