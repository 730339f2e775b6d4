import type { PageQuery } from '@meshery/object-model';
import { userDatabases } from '../testing/user-databases.ts';
import { testEnvironment, testOrganization, testUser } from '../testing/user-records.ts';
import type { UserStore } from './user-store.ts';

const first: PageQuery = { page: 0, pageSize: 2, order: { field: 'name', descending: false } };

describe.each(userDatabases())('what users made on %s', (_name, open) => {
  let store: UserStore;
  const owner = testUser('owner');
  const organization = testOrganization(owner);

  beforeEach(async () => {
    store = await open();
    await store.change(async (data) => {
      await data.users.insert(owner);
      await data.organizations.insert(organization);
      await data.memberships.add({ organizationId: organization.id, userId: owner.id, role: 'admin' });
    });
  });

  afterEach(() => store.close());

  test('comes back as it was kept', async () => {
    expect(await store.read((data) => data.users.find({ name: 'owner' }))).toEqual(owner);
    expect(await store.read((data) => data.organizations.all({}))).toEqual([organization]);
    expect(await store.read((data) => data.preferences(owner.id))).toBeUndefined();
    const body = { theme: { dark: true }, __proto__x: [1, null] };
    await store.change((data) => data.keepPreferences({ userId: owner.id, body, updatedAt: owner.updatedAt }));
    await store.change((data) => data.keepPreferences({ userId: owner.id, body, updatedAt: owner.updatedAt }));
    expect(await store.read((data) => data.preferences(owner.id))).toEqual(body);
    expect(await store.read((data) => data.setting('any'))).toBeUndefined();
    for (const setting of [body, { other: 1 }]) {
      await store.change((data) => data.keepSetting({ key: 'any', body: setting, updatedAt: owner.updatedAt }));
      expect(await store.read((data) => data.setting('any'))).toEqual(setting);
    }
    expect((await store.tables()).filter(({ count }) => count > 0)).toEqual([
      { name: 'audit_heads', count: 1 },
      { name: 'event_heads', count: 1 },
      { name: 'organization_members', count: 1 },
      { name: 'organizations', count: 1 },
      { name: 'preferences', count: 1 },
      { name: 'settings', count: 1 },
      { name: 'users', count: 1 },
    ]);
  });

  test('is paged in a stable order, searched as it is written, and counted', async () => {
    const names = ['a%b', 'Alpha', 'alpine', 'beta', 'beta'];
    await store.change(async (data) => {
      for (const name of names) await data.environments.insert(testEnvironment(organization, name));
    });
    const page = (query: Partial<PageQuery>) =>
      store.read((data) => data.environments.page({ organizationId: organization.id }, { ...first, ...query }));
    expect((await page({ search: 'alp' })).items.map(({ name }) => name).sort()).toEqual(['Alpha', 'alpine']);
    expect((await page({ search: '%' })).items.map(({ name }) => name)).toEqual(['a%b']);
    expect((await page({ search: "'; DROP TABLE environments; --" })).totalCount).toBe(0);
    const all = [await page({}), await page({ page: 1 }), await page({ page: 2 })];
    expect(all.map(({ totalCount, items }) => [totalCount, items.length])).toEqual([
      [5, 2],
      [5, 2],
      [5, 1],
    ]);
    expect(new Set(all.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(5);
    await expect(page({ order: { field: 'name;ATTACH DATABASE x', descending: false } })).rejects.toThrow(RangeError);
  });

  test.each([false, true])(
    'goes on by position, whatever comes or goes before it (descending: %s)',
    async (descending) => {
      const insert = (name: string) =>
        store.change((data) => data.environments.insert(testEnvironment(organization, name)));
      for (const name of ['b', 'Beta', 'beta', 'beta', 'beta', 'c\u00fc', "d'\\"]) await insert(name);
      const order = { field: 'name', descending };
      const page = (after?: string) =>
        store.read((data) =>
          data.environments.page({}, { ...first, order, ...(after === undefined ? {} : { after }) }),
        );
      const whole = await store.read((data) => data.environments.page({}, { ...first, order, pageSize: 10 }));
      const read: string[] = [];
      let { items, next, totalCount } = await page();
      for (;;) {
        read.push(...items.map(({ id }) => id));
        await insert(descending ? 'z' : 'a');
        if (next === undefined) break;
        ({ items, next, totalCount } = await page(next));
      }
      expect([read, totalCount, whole.next]).toEqual([whole.items.map(({ id }) => id), 10, undefined]);
      for (const wrong of ['', 'x', Buffer.from('["updatedAt",true,"a","b"]').toString('base64url')])
        await expect(page(wrong)).rejects.toMatchObject({ code: 'meshery-core-1001' });
    },
  );

  test('a change is kept whole or not at all, and a reader never sees half of it', async () => {
    const environment = testEnvironment(organization, 'half');
    const seen: number[] = [];
    const failed = store.change(async (data) => {
      await data.environments.insert(environment);
      await data.workspaces.insert({ ...testEnvironment(organization, 'w'), organizationId: 'nowhere' });
    });
    const read = store
      .read((data) => data.environments.page({}, first))
      .then(({ totalCount }) => seen.push(totalCount));
    await expect(failed).rejects.toThrow();
    await read;
    expect(seen).toEqual([0]);
    expect((await store.read((data) => data.environments.page({}, first))).totalCount).toBe(0);
  });

  test('an issuer and a subject stand for one account, and go with it', async () => {
    const times = { createdAt: owner.createdAt };
    const link = { issuer: 'https://idp.example', subject: '1', userId: owner.id, groupNames: ['a', 'ö'], ...times };
    const other = testUser('other');
    await store.change(async (data) => {
      await data.users.insert(other);
      await data.federatedIdentities.add(link);
      await data.federatedIdentities.add({ ...link, issuer: 'https://other.example', userId: other.id });
      await data.federatedIdentities.add({ ...link, userId: other.id });
    });
    const { issuer, subject } = link;
    expect(await store.read((data) => data.federatedIdentities.all({ issuer, subject }))).toEqual([link]);
    expect(await store.tables()).toContainEqual({ name: 'federated_identities', count: 2 });
    await store.change((data) => data.users.remove({ id: other.id }));
    expect(await store.read((data) => data.federatedIdentities.all({}))).toEqual([link]);
  });

  test('a session that was ended stays so until it is forgotten for its age or its number', async () => {
    const ended = (tokenHash: string, month: number) => ({
      ...{ provider: 'p', tokenHash, endedAt: `2025-0${String(month)}-01T00:00:00.000Z` },
    });
    await store.change(async (data) => {
      await data.endedSessions.add([ended('a', 1), ended('b', 2), ended('c', 3)]);
      await data.endedSessions.add([ended('a', 4), { ...ended('d', 4), provider: 'q' }]);
    });
    const known = async () => {
      const asked = ['a', 'b', 'c', 'd'].map((tokenHash) =>
        store.read((data) => data.endedSessions.has({ provider: 'p', tokenHash })),
      );
      return Promise.all(asked);
    };
    const prune = (before: string, keep: number, limit = 10) =>
      store.change((data) => data.endedSessions.prune({ before, keep, limit }));
    expect(await known()).toEqual([true, true, true, false]);
    expect(await prune('2025-01-15', 10)).toBe(1);
    expect(await known()).toEqual([false, true, true, false]);
    expect(await prune('2025-01-15', 10)).toBe(0);
    expect(await prune('2025-01-15', 2)).toBe(1);
    expect(await known()).toEqual([false, false, true, false]);
    expect(await prune('2026-01-01', 10, 1)).toBe(1);
    expect((await store.tables()).find(({ name }) => name === 'ended_sessions')).toEqual({
      ...{ name: 'ended_sessions', count: 1 },
    });
  });

  test('what hangs on an organization goes with it, and links go with either end', async () => {
    const environment = testEnvironment(organization, 'e');
    const workspace = testEnvironment(organization, 'w');
    const link = { workspaceId: workspace.id, environmentId: environment.id };
    await store.change(async (data) => {
      await data.environments.insert(environment);
      await data.workspaces.insert(workspace);
      await data.workspaceEnvironments.add({ ...link, createdAt: owner.createdAt });
      await data.workspaceEnvironments.add({ ...link, createdAt: owner.createdAt });
    });
    const linked = (isLinked: boolean) =>
      store.read(async (data) => {
        const filter = { table: 'workspace_environments', own: 'environment_id', other: 'workspace_id' };
        return (await data.environments.page({}, first, { links: [{ ...filter, id: workspace.id, isLinked }] }))
          .totalCount;
      });
    expect([await linked(true), await linked(false)]).toEqual([1, 0]);
    expect(await store.change((data) => data.environments.remove({ id: environment.id }))).toBe(1);
    expect(await store.read((data) => data.workspaceEnvironments.all({}))).toEqual([]);
    await store.change((data) => data.organizations.remove({ id: organization.id }));
    expect(await store.read((data) => data.workspaces.all({}))).toEqual([]);
    expect(await store.read((data) => data.memberships.all({}))).toEqual([]);
    expect(await store.change((data) => data.workspaces.update(workspace.id, { name: 'gone' }))).toBe(false);
  });
});
