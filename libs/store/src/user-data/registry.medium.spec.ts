import { userDatabases } from '../testing/user-databases.ts';
import {
  testCategory,
  testComponent,
  testConnectionDefinition,
  testModel,
  testPolicy,
  testRegistrant,
  testRelationship,
} from '../testing/registry-records.ts';
import { testConnection, testOrganization, testUser } from '../testing/user-records.ts';
import type { UserStore } from './user-store.ts';

const registrant = testRegistrant('cluster');
const category = testCategory();
const model = testModel(registrant, category, 'postgres');
const component = testComponent(model, 'Cluster');
const relationship = testRelationship(model);
const policy = testPolicy(model);
const definition = testConnectionDefinition(model, 'kubernetes');

async function fill(store: UserStore): Promise<void> {
  await store.change(async (data) => {
    await data.registrants.insert(registrant);
    await data.categories.insert(category);
    await data.models.insert(model);
    await data.components.insert(component);
    await data.componentSchemas.insert({ id: component.id, body: '{}' });
    await data.relationships.insert(relationship);
    await data.policies.insert(policy);
    await data.connectionDefinitions.insert(definition);
  });
}

const registered = [
  ...['categories', 'component_schemas', 'components', 'connection_definitions', 'models', 'policies', 'registrants'],
  'relationships',
];
async function left(store: UserStore): Promise<readonly string[]> {
  const tables = await store.tables();
  return tables.filter(({ name, count }) => registered.includes(name) && count > 0).map(({ name }) => name);
}

describe.each(userDatabases())('the registry on %s', (_name, open) => {
  let store: UserStore;
  beforeEach(async () => {
    store = await open();
    await fill(store);
  });
  afterEach(() => store.close());

  test('comes back as it was kept', async () => {
    expect(await store.read((data) => data.registrants.all({}))).toEqual([registrant]);
    expect(await store.read((data) => data.categories.all({}))).toEqual([category]);
    expect(await store.read((data) => data.models.find({ name: 'postgres' }))).toEqual(model);
    expect(await store.read((data) => data.components.find({ kind: 'Cluster' }))).toEqual(component);
    expect(await store.read((data) => data.relationships.all({ type: 'binding' }))).toEqual([relationship]);
    expect(await store.read((data) => data.policies.all({}))).toEqual([policy]);
    expect(await store.read((data) => data.connectionDefinitions.all({}))).toEqual([definition]);
  });

  test.each([
    ['a component takes its schema with it', 'components', component.id, ['component_schemas', 'components']],
    [
      'a model takes what is in it with it',
      'models',
      model.id,
      ['component_schemas', 'components', 'connection_definitions', 'models', 'policies', 'relationships'],
    ],
    ['a registrant takes all that it brought with it', 'registrants', registrant.id, undefined],
  ] as const)('%s', async (_what, table, id, gone) => {
    const before = await left(store);
    expect(before).toHaveLength(8);
    expect(await store.change((data) => data[table].remove({ id }))).toBe(1);
    const kept =
      gone === undefined ? ['categories'] : before.filter((name) => !(gone as readonly string[]).includes(name));
    expect(await left(store)).toEqual(kept);
  });

  test('a kind that connections have stays, and its model with it; connections of before are linked to it', async () => {
    const owner = testUser('owner');
    const organization = testOrganization(owner);
    const [older, other] = ['kubernetes', 'other'].map((kind) => testConnection(organization, kind, { kind }));
    if (older === undefined || other === undefined) throw new Error('there are two');
    await store.change(async (data) => {
      await data.users.insert(owner);
      await data.organizations.insert(organization);
      for (const connection of [older, other]) await data.connections.insert(connection);
      await data.defineConnections(definition);
    });
    const linked = () => store.read((data) => data.connections.counts({}, 'definitionId'));
    expect(await linked()).toEqual({ [definition.id]: 1, null: 1 });
    for (const table of ['connectionDefinitions', 'models', 'registrants'] as const) {
      await expect(store.change((data) => data[table].remove({}))).rejects.toThrow(/constraint/i);
    }
    expect(await left(store)).toHaveLength(8);
    await store.change((data) => data.connections.remove({ id: older.id }));
    expect(await store.change((data) => data.connectionDefinitions.remove({ id: definition.id }))).toBe(1);
  });

  test('a category that models are in stays', async () => {
    await expect(store.change((data) => data.categories.remove({ id: category.id }))).rejects.toThrow();
    expect(await left(store)).toContain('categories');
  });

  test.each([
    [
      'a model without its registrant',
      (id: string) => store.change((data) => data.models.insert({ ...model, id, name: 'x', registrantId: id })),
    ],
    [
      'a model without its category',
      (id: string) => store.change((data) => data.models.insert({ ...model, id, name: 'x', categoryId: id })),
    ],
    [
      'a component without its model',
      (id: string) => store.change((data) => data.components.insert({ ...component, id, modelId: id })),
    ],
    [
      'a relationship without its model',
      (id: string) => store.change((data) => data.relationships.insert({ ...relationship, id, modelId: id })),
    ],
    [
      'a policy without its model',
      (id: string) => store.change((data) => data.policies.insert({ ...policy, id, modelId: id })),
    ],
    [
      'a schema without its component',
      (id: string) => store.change((data) => data.componentSchemas.insert({ id, body: '' })),
    ],
    [
      'a kind of connection without its model',
      (id: string) =>
        store.change((data) => data.connectionDefinitions.insert({ ...definition, id, kind: 'x', modelId: id })),
    ],
    [
      'a kind of connection a second time',
      (id: string) => store.change((data) => data.connectionDefinitions.insert({ ...definition, id })),
    ],
    ['the same component twice', (id: string) => store.change((data) => data.components.insert({ ...component, id }))],
    ['the same model twice', (id: string) => store.change((data) => data.models.insert({ ...model, id }))],
  ])('%s is refused', async (_what, insert) => {
    const before = await store.tables();
    await expect(insert('00000000-0000-4000-8000-0000000000ff')).rejects.toThrow(/constraint/i);
    expect(await store.tables()).toEqual(before);
  });
});
