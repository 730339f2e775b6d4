import { mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import Database from 'better-sqlite3';
import type { QueryRunner } from 'typeorm';
import { keepingLogger } from '../testing/quiet-logger.ts';
import { testUser } from '../testing/user-records.ts';
import { openUserStore, setDurable } from './open-user-store.ts';
import { userMigrations } from './migrations/user-migrations.ts';
import type { UserStore } from './user-store.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-user-data-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function openHere(over: Partial<Parameters<typeof openUserStore>[0]> = {}): Promise<UserStore> {
  return openUserStore({ dataDir: folder, logger: keepingLogger(), ...over });
}

async function failure(promise: Promise<unknown>): Promise<MesheryError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isMesheryError(error)) throw new Error(`not a coded error: ${String(error)}`);
  return error;
}

class AddNote {
  name = 'AddNote1780000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD COLUMN note text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN note');
  }
}

class BreakHalfway {
  name = 'BreakHalfway1780000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE preferences');
    throw new Error('halfway');
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

const alice = testUser('alice');

test('commits are synchronous and links hold', () => {
  const db = new Database(join(folder, 'durable.db'));
  setDurable(db);
  expect(['synchronous', 'foreign_keys'].map((name) => db.pragma(name, { simple: true }))).toEqual([2, 1]);
  db.close();
});

test('a migration is preceded by a backup that holds the data; at most five are kept', async () => {
  const first = await openHere();
  await first.change((data) => data.users.insert(alice));
  await first.close();
  expect((await readdir(folder)).filter((name) => name.includes('.backup-'))).toEqual([]);
  for (let index = 0; index < 6; index += 1) {
    await writeFile(join(folder, `meshery.db.backup-2020-01-0${index + 1}T00-00-00-000Z`), 'old');
  }
  const store = await openHere({ migrations: [...userMigrations, AddNote] });
  expect((await store.read((data) => data.users.find({ id: alice.id })))?.name).toBe('alice');
  await store.close();
  const backups = (await readdir(folder)).filter((name) => name.includes('.backup-')).sort();
  expect(backups.length).toBe(5);
  const backup = new Database(join(folder, backups.at(-1) ?? ''), { readonly: true });
  expect(backup.prepare('SELECT name FROM users').pluck().all()).toEqual(['alice']);
  backup.close();
});

test('a migration that fails changes nothing', async () => {
  const first = await openHere();
  await first.change((data) => data.users.insert(alice));
  await first.change((data) =>
    data.keepPreferences({ userId: alice.id, body: { theme: 'dark' }, updatedAt: alice.updatedAt }),
  );
  await first.close();
  await expect(openHere({ migrations: [...userMigrations, BreakHalfway] })).rejects.toThrow();
  const store = await openHere();
  expect(await store.read((data) => data.preferences(alice.id))).toEqual({ theme: 'dark' });
  await store.close();
});

test('a store from a newer version is refused and not touched', async () => {
  const first = await openHere({ migrations: [...userMigrations, AddNote] });
  await first.close();
  const before = await readFile(join(folder, 'meshery.db'));
  const error = await failure(openHere());
  expect(error.code).toBe('meshery-store-1601');
  expect(error.remedy).toMatch(/newer version/);
  expect(before.equals(await readFile(join(folder, 'meshery.db')))).toBe(true);
});

test('damaged user data are refused with the newest backup named, and never rebuilt', async () => {
  const first = await openHere();
  await first.change((data) => data.users.insert(alice));
  await first.close();
  await (await openHere({ migrations: [...userMigrations, AddNote] })).close();
  const file = join(folder, 'meshery.db');
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(8192, 0xff), 0, 8192, 100);
  await handle.close();
  const damaged = await readFile(file);
  const error = await failure(openHere({ migrations: [...userMigrations, AddNote] }));
  expect(error.code).toBe('meshery-store-1603');
  expect(error.remedy).toMatch(/meshery\.db\.backup-.*meshery\.db/);
  expect(damaged.equals(await readFile(file))).toBe(true);
});

test('one process at a time', async () => {
  const store = await openHere();
  expect((await failure(openHere())).code).toBe('meshery-store-1604');
  await store.close();
});
