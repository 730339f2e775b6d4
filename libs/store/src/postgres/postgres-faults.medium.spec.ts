import { isMesheryError } from '@meshery/errors';
import { PostgresServer } from '@meshery/testing';
import pg from 'pg';
import { Registry } from 'prom-client';
import type { InventoryStore, ObjectQuery } from '../inventory-store.ts';
import { RunScript, objectChange } from '../testing/batches.ts';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { openPostgresInventory } from './open-postgres-inventory.ts';

const pods = 'pods.v1.';
const all: ObjectQuery = { clusterIds: 'all', sort: 'name', descending: false, pageSize: 1000 };

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

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'resolved';
  } catch (error) {
    return isMesheryError(error) ? error.code : String(error);
  }
}

test('a crash of the server while writing loses nothing that was accepted', async () => {
  const store = await open(await server.createDatabase());
  const run = new RunScript('c1', '01');
  await store.openRun(run.open());
  await store.ingest(run.begin(pods));
  const names = Array.from({ length: 400 }, (_, index) => `pod-${String(index).padStart(3, '0')}`);
  const pending = names.map((name) => store.ingest(run.changes(pods, [objectChange(name)])));
  await pending[3];
  await server.crashAndRestart();
  const outcomes = await Promise.all(pending);
  // A commit whose answer was lost with the connection is seen as committed earlier when it is repeated.
  expect(outcomes.every((outcome) => outcome.verdict === 1 || outcome.verdict === 2)).toBe(true);
  expect((await store.page(all, false)).rows.map((row) => row.name)).toEqual(names);
  expect(store.health()).toMatchObject({ writerAlive: true, queued: 0 });
  await store.close();
});

test('two processes on one database keep one order and one sequence', async () => {
  const url = await server.createDatabase();
  const stores = [await open(url), await open(url)];
  const runs = stores.map((_, index) => new RunScript(`c${index}`, '01'));
  await Promise.all(
    stores.map(async (store, index) => {
      const run = runs[index] as RunScript;
      await store.openRun(run.open());
      await store.ingest(run.begin(pods));
      const names = Array.from({ length: 100 }, (_, number) => `pod-${index}-${number}`);
      const outcomes = await Promise.all(names.map((name) => store.ingest(run.changes(pods, [objectChange(name)]))));
      expect(outcomes.every((outcome) => outcome.verdict === 1)).toBe(true);
    }),
  );
  const page = await (stores[0] as InventoryStore).page(all, false);
  expect(page.totalCount).toBe(200);
  expect(new Set(page.rows.map((row) => row.seq)).size).toBe(200);
  await Promise.all(stores.map((store) => store.close()));
});

test('a schema from a newer version is refused and not touched', async () => {
  const url = await server.createDatabase();
  await (await open(url)).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("INSERT INTO inventory.schema_migrations (timestamp, name) VALUES (1, 'FromTheFuture1')");
  await client.end();
  expect(await codeOf(open(url))).toBe('meshery-store-1601');
});

test('a server that is not there is a coded error', async () => {
  expect(await codeOf(open('postgres://meshery@127.0.0.1:1/none'))).toBe('meshery-store-1605');
});

test('a batch that PostgreSQL refuses is parked and the rest flows', async () => {
  const store = await open(await server.createDatabase());
  const run = new RunScript('c1', '01');
  await store.openRun(run.open());
  await store.ingest(run.begin(pods));
  const pending = [
    run.changes(pods, [objectChange('a')]),
    run.changes(pods, [objectChange('zero', { json: '{"raw":"\u0000"}' })]),
    run.changes(pods, [objectChange('b')]),
  ].map((batch) => store.ingest(batch));
  expect((await Promise.all(pending)).map((outcome) => outcome.verdict)).toEqual([1, 5, 1]);
  expect((await store.page(all, false)).rows.map((row) => row.name)).toEqual(['a', 'b']);
  await store.close();
});
