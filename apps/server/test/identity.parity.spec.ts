import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Preferences, permission keys and forms, for their user, colleagues with lesser roles, and strangers. */

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(() => server.stop());

const nowhere = '00000000-0000-4000-8000-0000000000ff';

describe('/api/user/prefs', () => {
  const path = '/api/user/prefs';

  test('GET answers what nobody has changed yet: nothing is reported', async () => {
    const { status, body } = await stranger.get(path);
    expect([status, body]).toEqual([
      200,
      {
        anonymousUsageStats: false,
        anonymous_usage_stats: false,
        anonymousPerfResults: false,
        anonymous_perf_results: false,
      },
    ]);
  });

  test('POST merges what is given in either spelling, and GET shows both', async () => {
    const loadTestPrefs = { c: 2, qps: 0, t: '1m30s', gen: 'fortio' };
    expect((await owner.post(path, { loadTestPrefs, dashboardPreferences: { a: { x: 1 } } })).status).toBe(200);
    const change = { selected_organization_id: owner.organizationId, dashboard_preferences: { a: { y: [2] } } };
    const merged = await owner.post(path, { ...change, loadTestPrefs: { c: 3 }, themeOfMine: 'dark' });
    expect(merged.body).toMatchObject({
      loadTestPrefs: { ...loadTestPrefs, c: 3 },
      load_test_prefs: { ...loadTestPrefs, c: 3 },
      dashboardPreferences: { a: { x: 1, y: [2] } },
      selectedOrganizationId: owner.organizationId,
      selected_organization_id: owner.organizationId,
      themeOfMine: 'dark',
    });
    expect(Date.parse(merged.body.updated_at)).toBeGreaterThan(Date.now() - 60_000);
    expect((await owner.get(path)).body).toEqual(merged.body);
    const removed = await owner.post(path, { dashboardPreferences: null });
    expect(removed.body.dashboardPreferences).toBeUndefined();
  });

  test('a viewer has preferences that nobody else sees', async () => {
    expect((await viewer.post(path, { themeOfMine: 'light' })).status).toBe(200);
    expect((await stranger.get(path)).body.themeOfMine).toBeUndefined();
    expect((await owner.get(path)).body.themeOfMine).not.toBe('light');
  });

  test.each([
    ['fewer than no requests', { loadTestPrefs: { qps: -1 } }, 'loadTestPrefs.qps'],
    ['fewer than no connections', { load_test_prefs: { c: -1 } }, 'loadTestPrefs.c'],
    ['a time without unit', { loadTestPrefs: { t: '30' } }, 'loadTestPrefs.t'],
    ['a generator that nobody knows', { loadTestPrefs: { gen: 'ab' } }, 'loadTestPrefs.gen'],
    ['a switch that is a word', { anonymousUsageStats: 'yes' }, 'anonymousUsageStats'],
    ['a secret in the open', { grafana: { grafana_api_key: 'canary-7f' } }, 'grafana'],
    ['a list', [1], ''],
  ])('POST refuses %s', async (_what, change, field) => {
    const before = (await viewer.get(path)).body;
    const { status, body } = await viewer.post(path, change);
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    expect(body.error).toContain(field);
    expect(JSON.stringify(body)).not.toContain('canary-7f');
    expect((await viewer.get(path)).body).toEqual(before);
  });

  test('POST refuses what would make them too large', async () => {
    for (let part = 0; part < 2; part += 1) {
      const { status, body } = await viewer.post(path, { [`part${String(part)}`]: 'x'.repeat(200_000) });
      expect([status, body.code]).toEqual(part === 0 ? [200, undefined] : [413, 'meshery-core-1006']);
    }
    expect((await viewer.get(path)).body.part1).toBeUndefined();
    await viewer.post(path, { part0: null });
  });
});

