import type { DataSource } from 'typeorm';
import type { TableCount } from '../inventory-store.ts';
import type { FileLock } from '../sqlite/data-folder.ts';
import { restoreLines } from './backup/read-backup.ts';
import { codedFault } from './user-faults.ts';
import { UserData } from './user-data.ts';

/** What a user store is made of. */
export interface UserStoreParts {
  readonly source: DataSource;
  /** Held while the store is open; only a file needs one. */
  readonly lock?: FileLock;
  /** True where all work shares one connection: a read in the middle of a transaction would see half of it. */
  readonly hasOneConnection: boolean;
}

/** The home of what users made. Whatever is committed is on the disk. */
export class UserStore {
  readonly #parts: UserStoreParts;
  readonly #committed: UserData;
  /** The end of what was asked last; work on one connection goes one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  readonly #listeners = new Set<() => void>();
  #revision = 0;

  constructor(parts: UserStoreParts) {
    this.#parts = parts;
    this.#committed = new UserData(parts.source.manager);
  }

  /** Equal numbers mean that nothing was changed in between; undefined where other processes may change it as well. */
  get revision(): number | undefined {
    return this.#parts.hasOneConnection ? this.#revision : undefined;
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
        const result = await this.#parts.source.transaction((manager) => work(new UserData(manager)));
        for (const listener of this.#listeners) listener();
        return result;
      } finally {
        this.#revision += 1;
      }
    });
  }

  /** True when other processes may change the same data. */
  get isShared(): boolean {
    return !this.#parts.hasOneConnection;
  }

  /** The changes of the tables that this version knows, in order; an open store has them all. */
  get migrations(): readonly string[] {
    return this.#parts.source.migrations.map(({ name, constructor }) => name ?? constructor.name);
  }

  /** Calls the listener, which must not throw, after each change of this process. Returns the function that ends it. */
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
    await this.#parts.source.destroy();
    this.#parts.lock?.release();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = (): Promise<T> =>
      work().catch((error: unknown) => {
        throw codedFault(error);
      });
    if (!this.#parts.hasOneConnection) return run();
    const mine = this.#last.then(run);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
