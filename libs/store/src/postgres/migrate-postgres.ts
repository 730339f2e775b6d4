import type { PgPool } from './pg-pool.ts';
import { newerVersionError } from '../shared/errors.ts';
import { inventoryMigrations } from './postgres-migrations.ts';

const migrationsTable = 'schema_migrations';

/**
 * Brings the schemas up to date. Throws `meshery-store-1601` when a newer version has written migrations that this one
 * does not know; nothing is touched then.
 */
export async function migratePostgres(url: string, pool: PgPool): Promise<void> {
  const applied = await appliedMigrations(pool);
  const known = new Set(inventoryMigrations.map((migration) => migration.name));
  if (applied.some((name) => !known.has(name))) {
    throw newerVersionError('the inventory schema on PostgreSQL', applied.length, known.size);
  }
  if (applied.length === known.size) return;
  await pool.query('CREATE SCHEMA IF NOT EXISTS inventory');
  await pool.query('CREATE SCHEMA IF NOT EXISTS meshery');
  // Loaded only where a migration has to run: it costs more start time than everything else here.
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url,
    schema: 'inventory',
    migrations: inventoryMigrations,
    migrationsTableName: migrationsTable,
    poolSize: 1,
    connectTimeoutMS: 5000,
  });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await source.destroy();
  }
}

async function appliedMigrations(pool: PgPool): Promise<string[]> {
  const found = await pool.query<{ table: string | null }>(
    `SELECT to_regclass('inventory.${migrationsTable}')::text AS table`,
  );
  if ((found.rows[0]?.table ?? null) === null) return [];
  const { rows } = await pool.query<{ name: string }>(`SELECT name FROM inventory.${migrationsTable} ORDER BY id`);
  return rows.map((row) => row.name);
}
