import { PostgresServer, waitUntil } from '@meshery/testing';
import pg from 'pg';
import { Registry } from 'prom-client';
import type { CommitNotice, InventoryStore } from '../inventory-store.ts';
import { RunScript, objectChange } from '../testing/batches.ts';
import { pods, query, send, snapshot } from '../testing/contract-helpers.ts';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { openPostgresInventory } from './open-postgres-inventory.ts';

let server: PostgresServer;
let admin: pg.Client;
let stores: [InventoryStore, InventoryStore];

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(async () => {
  await server.stop();
});

beforeEach(async () => {
  const url = await server.createDatabase();
  const open = (): Promise<InventoryStore> =>
    openPostgresInventory({ url, logger: keepingLogger(), metrics: new Registry(), poolSize: 3 });
  stores = [await open(), await open()];
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
});

afterEach(async () => {
  await admin.end();
  await Promise.all(stores.map((store) => store.close()));
});

/** What a subscriber of a store heard. */
class Hearer {
  readonly notices: CommitNotice[] = [];

  constructor(store: InventoryStore) {
    store.onCommit((notice) => this.notices.push(notice));
  }

  get names(): string[] {
    return this.notices.flatMap(({ changes }) => changes.map(({ type, head }) => `${type} ${head.name}`));
  }

  get seqs(): number[] {
    return this.notices.flatMap(({ changes }) => changes.map(({ head }) => head.seq));
  }

  get clusterIds(): string[] {
    return this.notices.flatMap(({ clusterIds }) => clusterIds);
  }

  until(what: string, isHeard: () => boolean): Promise<unknown> {
    return waitUntil(
      { what, timeoutMs: 60_000, everyMs: 10, explain: () => JSON.stringify(this.names.slice(-20)) },
      isHeard,
    );
  }

  untilSeq(seq: number): Promise<unknown> {
    return this.until(`commit ${String(seq)}`, () => (this.notices.at(-1)?.seq ?? 0) >= seq);
  }
}

async function opened(store: InventoryStore, clusterId: string): Promise<RunScript> {
  const run = new RunScript(clusterId, '01');
  await store.openRun(run.open());
  await store.ingest(run.begin(pods));
  return run;
}

/** Ends the connections that listen; how many there were. */
async function cutListeners(): Promise<number> {
  const { rowCount } = await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'meshery-listener' AND datname = current_database()",
  );
  return rowCount ?? 0;
}

test('rows that are reported to one server are not stale at the other', async () => {
  const [one, other] = stores;
  await send(one, ...snapshot(await opened(one, 'shared'), pods, [objectChange('a')]));
  const told = async (): Promise<string> => {
    const { rows } = await other.page(query(), false);
    const states = (await other.clusters()).map(({ state }) => state);
    return JSON.stringify([states, rows.map(({ name, staleSince }) => [name, staleSince])]);
  };
  await waitUntil(
    { what: 'the other to know', timeoutMs: 60_000, everyMs: 10, explain: told },
    async () => (await told()) === JSON.stringify([['syncing'], [['a', undefined]]]),
  );
});

test('what one server commits is heard by a subscriber of the other', async () => {
  const [one, other] = stores;
  const heard = new Hearer(other);
  const run = new RunScript('c1', '01');
  await one.openRun(run.open());
  await send(one, ...snapshot(run, pods, [objectChange('a'), objectChange('b')]));
  await send(one, ...snapshot(run, pods, [objectChange('a')]));
  await heard.untilSeq(await one.seq());
  // Commits that are heard as one name an object once: whether b was seen before it went is chance.
  expect(heard.names.filter((name) => name !== 'upsert b')).toEqual(['upsert a', 'delete b']);
  expect(heard.clusterIds).toContain('c1');
});

test('two servers that write at the same time are both heard once and in one order by both', async () => {
  const heard = stores.map((store) => new Hearer(store));
  const runs = await Promise.all(stores.map((store, index) => opened(store, `c${String(index)}`)));
  await Promise.all(
    stores.map(async (store, index) => {
      for (let number = 0; number < 60; number += 1) {
        await store.ingest((runs[index] as RunScript).changes(pods, [objectChange(`pod-${index}-${number}`)]));
      }
    }),
  );
  const seq = await stores[0].seq();
  for (const hearer of heard) {
    await hearer.untilSeq(seq);
    expect(hearer.seqs).toEqual(hearer.seqs.toSorted((left, right) => left - right));
    expect(hearer.names).toHaveLength(120);
    expect(new Set(hearer.names).size).toBe(120);
    expect(hearer.notices.filter(({ gap, reset }) => gap !== undefined || reset !== undefined)).toEqual([]);
  }
});

test('a connection that is cut heals: what was committed meanwhile is heard', async () => {
  const [one, other] = stores;
  const heard = new Hearer(other);
  const run = await opened(one, 'c1');
  for (let round = 0; round < 3; round += 1) {
    // Those that were ended before may not be gone yet.
    expect(await cutListeners()).toBeGreaterThan(1);
    await send(one, run.changes(pods, [objectChange(`pod-${String(round)}`)]));
    await heard.untilSeq(await one.seq());
    await waitUntil({ what: 'listening again', timeoutMs: 60_000, everyMs: 10 }, async () => {
      const { rows } = await admin.query<{ count: string }>(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'meshery-listener' AND datname = current_database()",
      );
      return rows[0]?.count === '2';
    });
  }
  expect(heard.names).toEqual(['upsert pod-0', 'upsert pod-1', 'upsert pod-2']);
});

test('what the log of changes has lost is told as a gap, and an emptied inventory as a reset', async () => {
  const [one, other] = stores;
  const heard = new Hearer(other);
  const run = await opened(one, 'c1');
  await send(one, run.changes(pods, [objectChange('a')]));
  await heard.untilSeq(await one.seq());
  await one.removeCluster('c1');
  await heard.until('the gap', () => heard.notices.some(({ gap }) => gap !== undefined));
  expect(heard.notices.some(({ reset }) => reset !== undefined)).toBe(false);
  await one.reset('asked for');
  await heard.until('the reset', () => heard.notices.some(({ reset }) => reset !== undefined));
  expect(heard.notices.at(-1)?.seq).toBe(await one.seq());
});

test('more clusters than fit into a notification are told nevertheless', async () => {
  const [one, other] = stores;
  const ids = Array.from({ length: 300 }, (_, index) => `cluster-${String(index).padStart(180, '0')}`);
  const heard = new Hearer(other);
  await Promise.all(ids.map((id) => one.openRun(new RunScript(id, '01').open())));
  await heard.until('every cluster', () => new Set(heard.clusterIds).size === ids.length);
});
