import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import type { InventoryStore } from '../inventory-store.ts';
import { openSqliteInventory } from '../sqlite/open-sqlite-inventory.ts';
import type { SqliteInventoryOptions } from '../sqlite/open-sqlite-inventory.ts';
import { keepingLogger } from './quiet-logger.ts';
import type { StoreUnderTest } from './contract-helpers.ts';

/** Opens a store in a folder with quiet parts; every option can be replaced. */
export function openIn(dataDir: string, over: Partial<SqliteInventoryOptions> = {}): Promise<InventoryStore> {
  return openSqliteInventory({ dataDir, logger: keepingLogger(), metrics: new Registry(), checkAfterMs: 0, ...over });
}

/** A SQLite store in a folder of its own. */
export async function sqliteUnderTest(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'meshery-inventory-'));
  let store = await openIn(folder);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openIn(folder);
      return store;
    },
    destroy: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
