import type { DataSource, EntityManager } from 'typeorm';

/** Something that one holder at a time may have. */
export interface SharedLease {
  /** What is leased; one lease at a time for each. */
  readonly subject: string;
  readonly id: string;
  readonly holder: string;
  /** The process that looks after the holder. */
  readonly process: string;
  /** What the holder says, any JSON. */
  readonly says: unknown;
}

/** A process that has leases to give. */
export interface SharedProcess {
  readonly id: string;
  /** Grows whenever the process is there; nobody trusts the clock of another. */
  readonly beat: number;
  /** What it says, any JSON. */
  readonly says: unknown;
}

/** What one process changes on the board. */
export interface BoardChange {
  readonly process: string;
  readonly says: unknown;
  /** Processes that are over, with the last beat that was seen of them; their leases go with them. */
  readonly gone: readonly Pick<SharedProcess, 'id' | 'beat'>[];
  /** Holders that this process looks after from now on. */
  readonly taken: readonly string[];
  /** Ids of leases of this process that are over. */
  readonly ended: readonly string[];
  /** What holders of this process say now. */
  readonly said: readonly Pick<SharedLease, 'id' | 'says'>[];
  /** Leases to begin; one whose subject is leased already does not begin. */
  readonly begun: readonly Omit<SharedLease, 'process'>[];
}

/** Everything that is on the board. */
export interface Board {
  readonly processes: readonly SharedProcess[];
  readonly leases: readonly SharedLease[];
}

/** Its own schema on PostgreSQL, and the memory of the one process on SQLite: no backup has what only the living need. */
const places = { postgres: 'meshery_leases', sqlite: 'temp' } as const;
/** The key of the lock under which the tables are made; "leas" in ASCII. */
const makingLock = 0x6c656173;

/** The leases of all processes of one database. */
export class LeaseBoard {
  readonly #source: DataSource;
  readonly #isPostgres: boolean;
  readonly #place: string;

  constructor(source: DataSource) {
    this.#source = source;
    this.#isPostgres = source.options.type === 'postgres';
    this.#place = this.#isPostgres ? places.postgres : places.sqlite;
  }

  /** Makes the tables where there are none. */
  async make(): Promise<void> {
    const place = this.#place;
    // The disk may take no temporary files.
    if (!this.#isPostgres) await this.#source.query('PRAGMA temp_store = MEMORY');
    await this.#source.transaction(async (manager) => {
      if (this.#isPostgres) {
        await manager.query(`SELECT pg_advisory_xact_lock(${String(makingLock)})`);
        await manager.query(`CREATE SCHEMA IF NOT EXISTS ${place}`);
      }
      await manager.query(
        `CREATE TABLE IF NOT EXISTS ${place}.processes (
           id text PRIMARY KEY NOT NULL, beat integer NOT NULL, says text NOT NULL)`,
      );
      await manager.query(
        `CREATE TABLE IF NOT EXISTS ${place}.leases (
           subject text PRIMARY KEY NOT NULL, id text NOT NULL UNIQUE, holder text NOT NULL, says text NOT NULL,
           process text NOT NULL REFERENCES ${this.#isPostgres ? `${place}.` : ''}processes (id) ON DELETE CASCADE)`,
      );
    });
  }

  /** Writes what one process says, which proves that it is there, and reads what all say; in one transaction. */
  async exchange(change: BoardChange): Promise<Board> {
    return this.#source.transaction(async (manager) => {
      await this.#write(manager, change);
      const processes = await this.#query<SharedProcess & { says: string }>(
        manager,
        `SELECT id, beat, says FROM ${this.#place}.processes`,
      );
      const leases = await this.#query<SharedLease & { says: string }>(
        manager,
        `SELECT subject, id, holder, process, says FROM ${this.#place}.leases`,
      );
      return { processes: processes.map(parsed), leases: leases.map(parsed) };
    });
  }

  async #write(manager: EntityManager, change: BoardChange): Promise<void> {
    const { process, says, gone, taken, ended, said, begun } = change;
    const [processes, leases] = [`${this.#place}.processes`, `${this.#place}.leases`];
    await this.#query(
      manager,
      `INSERT INTO ${processes} (id, beat, says) VALUES (?, 1, ?)
       ON CONFLICT (id) DO UPDATE SET beat = processes.beat + 1, says = excluded.says`,
      [process, JSON.stringify(says)],
    );
    for (const { id, beat } of gone) {
      await this.#query(manager, `DELETE FROM ${processes} WHERE id = ? AND beat = ?`, [id, beat]);
    }
    for (const holder of taken) {
      await this.#query(manager, `UPDATE ${leases} SET process = ? WHERE holder = ?`, [process, holder]);
    }
    for (const id of ended) {
      await this.#query(manager, `DELETE FROM ${leases} WHERE id = ? AND process = ?`, [id, process]);
    }
    for (const { id, says: text } of said) {
      const values = [JSON.stringify(text), id, process];
      await this.#query(manager, `UPDATE ${leases} SET says = ? WHERE id = ? AND process = ?`, values);
    }
    for (const { subject, id, holder, says: text } of begun) {
      await this.#query(
        manager,
        `INSERT INTO ${leases} (subject, id, holder, process, says) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (subject) DO NOTHING`,
        [subject, id, holder, process, JSON.stringify(text)],
      );
    }
  }

  /** PostgreSQL numbers the places of values. */
  async #query<Row>(manager: EntityManager, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    let place = 0;
    const numbered = this.#isPostgres ? sql.replaceAll('?', () => `$${String((place += 1))}`) : sql;
    return manager.query<Row[]>(numbered, [...values]);
  }
}

function parsed<Row extends { readonly says: string }>(row: Row): Omit<Row, 'says'> & { readonly says: unknown } {
  return { ...row, says: JSON.parse(row.says) as unknown };
}
