import { join } from 'node:path';
import type { Clock, Logger } from '@meshery/observability';
import { systemClock } from '@meshery/observability';
import Database from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { corruptUserDataError, newerVersionError, writeError } from '../shared/errors.ts';
import { lockStore, prepareFolder } from '../sqlite/data-folder.ts';
import { faultKind, faultMessage } from '../sqlite/faults.ts';
import { userEntities } from './entities/user-entities.ts';
import { backUp, hasData, listBackups } from './user-backups.ts';
import { userMigrations } from './migrations/user-migrations.ts';
import type { MigrationClass } from './migrations/user-migrations.ts';
import { driverErrorOf } from './user-faults.ts';
import { UserStore } from './user-store.ts';

const migrationsTable = 'schema_migrations';

/** How the user-data store is opened. */
export interface UserStoreOptions {
  /** Folder of `meshery.db`; made when absent. */
  readonly dataDir: string;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Fewer than all while an older backup is restored. */
  readonly migrations?: readonly MigrationClass[];
}

/**
 * Opens `meshery.db`: what users made. Every commit is on the disk when it resolves; before a migration a backup is
 * written beside the file. The caller closes it.
 *
 * Rejects with `meshery-config-1102` (folder not writable), `meshery-store-1604` (in use), `meshery-store-1601`
 * (written by a newer version; untouched), `meshery-store-1603` (damaged: names the newest backup; never rebuilt),
 * `meshery-store-1600` (disk full).
 */
export async function openUserStore(options: UserStoreOptions): Promise<UserStore> {
  const file = join(options.dataDir, 'meshery.db');
  prepareFolder(options.dataDir);
  const lock = lockStore(file);
  try {
    const migrations = options.migrations ?? userMigrations;
    const pending = inspect(file, migrations);
    const clock = options.clock ?? systemClock;
    if (pending > 0 && hasData(file)) {
      options.logger.info({ backup: backUp(file, clock.now()), pending }, 'user data backed up before a migration');
    }
    const source = await openSource(file, migrations);
    const store = new UserStore({ source, lock });
    await store.start();
    return store;
  } catch (error) {
    lock.release();
    throw asCoded(file, error);
  }
}

/** Looks at the file without writing: its health and how many migrations are missing. */
function inspect(file: string, migrations: readonly MigrationClass[]): number {
  if (!hasData(file)) return migrations.length;
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const damage = db.prepare<unknown[], string>('PRAGMA quick_check(1)').pluck().get();
    if (damage !== 'ok') throw corruptUserDataError(file, listBackups(file)[0], new Error(damage ?? 'no answer'));
    const applied = appliedMigrations(db);
    const known = new Set(migrations.map((migration) => new migration().name));
    if (applied.some((name) => !known.has(name))) throw newerVersionError(file, applied.length, known.size);
    return known.size - applied.length;
  } finally {
    db.close();
  }
}

function appliedMigrations(db: Database.Database): string[] {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(migrationsTable);
  return table === undefined ? [] : db.prepare<unknown[], string>(`SELECT name FROM ${migrationsTable}`).pluck().all();
}

async function openSource(file: string, migrations: readonly MigrationClass[]): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: file,
    entities: [...userEntities],
    migrations: [...migrations],
    migrationsTableName: migrationsTable,
    enableWAL: true,
    prepareDatabase: setDurable,
  });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'all' });
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

function asCoded(file: string, error: unknown): unknown {
  const kind = faultKind(driverErrorOf(error));
  if (kind === 'corrupt') return corruptUserDataError(file, listBackups(file)[0], error);
  return kind === 'space' ? writeError(faultMessage(driverErrorOf(error))) : error;
}

/** Every commit is on the disk when it resolves, and every link between records holds. */
export function setDurable(db: Database.Database): void {
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
}
