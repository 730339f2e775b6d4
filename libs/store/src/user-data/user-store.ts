import type { DataSource, EntityManager } from 'typeorm';
import type { TableCount } from '../inventory-store.ts';
import type { FileLock } from '../sqlite/data-folder.ts';
import { restoreLines } from './backup/read-backup.ts';
import { LeaseBoard } from './lease-board.ts';
import type { Board, BoardChange } from './lease-board.ts';
import { codedFault } from './user-faults.ts';
import { UserData } from './user-data.ts';

/** The other processes of a database that several share. */
export interface OtherProcesses {
  /** Tells them of a change, inside of its transaction. */
  tell(manager: EntityManager): Promise<void>;
  /** Resolves when it hears of their changes; several may be heard as one. */
  hear(onChange: () => void): Promise<void>;
  /** See `UserStore.leads`. */
  leads(name: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** What a user store is made of. */
export interface UserStoreParts {
  readonly source: DataSource;
  /** Held while the store is open; only a file needs one. */
  readonly lock?: FileLock;
  /**
   * Absent where nobody else has the database. All work shares one connection then, and goes one after the other: a
   * read in the middle of a transaction would see half of it.
   */
  readonly others?: OtherProcesses;
}

/** The home of what users made. Whatever is committed is on the disk. */
export class UserStore {
  readonly #parts: UserStoreParts;
  readonly #committed: UserData;
  readonly #board: LeaseBoard;
  /** The end of what was asked last; work on one connection goes one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  readonly #listeners = new Set<() => void>();
  #revision = 0;

  constructor(parts: UserStoreParts) {
    this.#parts = parts;
    this.#committed = new UserData(parts.source.manager);
    this.#board = new LeaseBoard(parts.source);
  }

  /**
   * Equal numbers mean that nothing was changed in between; undefined where other processes may change it as well: what
   * one of them has answered must be seen here at once, which is sooner than it is heard.
   */
  get revision(): number | undefined {
    return this.isShared ? undefined : this.#revision;
  }

  /** Reads what is committed. Rejects with `meshery-store-1602` or `-1605` when the database cannot answer. */
  read<T>(work: (data: UserData) => Promise<T>): Promise<T> {
    return this.#inTurn(() => work(this.#committed));
  }

  /**
   * Changes data in one transaction: all of it is kept when the promise resolves, nothing when it rejects. The work
   * touches nothing but the data. Rejects with `meshery-store-1600` when the disk is full, `-1605` when PostgreSQL is away.
   */
  change<T>(work: (data: UserData) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      try {
        const result = await this.#parts.source.transaction(async (manager) => {
          const done = await work(new UserData(manager));
          await this.#parts.others?.tell(manager);
          return done;
        });
        this.#notify();
        return result;
      } finally {
        this.#revision += 1;
      }
    });
  }

  /** True when other processes may change the same data. */
  get isShared(): boolean {
    return this.#parts.others !== undefined;
  }

  /** Begins to hear what other processes change, and makes the board of leases. */
  async start(): Promise<void> {
    await this.#board.make();
    await this.#parts.others?.hear(() => {
      this.#notify();
    });
  }

  /**
   * Asks to lead the work of this name; true when this process does, and no other of the database. Whoever leads does
   * so until it ends or loses the database: ask again before each piece of work.
   */
  async leads(name: string): Promise<boolean> {
    return (await this.#parts.others?.leads(name)) ?? true;
  }

  /**
   * Writes what this process says about leases, and reads what all processes of the database do. This is no change of
   * user data: nobody is told of it. Rejects as `change` does.
   */
  exchange(change: BoardChange): Promise<Board> {
    return this.#inTurn(() => this.#board.exchange(change));
  }

  /** The changes of the tables that this version knows, in order; an open store has them all. */
  get migrations(): readonly string[] {
    return this.#parts.source.migrations.map(({ name, constructor }) => name ?? constructor.name);
  }

  /**
   * Calls the listener, which must not throw, after each change, and soon after those of other processes, several of
   * them as one. Returns the function that ends it.
   */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every table of user data with its count, by name. */
  tables(): Promise<readonly TableCount[]> {
    const { manager, entityMetadatas } = this.#parts.source;
    return this.#inTurn(async () => {
      const counts: TableCount[] = [];
      for (const { name, tableName } of entityMetadatas) {
        counts.push({ name: tableName, count: await manager.getRepository(name).count() });
      }
      return counts.sort((a, b) => (a.name < b.name ? -1 : 1));
    });
  }

  /** Fills the empty store from the lines of a backup; how many rows. See `restoreUserData`. */
  restore(lines: AsyncIterable<string>): Promise<number> {
    return this.#inTurn(() => restoreLines(this.#parts.source, lines));
  }

  /** Closes the store and frees its lock, after what was asked before. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#last;
    await this.#parts.others?.stop();
    await this.#parts.source.destroy();
    this.#parts.lock?.release();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = (): Promise<T> =>
      work().catch((error: unknown) => {
        throw codedFault(error);
      });
    if (this.isShared) return run();
    const mine = this.#last.then(run);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
