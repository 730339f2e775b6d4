import { randomUUID } from 'node:crypto';
import { systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import { DataSource } from 'typeorm';
import { PgListener } from '../postgres/pg-listener.ts';
import { newerVersionError } from '../shared/errors.ts';
import { userEntities } from './entities/user-entities.ts';
import { userMigrations } from './migrations/user-migrations.ts';
import type { MigrationClass } from './migrations/user-migrations.ts';
import { codedFault } from './user-faults.ts';
import { UserStore } from './user-store.ts';
import type { OtherProcesses } from './user-store.ts';

const schema = 'meshery';
const migrationsTable = 'schema_migrations';
const connectMs = 5000;
/** On which processes tell each other of changes. */
const channel = 'meshery_user_data';
const statementMs = 30_000;
const connections = 5;

/** How the user-data store of a PostgreSQL database is opened. */
export interface PostgresUserStoreOptions {
  readonly url: string;
  readonly logger: Logger;
  /** Fewer than all while an older backup is restored. */
  readonly migrations?: readonly MigrationClass[];
}

/**
 * Opens what users made in schema `meshery` of a PostgreSQL database, for several servers at once. Migrations run in
 * one transaction; a backup before them is the database administrator's. The caller closes it.
 * Rejects with `meshery-store-1605` (unreachable) and `meshery-store-1601` (written by a newer version; untouched).
 */
export async function openPostgresUserStore(options: PostgresUserStoreOptions): Promise<UserStore> {
  const migrations = options.migrations ?? userMigrations;
  const source = postgresSource(options, migrations);
  const store = new UserStore({ source, others: otherProcesses(options) });
  try {
    await source.initialize();
    await migrate(source, migrations);
    await store.start();
    return store;
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw codedFault(error);
  }
}

function otherProcesses({ url, logger }: PostgresUserStoreOptions): OtherProcesses {
  const id = randomUUID();
  let onChange: (() => void) | undefined;
  const onNote = (from: string | undefined): void => {
    if (from !== id) onChange?.();
  };
  const listener = new PgListener({ url, channel, clock: systemClock, logger, onNote });
  return {
    tell: async (manager) => {
      await manager.query('SELECT pg_notify($1, $2)', [channel, id]);
    },
    hear: (heard) => {
      onChange = heard;
      return listener.start();
    },
    leads: (name) => listener.leads(name),
    stop: () => listener.stop(),
  };
}

/** A connection to the database, not opened and not migrated. */
export function postgresSource(
  options: Pick<PostgresUserStoreOptions, 'url' | 'logger'>,
  migrations: readonly MigrationClass[] = userMigrations,
): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    schema,
    entities: [...userEntities],
    migrations: [...migrations],
    migrationsTableName: migrationsTable,
    poolSize: connections,
    connectTimeoutMS: connectMs,
    applicationName: 'meshery-user-data',
    poolErrorHandler: (error: unknown) => options.logger.warn({ err: error }, 'connection to PostgreSQL lost'),
    // Statements name tables without their schema.
    extra: { options: `-c search_path=${schema}`, statement_timeout: statementMs, query_timeout: statementMs + 1000 },
  });
}

async function migrate(source: DataSource, migrations: readonly MigrationClass[]): Promise<void> {
  await source.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  const [found] = await source.query<{ table: string | null }[]>(
    `SELECT to_regclass('${schema}.${migrationsTable}')::text AS table`,
  );
  const applied =
    (found?.table ?? null) === null
      ? []
      : await source.query<{ name: string }[]>(`SELECT name FROM ${schema}.${migrationsTable}`);
  const known = new Set(migrations.map((migration) => new migration().name));
  if (applied.some(({ name }) => !known.has(name))) {
    throw newerVersionError('what users made on PostgreSQL', applied.length, known.size);
  }
  await source.runMigrations({ transaction: 'all' });
}