describe('/api/user/prefs/perf', () => {
  const path = '/api/user/prefs/perf';
  const draft = { name: 'smoke', duration: '30s', clients: [{ load_generator: 'fortio', rps: 5 }], labels: { a: 'b' } };

  test('POST keeps a test that GET shows by its id and in the list', async () => {
    const kept = await owner.post(path, draft);
    expect(kept.body).toMatchObject({ ...draft, id: expect.any(String), created_at: expect.any(String) });
    expect((await owner.get(`${path}?uuid=${kept.body.id}`)).body).toEqual(kept.body);
    const { body } = await owner.get(`${path}?page=0&pagesize=10&search=SMO&order=updated_at%20desc`);
    expect(body).toMatchObject({
      page: 0,
      page_size: 10,
      total_count: 1,
      test_configs: [{ id: kept.body.id, ...draft }],
    });
  });

  test('POST with an id replaces that test', async () => {
    const { id } = (await owner.post(path, { ...draft, name: 'first' })).body;
    expect((await owner.post(path, { id, name: 'second' })).body).toMatchObject({ id, name: 'second' });
    const { body } = await owner.get(`${path}?uuid=${id}`);
    expect([body.name, body.clients]).toEqual(['second', undefined]);
    expect((await owner.post(path, { ...draft, id: nowhere })).status).toBe(404);
  });

  test('DELETE removes it', async () => {
    const { id } = (await owner.post(path, draft)).body;
    expect((await owner.delete(`${path}?uuid=${id}`)).status).toBe(204);
    expect((await owner.get(`${path}?uuid=${id}`)).status).toBe(404);
    expect((await owner.delete(`${path}?uuid=${id}`)).body).toMatchObject({ code: 'meshery-core-1002' });
  });

  test('the tests of somebody else do not exist', async () => {
    const { id } = (await owner.post(path, draft)).body;
    const answers = [
      await viewer.get(`${path}?uuid=${id}`),
      await viewer.delete(`${path}?uuid=${id}`),
      await viewer.post(path, { ...draft, id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await viewer.get(path)).body.total_count).toBe(0);
  });

  test.each(['uuid=x', 'page=-1', 'order=config', 'uuid=%00'])('GET ?%s is refused', async (query) => {
    expect((await owner.get(`${path}?${query}`)).body).toMatchObject({ code: 'meshery-core-1001' });
  });

  test('DELETE without an id, and POST without a name, are refused', async () => {
    expect((await owner.delete(path)).status).toBe(400);
    expect((await owner.post(path, { duration: '1s' })).status).toBe(400);
  });
});

describe('GET /api/identity/orgs/{orgID}/users/keys', () => {
  const keysOf = async (who: Caller, query = ''): Promise<string[]> => {
    const { status, body } = await who.get(`/api/identity/orgs/${who.organizationId}/users/keys${query}`);
    expect(status).toBe(200);
    return body.keys.map((key: { function: string }) => key.function);
  };

  test('answers what the role in the organization allows', async () => {
    const all = await keysOf(owner);
    const seen = await keysOf(viewer);
    expect(all).toEqual(expect.arrayContaining(['View environment', 'Create environment', 'Add user']));
    expect(seen).toContain('View environment');
    expect(seen.filter((key) => /^(Create|Delete environment|Add|Reset)/.test(key))).toEqual([]);
    expect(await keysOf(owner, '?pagesize=2&page=1&order=function')).toHaveLength(2);
    expect(await keysOf(owner, '?search=reset')).toEqual(['Reset database']);
  });

  test('every key has an id of its own that stays', async () => {
    const { body } = await owner.get(`/api/identity/orgs/${owner.organizationId}/users/keys`);
    expect(new Set(body.keys.map(({ id }: { id: string }) => id)).size).toBe(body.total_count);
    const reset = body.keys.find((key: { function: string }) => key.function === 'Reset database');
    expect(reset.id).toBe('000fb9f6-9e7e-885b-8dd3-e5115057ae8e');
  });

  test('for an organization that the user is not in there are none', async () => {
    expect((await stranger.get(`/api/identity/orgs/${owner.organizationId}/users/keys`)).status).toBe(404);
    expect((await owner.get('/api/identity/orgs/x/users/keys')).status).toBe(400);
  });
});

describe('GET /api/schema/resource/{resourceName}', () => {
  test.each([
    'application',
    'design',
    'filter',
    'environment',
    'workspace',
    'model',
    'generate',
    'publish',
    'helmRepo',
    'prometheus',
    'grafana',
    'kubernetes',
    'helpAndSupport',
  ])('answers the form %s', async (name) => {
    const { status, body } = await viewer.get(`/api/schema/resource/${name}`);
    expect(status).toBe(200);
    const { properties, required, title } = body.rjsfSchema;
    expect([typeof title, Object.keys(properties)]).toEqual(['string', expect.arrayContaining(required)]);
    expect(body.uiSchema['ui:order']).toEqual(Object.keys(properties));
  });

  test('offers the organizations of the user by their names', async () => {
    const { body } = await stranger.get('/api/schema/resource/workspace');
    expect(body.rjsfSchema.properties.organization).toMatchObject({
      enum: [stranger.organizationId],
      enumNames: ["otto's"],
    });
  });

  test.each(['nothing', '__proto__', '..%2fworkspace'])('there is no form %s', async (name) => {
    expect((await owner.get(`/api/schema/resource/${name}`)).status).toBe(404);
  });
});
