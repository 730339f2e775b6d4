import type { PageQuery } from '@meshery/object-model';
import type { InventoryStore, TableCount, UserStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE, USER_STORE } from '../tokens.ts';

/** One table as the summary names it. */
export interface TableSummary {
  /** The store, a dot, and the table. */
  readonly name: string;
  readonly type: 'table';
  readonly count: number;
}

/** The published summary of what the databases hold. */
export interface DatabaseSummary {
  readonly page: number;
  readonly pageSize: number;
  readonly totalTables: number;
  /** Rows of all tables that were asked for, on all pages. */
  readonly recordCount: number;
  readonly tables: readonly TableSummary[];
}

/** The tables of both stores. */
@Injectable()
export class DatabaseTables {
  readonly #inventory: InventoryStore;
  readonly #userData: UserStore;

  constructor(@Inject(INVENTORY_STORE) inventory: InventoryStore, @Inject(USER_STORE) userData: UserStore) {
    this.#inventory = inventory;
    this.#userData = userData;
  }

  async page({ page, pageSize, search = '', order }: PageQuery): Promise<DatabaseSummary> {
    const wanted = search.toLowerCase();
    const tables = (await this.#all()).filter(({ name }) => name.toLowerCase().includes(wanted));
    const { field, descending } = order ?? { field: 'name', descending: false };
    const way = descending ? -1 : 1;
    tables.sort((a, b) => way * compare(a[field as keyof TableSummary], b[field as keyof TableSummary]));
    return {
      page,
      pageSize,
      totalTables: tables.length,
      recordCount: tables.reduce((sum, { count }) => sum + count, 0),
      tables: tables.slice(page * pageSize, (page + 1) * pageSize),
    };
  }

  async #all(): Promise<TableSummary[]> {
    const [inventory, userData] = await Promise.all([this.#inventory.tables(), this.#userData.tables()]);
    return [...named('inventory', inventory), ...named('meshery', userData)];
  }
}

function named(store: string, tables: readonly TableCount[]): TableSummary[] {
  return tables.map(({ name, count }) => ({ name: `${store}.${name}`, type: 'table', count }));
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
