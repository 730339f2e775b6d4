import { PostgresServer } from '@meshery/testing';
import { Registry } from 'prom-client';
import type { InventoryStore } from '../inventory-store.ts';
import { inventoryStoreContract } from '../testing/inventory-store.contract.ts';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { openPostgresInventory } from './open-postgres-inventory.ts';

// The server is a process of its own on loopback. A container would run the same server and need an image from a
// registry; where PostgreSQL is missing these tests are red with the command that installs it.
let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(async () => {
  await server.stop();
});

function open(url: string): Promise<InventoryStore> {
  return openPostgresInventory({ url, logger: keepingLogger(), metrics: new Registry(), poolSize: 3 });
}

inventoryStoreContract('PostgreSQL', async () => {
  const url = await server.createDatabase();
  let store = await open(url);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open(url);
      return store;
    },
    destroy: () => store.close(),
  };
});
