import type { QueryRunner } from 'typeorm';
import type { DataSource } from 'typeorm';
import { LineSum } from './backup-form.ts';
import type { BackupHeader, BackupRow } from './backup-form.ts';

/** Rows read at once. */
const pieceRows = 500;

/** Every line of a backup, as of one moment: others may write meanwhile. Rows come by their own order of the table. */
export async function* backupLines(source: DataSource, createdAt: string): AsyncGenerator<string> {
  const runner = source.createQueryRunner();
  const isPostgres = source.options.type === 'postgres';
  await runner.connect();
  try {
    await (isPostgres ? runner.startTransaction('REPEATABLE READ') : runner.startTransaction());
    const sum = new LineSum();
    let rows = 0;
    for await (const line of contentLines(runner, { createdAt, isPostgres })) {
      sum.add(line);
      rows += 1;
      yield line;
    }
    yield JSON.stringify({ rows: rows - 1, sha256: sum.digest() });
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}

async function* contentLines(
  runner: QueryRunner,
  { createdAt, isPostgres }: { readonly createdAt: string; readonly isPostgres: boolean },
): AsyncGenerator<string> {
  const tables = await tablesOf(runner, isPostgres);
  const applied = await runner.manager.query<{ name: string }[]>(
    'SELECT name FROM schema_migrations ORDER BY timestamp',
  );
  const migrations = applied.map(({ name }) => name);
  yield JSON.stringify({
    format: 'meshery-user-data',
    formatVersion: 1,
    createdAt,
    migrations,
    tables,
  } satisfies BackupHeader);
  for (const table of tables) {
    for await (const row of rowsOf(runner, table)) yield JSON.stringify({ table, row } satisfies BackupRow);
  }
}

interface TableLink {
  readonly child: string;
  readonly parent: string;
}

/** All tables but the list of migrations, each behind those that it refers to, else in the order of their making. */
async function tablesOf(runner: QueryRunner, isPostgres: boolean): Promise<string[]> {
  const select = isPostgres
    ? `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'meshery'::regnamespace ORDER BY oid`
    : `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`;
  const links = isPostgres
    ? `SELECT c.relname AS child, p.relname AS parent FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
         JOIN pg_class p ON p.oid = confrelid WHERE contype = 'f' AND connamespace = 'meshery'::regnamespace`
    : `SELECT m.name AS child, f."table" AS parent FROM sqlite_master m, pragma_foreign_key_list(m.name) f
         WHERE m.type = 'table'`;
  const found = await runner.manager.query<{ name: string }[]>(select);
  const names = found.map(({ name }) => name).filter((name) => name !== 'schema_migrations');
  return parentsFirst(names, await runner.manager.query<TableLink[]>(links));
}

function parentsFirst(names: readonly string[], links: readonly TableLink[]): string[] {
  const parents = Map.groupBy(links, ({ child }) => child);
  const placed: string[] = [];
  const seen = new Set<string>();
  const place = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const { parent } of parents.get(name) ?? []) place(parent);
    placed.push(name);
  };
  names.forEach(place);
  return placed;
}

async function* rowsOf(runner: QueryRunner, table: string): AsyncGenerator<BackupRow['row']> {
  for (let offset = 0; ; offset += pieceRows) {
    // Within one transaction the order of equal questions holds; the first column is (a part of) the key.
    const piece = await runner.manager.query<BackupRow['row'][]>(
      `SELECT * FROM ${table} ORDER BY 1, 2 LIMIT ${String(pieceRows)} OFFSET ${String(offset)}`,
    );
    yield* piece;
    if (piece.length < pieceRows) return;
  }
}
