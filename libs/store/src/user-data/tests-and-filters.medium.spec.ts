import { designDraft, filterDraft, performanceProfileDraft, scheduleDraft, unusedDesign } from '@meshery/object-model';
import { userDatabases } from '../testing/user-databases.ts';
import { testEnvironment, testOrganization, testUser } from '../testing/user-records.ts';
import type { UserStore } from './user-store.ts';

const user = testUser('una');
const boss = testUser('bob');
const organization = testOrganization(boss);
const record = (name: string) => {
  const { metadata: _metadata, description: _description, ...fields } = testEnvironment(organization, name);
  return fields;
};
const ofUser = (name: string) => {
  const { organizationId: _organizationId, ...fields } = record(name);
  return { ...fields, owner: user.id };
};

const published = { catalogData: { class: 'official' }, location: { path: '/d' }, designType: 'Helm Chart' };
const design = {
  ...record('d'),
  ...designDraft.parse({ name: 'd', organizationId: organization.id, sourceContent: 'AGFzbQ==', ...published }),
  ...{ ...unusedDesign, cloneCount: 3 },
};
const schedule = {
  ...ofUser('s'),
  ...scheduleDraft.parse({ name: 's', cronExpression: '0 3 * * 1' }),
  ...{ lastRun: null, nextRun: '2026-01-05T03:00:00.000Z' },
};
const given = { name: 'p', schedule: schedule.id, endpoints: ['https://a.example'], duration: '30s', qps: 7 };
const profile = { ...ofUser('p'), ...performanceProfileDraft.parse(given) };
const found = { runnerResults: { p99: 0.5 }, serverMetrics: {}, serverBoardConfig: {} };
const run = { mesh: '', testId: 't', testStartTime: '2026-01-05T03:00:00.000Z', performanceProfile: profile.id };
const result = { ...ofUser('r'), ...run, ...found };
const module = {
  name: 'f',
  organizationId: organization.id,
  filterFile: 'AGFzbQ==',
  catalogData: { class: 'community' },
};
const filter = { ...record('f'), ...filterDraft.parse(module) };
const deployed = { ...ofUser('x'), designId: design.id, namespace: 'shop', type: 'Pod', oamType: '', deleted: true };

const tables = ['schedules', 'performanceProfiles', 'performanceResults', 'filters', 'patternResources'] as const;

describe.each(userDatabases())('load tests, filters and deployments on %s', (_name, open) => {
  let store: UserStore;
  beforeEach(async () => {
    store = await open();
    await store.change(async (data) => {
      await data.users.insert(user);
      await data.users.insert(boss);
      await data.organizations.insert(organization);
      await data.designs.insert(design);
      await data.schedules.insert(schedule);
      await data.performanceProfiles.insert(profile);
      await data.performanceResults.insert(result);
      await data.filters.insert(filter);
      await data.patternResources.insert(deployed);
    });
  });
  afterEach(() => store.close());

  const left = async (): Promise<readonly string[]> => {
    const counts = await Promise.all(
      tables.map(async (table) => [table, (await store.read<object[]>((data) => data[table].all({}))).length] as const),
    );
    return counts.flatMap(([table, count]) => (count > 0 ? [table] : []));
  };

  test('come back as they were kept', async () => {
    expect(await store.read((data) => data.designs.all({}))).toEqual([design]);
    expect(await store.read((data) => data.schedules.all({}))).toEqual([schedule]);
    expect(await store.read((data) => data.performanceProfiles.all({}))).toEqual([profile]);
    expect(await store.read((data) => data.performanceResults.all({}))).toEqual([result]);
    expect(await store.read((data) => data.filters.all({}))).toEqual([filter]);
    expect(await store.read((data) => data.patternResources.all({}))).toEqual([deployed]);
  });

  test.each([
    ['a user takes tests and deployments along', 'users', user.id, ['filters']],
    [
      'an organization takes filters, and designs with what they made',
      'organizations',
      organization.id,
      tables.slice(0, 3),
    ],
    ['a design takes what it made along', 'designs', design.id, tables.slice(0, 4)],
    [
      'a profile takes its results along',
      'performanceProfiles',
      profile.id,
      ['schedules', 'filters', 'patternResources'],
    ],
  ] as const)('%s', async (_what, table, id, kept) => {
    expect(await left()).toEqual(tables);
    expect(await store.change((data) => data[table].remove({ id }))).toBe(1);
    expect(await left()).toEqual(kept);
  });

  test('a profile outlives its schedule and is run by none', async () => {
    await store.change((data) => data.schedules.remove({ id: schedule.id }));
    expect(await store.read((data) => data.performanceProfiles.all({}))).toEqual([{ ...profile, schedule: null }]);
  });

  test.each([
    ['a result without its profile', 'performanceResults', { ...result, performanceProfile: user.id }],
    ['a profile whose schedule is none', 'performanceProfiles', { ...profile, schedule: user.id }],
    ['a deployment of no design', 'patternResources', { ...deployed, designId: user.id }],
    ['a schedule of nobody', 'schedules', { ...schedule, owner: design.id }],
    ['a filter of no organization', 'filters', { ...filter, organizationId: user.id }],
  ] as const)('%s is refused', async (_what, table, row) => {
    const id = '00000000-0000-4000-8000-0000000000ff';
    const insert = store.change((data) => (data[table].insert as (row: object) => Promise<void>)({ ...row, id }));
    await expect(insert).rejects.toThrow(/constraint/i);
  });
});
