import { PostgresServer, waitUntil } from '@meshery/testing';
import pg from 'pg';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { testUser } from '../testing/user-records.ts';
import { openPostgresUserStore } from './open-postgres-user-store.ts';
import type { UserStore } from './user-store.ts';

let server: PostgresServer;
let admin: pg.Client;
let stores: [UserStore, UserStore];

beforeAll(async () => {
  server = await PostgresServer.start();
  const url = await server.createDatabase();
  const open = (): Promise<UserStore> => openPostgresUserStore({ url, logger: keepingLogger() });
  stores = [await open(), await open()];
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await Promise.all(stores.map((store) => store.close()));
  await server.stop();
});

let made = 0;

function makeUser(store: UserStore): Promise<unknown> {
  made += 1;
  return store.change((data) => data.users.insert(testUser(`user-${String(made)}`)));
}

function until(what: string, probe: () => boolean | Promise<boolean>): Promise<unknown> {
  return waitUntil({ what, timeoutMs: 60_000, everyMs: 10 }, probe);
}

function countHeard(store: UserStore): { heard: number; end: () => void } {
  const count = { heard: 0, end: store.onCommit(() => (count.heard += 1)) };
  return count;
}

async function cutListeners(): Promise<void> {
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'meshery-listener'",
  );
}

test('a change of one process is heard by the other, and once by itself', async () => {
  const [own, other] = stores.map(countHeard) as [ReturnType<typeof countHeard>, ReturnType<typeof countHeard>];
  await makeUser(stores[0]);
  await until('the change of the other', () => other.heard === 1);
  await stores[0].read((data) => data.setting('none'));
  expect(own.heard).toBe(1);
  await stores[0].change(() => Promise.reject(new Error('not kept'))).catch(() => undefined);
  await makeUser(stores[1]);
  await until('the change of both', () => own.heard === 2);
  expect([own.heard, other.heard]).toEqual([2, 2]);
  own.end();
  other.end();
});

test('what may have been missed while a connection was away counts as heard', async () => {
  const other = countHeard(stores[1]);
  await cutListeners();
  await makeUser(stores[0]);
  await until('the change', () => other.heard > 0);
  other.end();
});

test('one process leads at a time, and another does when its connection is cut or it ends', async () => {
  const [one, other] = stores;
  const who = (): Promise<boolean[]> => Promise.all([one.leads('a'), other.leads('a')]);
  await until('a leader', async () => (await who()).includes(true));
  for (let ask = 0; ask < 5; ask += 1) expect((await who()).filter(Boolean)).toHaveLength(1);
  const first = (await one.leads('a')) ? one : other;
  const second = first === one ? other : one;
  await until('a name of its own', async () => second.leads('b'));
  expect(await first.leads('b')).toBe(false);
  await cutListeners();
  await until('another leader', () => second.leads('a'));
  expect(await first.leads('a')).toBe(false);
  await second.close();
  await until('the one that is left', () => first.leads('a'));
});
