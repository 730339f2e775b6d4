import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@meshery/observability';
import { PostgresServer } from '@meshery/testing';
import Database from 'better-sqlite3';
import { keepingLogger } from '../../testing/quiet-logger.ts';
import { testCategory, testConnectionDefinition, testModel, testRegistrant } from '../../testing/registry-records.ts';
import { testConnection, testEnvironment, testOrganization, testUser } from '../../testing/user-records.ts';
import { userMigrations } from '../migrations/user-migrations.ts';
import { openPostgresUserStore } from '../open-postgres-user-store.ts';
import { openUserStore } from '../open-user-store.ts';
import type { UserStore } from '../user-store.ts';
import { backUpUserData, restoreUserData } from './user-data-files.ts';
import type { UserDataPlace } from './user-data-files.ts';

let postgres: PostgresServer;
let folder: string;
beforeAll(async () => {
  postgres = await PostgresServer.start();
  folder = await mkdtemp(join(tmpdir(), 'meshery-backup-'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const logger = keepingLogger();
const newFolder = async (): Promise<UserDataPlace> => ({ dataDir: await mkdtemp(join(folder, 'db-')), logger });
const newDatabase = async (): Promise<UserDataPlace> => ({
  ...(await newFolder()),
  databaseUrl: await postgres.createDatabase(),
});
const places = { SQLite: newFolder, PostgreSQL: newDatabase };
const pairs = (['SQLite', 'PostgreSQL'] as const).flatMap((from) =>
  (['SQLite', 'PostgreSQL'] as const).map((to) => [from, to] as const),
);

const open = ({ dataDir, databaseUrl: url }: UserDataPlace, migrations = userMigrations): Promise<UserStore> =>
  url === undefined
    ? openUserStore({ dataDir, logger, migrations })
    : openPostgresUserStore({ url, logger, migrations });

const owner = testUser('owner', { email: 'o\'\n\u2028"@example.com' });
const organization = testOrganization(owner);
const workspace = testEnvironment(organization, 'workspace \u{1f600}');
const sealed = { secret: 'v1:AAECAwQ=:sealed' };

async function fill(store: UserStore, environments = 3): Promise<void> {
  await store.change(async (data) => {
    await data.users.insert(owner);
    await data.organizations.insert(organization);
    await data.memberships.add({ organizationId: organization.id, userId: owner.id, role: 'admin' });
    await data.workspaces.insert(workspace);
    for (let index = 0; index < environments; index += 1) {
      const environment = testEnvironment(organization, `e${String(index)}`, { metadata: sealed });
      await data.environments.insert(environment);
      const link = { workspaceId: workspace.id, environmentId: environment.id, createdAt: owner.createdAt };
      await data.workspaceEnvironments.add(link);
    }
    await data.keepPreferences({ userId: owner.id, body: { theme: 'dark' }, updatedAt: owner.updatedAt });
  });
}

type Insert = (table: string, row: Readonly<Record<string, unknown>>) => void;

function fillBelow({ dataDir }: UserDataPlace, fillWith: (insert: Insert) => void): void {
  const db = new Database(join(dataDir, 'meshery.db'));
  fillWith((table, row) => {
    const names = Object.keys(row);
    db.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(
      Object.values(row),
    );
  });
  db.close();
}

/** The same people in the columns that the first version had. */
function fillOlder(insert: Insert): void {
  const times = { created_at: owner.createdAt, updated_at: owner.updatedAt };
  const { id, provider, name, email, status } = owner;
  const person = { first_name: owner.firstName, last_name: '', avatar_url: '', roles: JSON.stringify(owner.roles) };
  insert('users', { id, provider, name, email, status, ...person, ...times });
  const { id: organizationId, name: called, description } = organization;
  insert('organizations', { id: organizationId, owner: id, name: called, description, metadata: '{}', ...times });
  insert('organization_members', { organization_id: organizationId, user_id: id, role: 'admin' });
}

/** Everything in the store, in a form that can be compared. */
async function contents(store: UserStore): Promise<unknown> {
  return store.read(async (data) => ({
    users: await data.users.all({}),
    organizations: await data.organizations.all({}),
    memberships: await data.memberships.all({}),
    workspaces: await data.workspaces.all({}),
    environments: await data.environments.all({}),
    links: (await data.workspaceEnvironments.all({})).map(({ environmentId }) => environmentId).sort(),
    preferences: await data.preferences(owner.id),
  }));
}

const file = (name: string): string => join(folder, `${name}-${String(Math.random()).slice(2)}.jsonl`);

test.each(pairs)(
  'what %s held is in %s, taken while a server wrote',
  async (from, to) => {
    const source = await places[from]();
    const running = await open(source);
    await fill(running, 1203);
    const before = await contents(running);
    const path = file('whole');
    await backUpUserData(source, path, systemClock);
    await running.change((data) => data.organizations.remove({ id: organization.id }));
    await running.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const target = await places[to]();
    // User, organization, membership, workspace, preferences, two counters; environments and their links.
    expect(await restoreUserData(target, path)).toBe(7 + 2 * 1203);
    const restored = await open(target);
    expect(await contents(restored)).toEqual(before);
    await restored.close();
  },
  60_000,
);

test.each(Object.entries(places))(
  'a backup of an older version becomes a store of this one on %s',
  async (_name, place) => {
    const [first] = userMigrations;
    const source = await newFolder();
    await (await open(source, first === undefined ? [] : [first])).close();
    fillBelow(source, fillOlder);
    const path = file('older');
    await backUpUserData(source, path, systemClock);
    const target = await place();
    await restoreUserData(target, path);
    const restored = await open(target);
    expect(await contents(restored)).toMatchObject({
      users: [{ ...owner, bio: '', country: {}, region: {}, socials: [], firstLoginTime: null }],
      organizations: [{ ...organization, country: '', region: '', domain: '' }],
      memberships: [{ organizationId: organization.id, userId: owner.id, role: 'admin' }],
    });
    expect(await restored.read((data) => data.setting('none'))).toBeUndefined();
    await restored.close();
  },
);

const registrant = testRegistrant('meshery');
const category = testCategory();
const model = testModel(registrant, category, 'meshery-core');
const definition = testConnectionDefinition(model, 'kubernetes');

function defineKind(store: UserStore): Promise<void> {
  return store.change(async (data) => {
    await data.registrants.insert(registrant);
    await data.categories.insert(category);
    await data.models.insert(model);
    await data.connectionDefinitions.insert(definition);
  });
}

test.each(pairs)('a connection of %s is in %s with the definition that it is linked to', async (from, to) => {
  const source = await places[from]();
  const connection = testConnection(organization, 'c', { definitionId: definition.id });
  const running = await open(source);
  await fill(running);
  await defineKind(running);
  await running.change((data) => data.connections.insert(connection));
  await running.close();
  const path = file('linked');
  await backUpUserData(source, path, systemClock);
  const target = await places[to]();
  await restoreUserData(target, path);
  const restored = await open(target);
  expect(await restored.read((data) => data.connections.all({}))).toEqual([connection]);
  expect(await restored.read((data) => data.connectionDefinitions.all({}))).toEqual([definition]);
  await restored.close();
});

test.each(Object.entries(places))(
  'a connection of a version that had no definitions is on %s without one, until it is linked',
  async (_name, place) => {
    const source = await newFolder();
    const before = userMigrations.findIndex((migration) => migration.name.startsWith('CreateConnectionDefinitions'));
    await (await open(source, userMigrations.slice(0, before))).close();
    const { id, ...times } = { id: randomUUID(), created_at: owner.createdAt, updated_at: owner.updatedAt };
    const own = { id, organization_id: organization.id, owner: owner.id, name: 'c', description: '', ...times };
    const kind = { kind: 'kubernetes', type: 'platform', sub_type: '', status: 'connected', url: '', origin: 'user' };
    fillBelow(source, (insert) => {
      fillOlder(insert);
      insert('connections', { ...own, ...kind, metadata: '{}', styles: '{}' });
    });
    const path = file('unlinked');
    await backUpUserData(source, path, systemClock);
    const target = await place();
    await restoreUserData(target, path);
    const restored = await open(target);
    expect(await restored.read((data) => data.connections.all({}))).toMatchObject([{ id, definitionId: null }]);
    await defineKind(restored);
    await restored.change((data) => data.defineConnections(definition));
    expect(await restored.read((data) => data.connections.find({ id }))).toMatchObject({ definitionId: definition.id });
    await restored.close();
  },
);

describe('a file', () => {
  let path: string;
  let lines: string[];
  beforeAll(async () => {
    const source = await newFolder();
    const store = await open(source);
    await fill(store);
    path = file('source');
    await backUpUserData(source, path, systemClock);
    await store.close();
    lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  });

  const damages: readonly [string, (lines: readonly string[]) => readonly string[]][] = [
    ['that is empty', () => []],
    ['that is something else', () => ['{"format":"other"}', '{}']],
    ['that was cut off', (all) => all.slice(0, -1)],
    ['that lost a row', (all) => all.filter((_, index) => index !== 3)],
    ['with a changed row', (all) => all.map((line) => line.replace('dark', 'lite'))],
    [
      'with a row of another table',
      (all) => [...all.slice(0, -1), '{"table":"sqlite_master","row":{"name":"x"}}', ...all.slice(-1)],
    ],
    [
      'with SQL for a column',
      (all) => [...all.slice(0, -1), '{"table":"users","row":{"id) --":"x"}}', ...all.slice(-1)],
    ],
    ['with a column too many', (all) => all.map((line) => line.replace('"first_name"', '"last_seen"'))],
    [
      'with SQL for a table',
      (all) => [(all[0] ?? '').replace('"users"', '"users; DROP TABLE users"'), ...all.slice(1)],
    ],
    [
      'with JSON for a value',
      (all) => [...all.slice(0, -1), '{"table":"users","row":{"id":{"a":1}}}', ...all.slice(-1)],
    ],
    ['with lines after its end', (all) => [...all, '{"table":"users","row":{"id":"x"}}']],
  ];

  test.each(damages)('%s is refused, and nothing is restored', async (_what, damage) => {
    const damaged = file('damaged');
    await writeFile(
      damaged,
      damage(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
    for (const place of Object.values(places)) {
      const target = await place();
      await expect(restoreUserData(target, damaged)).rejects.toMatchObject({ code: 'meshery-store-1607' });
      const store = await open(target);
      const filled = (await store.tables()).filter(({ count }) => count > 0);
      expect(filled.map(({ name }) => name)).toEqual(['audit_heads', 'event_heads']);
      await store.close();
    }
  });

  test('of a newer version is refused', async () => {
    const newer = file('newer');
    await writeFile(
      newer,
      (await readFile(path, 'utf8')).replace('"migrations":[', '"migrations":["Later1990000000000",'),
    );
    await expect(restoreUserData(await newFolder(), newer)).rejects.toMatchObject({ code: 'meshery-store-1601' });
  });

  test('is restored into nothing but an empty store, which a second one is not', async () => {
    for (const place of Object.values(places)) {
      const target = await place();
      await restoreUserData(target, path);
      await expect(restoreUserData(target, path)).rejects.toMatchObject({ code: 'meshery-store-1608' });
    }
  });

  test('that is there is not replaced, and nothing half is left', async () => {
    const source = await newFolder();
    await (await open(source)).close();
    const before = await readFile(path);
    await expect(backUpUserData(source, path, systemClock)).rejects.toMatchObject({ code: 'meshery-store-1600' });
    expect(before.equals(await readFile(path))).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
