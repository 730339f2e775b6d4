import { randomUUID } from 'node:crypto';
import { userDatabases } from '../testing/user-databases.ts';
import { testEnvironment, testOrganization, testUser } from '../testing/user-records.ts';
import type { UserStore } from './user-store.ts';

describe.each(userDatabases())('keychains on %s', (_name, open) => {
  let store: UserStore;
  const owner = testUser('owner');
  const organization = testOrganization(owner);
  const { metadata: _metadata, ...keychain } = testEnvironment(organization, 'operators');
  const place = { organizationId: organization.id, role: 'editor' };
  const { createdAt } = keychain;
  const key = { keychainId: keychain.id, keyId: randomUUID(), place: 1, createdAt };
  const role = { ...keychain, id: randomUUID(), name: 'auditors' };
  const link = { ...place, keychainId: keychain.id, createdAt };

  beforeEach(async () => {
    store = await open();
    await store.change(async (data) => {
      await data.users.insert(owner);
      await data.organizations.insert(organization);
      await data.keychains.insert(keychain);
      await data.roles.insert(role);
      await data.keychainKeys.add(key);
      await data.organizationRoles.add({ ...place, hasBuiltIn: true });
      await data.roleKeychains.add(link);
    });
  });

  afterEach(() => store.close());

  const left = (): Promise<readonly number[]> =>
    store.read(async (data) => [
      (await data.keychains.all({})).length,
      (await data.keychainKeys.all({})).length,
      (await data.organizationRoles.all({})).length,
      (await data.roleKeychains.all({})).length,
      (await data.roles.all({})).length,
    ]);

  test('come back as they were kept', async () => {
    await store.change((data) => data.organizationRoles.update(place, { hasBuiltIn: false }));
    expect(await store.read((data) => data.keychains.all({}))).toEqual([keychain]);
    expect(await store.read((data) => data.keychainKeys.all({}))).toEqual([key]);
    expect(await store.read((data) => data.organizationRoles.all({}))).toEqual([{ ...place, hasBuiltIn: false }]);
    expect(await store.read((data) => data.roleKeychains.all({}))).toEqual([link]);
    expect(await store.read((data) => data.roles.all({}))).toEqual([role]);
  });

  test('go with their organization, with their keys and roles', async () => {
    await store.change((data) => data.organizations.remove({ id: organization.id }));
    expect(await left()).toEqual([0, 0, 0, 0, 0]);
  });

  test('leave their roles when they are removed, with their keys', async () => {
    await store.change((data) => data.keychains.remove({ id: keychain.id }));
    expect(await left()).toEqual([0, 0, 1, 0, 1]);
  });

  test('stay when a role is as it was at first, or a key is taken', async () => {
    await store.change((data) => data.organizationRoles.remove(place));
    expect(await left()).toEqual([1, 1, 0, 0, 1]);
    await store.change((data) => data.keychainKeys.remove({ keychainId: keychain.id, keyId: key.keyId }));
    expect(await left()).toEqual([1, 0, 0, 0, 1]);
  });

  test('are of roles whose names are unique in their organization', async () => {
    const second = testOrganization(owner);
    await store.change((data) => data.organizations.insert(second));
    await store.change((data) => data.roles.insert({ ...role, id: randomUUID(), organizationId: second.id }));
    await expect(store.change((data) => data.roles.insert({ ...role, id: randomUUID() }))).rejects.toThrow();
  });

  test('are given to roles of known organizations only', async () => {
    const unknown = { ...link, organizationId: randomUUID() };
    await expect(store.change((data) => data.keychainKeys.add({ ...key, keychainId: randomUUID() }))).rejects.toThrow();
    await expect(store.change((data) => data.roleKeychains.add(unknown))).rejects.toThrow();
  });
});
