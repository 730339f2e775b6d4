import { userDatabases } from '../testing/user-databases.ts';
import { testConnection, testEnvironment, testOrganization, testUser } from '../testing/user-records.ts';
import type { UserStore } from './user-store.ts';

describe.each(userDatabases())('connections on %s', (_name, open) => {
  let store: UserStore;
  const owner = testUser('owner');
  const organization = testOrganization(owner);
  const {
    organizationId: _unused,
    description: _text,
    metadata: _json,
    ...base
  } = testEnvironment(organization, 'key');
  const credential = { ...base, organizationId: organization.id, type: 'kubernetes', sealed: 's1.1.a.b' };
  const environment = testEnvironment(organization, 'e');
  const connection = testConnection(organization, 'c', { credentialId: credential.id, metadata: { a: [1] } });
  const { id: connectionId } = connection;
  const at = owner.createdAt;
  const line = { connectionId, from: null, to: 'discovered', by: 'system', why: 'Made.', isDone: true, at } as const;

  beforeEach(async () => {
    store = await open();
    await store.change(async (data) => {
      await data.users.insert(owner);
      await data.organizations.insert(organization);
      await data.credentials.insert(credential);
      await data.environments.insert(environment);
      await data.connections.insert(connection);
      await data.connectionHistory.add(line);
      await data.environmentConnections.add({ environmentId: environment.id, connectionId, createdAt: at });
    });
  });

  afterEach(() => store.close());

  const hanging = () =>
    store.read(async (data) => ({
      connections: (await data.connections.all({})).length,
      history: (await data.connectionHistory.all(connectionId)).length,
      links: (await data.environmentConnections.all({})).length,
      credentials: (await data.credentials.all({})).length,
    }));

  test('come back as they were kept', async () => {
    expect(await store.read((data) => data.connections.all({}))).toEqual([connection]);
    expect(await store.read((data) => data.credentials.all({}))).toEqual([credential]);
    expect(await store.read((data) => data.connectionHistory.all(connectionId))).toEqual([{ ...line, position: 1 }]);
  });

  test('go with their history and links, and leave their credential', async () => {
    await store.change((data) => data.connections.remove({ id: connectionId }));
    expect(await hanging()).toEqual({ connections: 0, history: 0, links: 0, credentials: 1 });
  });

  test('outlive their credential and their environment', async () => {
    await store.change((data) => data.credentials.remove({ id: credential.id }));
    await store.change((data) => data.environments.remove({ id: environment.id }));
    expect(await hanging()).toEqual({ connections: 1, history: 1, links: 0, credentials: 0 });
    expect((await store.read((data) => data.connections.find({ id: connectionId })))?.credentialId).toBeNull();
  });

  test('go with their organization', async () => {
    await store.change((data) => data.organizations.remove({ id: organization.id }));
    expect(await hanging()).toEqual({ connections: 0, history: 0, links: 0, credentials: 0 });
  });

  test('are one per context of an organization, and any number without a context', async () => {
    const add = (contextId: string | null) =>
      store.change((data) => data.connections.insert(testConnection(organization, 'x', { contextId })));
    await add(null);
    await add(null);
    await add('ctx');
    await expect(add('ctx')).rejects.toThrow();
    expect(await store.read((data) => data.connections.counts({}, 'status'))).toEqual({ discovered: 4 });
  });

  test('keep what each of many writers changes of them while it holds them', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `w${String(index)}`);
    const write = (key: string): Promise<unknown> =>
      store.change(async (data) => {
        await data.connections.hold(connectionId);
        const found = await data.connections.find({ id: connectionId });
        await data.connections.update(connectionId, { metadata: { ...found?.metadata, [key]: true } });
      });
    await Promise.all(keys.map(write));
    const kept = await store.read((data) => data.connections.find({ id: connectionId }));
    expect(kept?.metadata).toEqual({ a: [1], ...Object.fromEntries(keys.map((key) => [key, true])) });
  });

  test('keep the newest lines of their history, in the order they were written', async () => {
    await store.change(async (data) => {
      for (let index = 0; index < 520; index += 1) {
        await data.connectionHistory.add({ ...line, why: `Line ${String(index)}.`, isDone: index % 2 === 0 });
      }
    });
    const lines = await store.read((data) => data.connectionHistory.all(connectionId));
    expect([lines.length, lines[0]?.position, lines[0]?.why, lines[0]?.isDone]).toEqual([500, 521, 'Line 519.', false]);
  });
});
