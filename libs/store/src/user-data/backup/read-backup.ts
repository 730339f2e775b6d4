import type { DataSource, QueryRunner } from 'typeorm';
import { errorCode } from '../../shared/error-code.ts';
import { driverErrorOf } from '../user-faults.ts';
import { LineSum, damagedBackup, notEmpty, parseEnd, parseHeader, parseRow } from './backup-form.ts';
import type { BackupHeader, BackupRow } from './backup-form.ts';

/** Tables that a new store fills itself: what counts from 0 there goes on from where the backup was. */
const counters: readonly string[] = ['event_heads', 'audit_heads'];

/**
 * Fills empty tables from the lines of a backup, all of it or nothing. Rejects with `meshery-store-1607` for a file
 * that is not whole and with `meshery-store-1608` where data are.
 */
export async function restoreLines(source: DataSource, lines: AsyncIterable<string>): Promise<number> {
  return source.transaction(async (manager) => {
    const runner = manager.queryRunner;
    if (runner === undefined) throw new TypeError('a transaction has a query runner');
    const reader = new BackupReader(runner, source.options.type === 'postgres');
    for await (const line of lines) await reader.take(line);
    return reader.end();
  });
}

/** Takes the lines of one backup in order. The last one is known only when nothing follows it. */
class BackupReader {
  readonly #runner: QueryRunner;
  readonly #isPostgres: boolean;
  readonly #sum = new LineSum();
  #header: BackupHeader | undefined;
  #held: string | undefined;
  #rows = 0;

  constructor(runner: QueryRunner, isPostgres: boolean) {
    this.#runner = runner;
    this.#isPostgres = isPostgres;
  }

  async take(line: string): Promise<void> {
    const held = this.#held;
    this.#held = line;
    if (held !== undefined) await this.#use(held);
  }

  end(): number {
    const end = parseEnd(this.#held ?? '');
    if (this.#header === undefined || end === undefined) throw damagedBackup('its end is missing');
    if (end.rows !== this.#rows || end.sha256 !== this.#sum.digest()) {
      throw damagedBackup('its check sum is another one');
    }
    return this.#rows;
  }

  async #use(line: string): Promise<void> {
    this.#sum.add(line);
    if (this.#header === undefined) {
      this.#header = parseHeader(line);
      await this.#requireEmpty(this.#header.tables);
      return;
    }
    await this.#insert(parseRow(line, this.#header.tables));
    this.#rows += 1;
  }

  async #insert({ table, row }: BackupRow): Promise<void> {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => (this.#isPostgres ? `$${String(index + 1)}` : '?'));
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`;
    await this.#runner.query(insert, Object.values(row)).catch((error: unknown) => {
      throw isMisfit(error) ? damagedBackup('a row does not fit the others') : error;
    });
  }

  async #requireEmpty(tables: readonly string[]): Promise<void> {
    for (const table of counters.filter((name) => tables.includes(name))) {
      await this.#runner.query(`DELETE FROM ${table}`);
    }
    for (const table of tables) {
      const [found] = await this.#runner.manager.query<unknown[]>(`SELECT 1 FROM ${table} LIMIT 1`);
      if (found !== undefined) throw notEmpty();
    }
  }
}

/** A broken constraint, or a column that the table does not have. */
function isMisfit(error: unknown): boolean {
  const code = errorCode(driverErrorOf(error));
  return code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_ERROR' || code.startsWith('23') || code === '42703';
}
