import { waitUntil } from '@meshery/testing';
import { builtInKeychains, organizationRoles, permissionKeys } from '../src/access/permissions/permission-keys.ts';
import { LocalSessions } from '../src/sessions/local-sessions.ts';
import { Caller } from './caller.ts';
import { followGraphql } from './graphql-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Keychains and the roles that have them: what they allow holds for REST, GraphQL, programs and streams. */

const path = '/api/auth/keychains';
const roleId = (name: string): string => organizationRoles.find(({ roleName }) => roleName === name)?.id ?? '';
const builtIn = (name: string): string => builtInKeychains.find(({ role }) => role === name)?.id ?? '';
const key = (name: string): string => permissionKeys.find((one) => one.function === name)?.id ?? '';
const withoutKeys = (...names: string[]): string[] =>
  permissionKeys.filter((one) => !names.includes(one.function)).map(({ id }) => id);

let server: TestServer;
let owner: Caller;
let admin: Caller;
let editor: Caller;
let viewer: Caller;
let stranger: Caller;
let environment: { readonly name: string; readonly organizationId: string };
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '50' } });
  owner = Caller.owner(server);
  admin = await Caller.signUp(server, 'ada', 'admin');
  editor = await Caller.signUp(server, 'edda', 'editor');
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
  environment = { name: 'e', organizationId: owner.organizationId };
}, 60_000);
afterAll(() => server.stop());

/** What was changed in the first organization is as it was, also for sessions. */
afterEach(async () => {
  await server.userData.change(async (data) => {
    await data.organizationRoles.remove({ organizationId: owner.organizationId });
    await data.keychains.remove({ organizationId: owner.organizationId });
  });
  server.service.app.get(LocalSessions).forget();
});

const keychainsOf = (role: string, organizationId = owner.organizationId): string =>
  `/api/identity/orgs/${organizationId}/roles/${roleId(role)}/keychains`;

async function make(name: string, keyIds: readonly string[] = []): Promise<string> {
  const { status, body } = await owner.post(path, { name, keyIds });
  expect(status).toBe(201);
  return body.id;
}

/** Gives a role these keys and no others. */
async function restrict(role: string, keyIds: readonly string[]): Promise<string> {
  const id = await make(`of ${role}`, keyIds);
  expect((await owner.post(`${keychainsOf(role)}/${id}`)).status).toBe(200);
  expect((await owner.delete(`${keychainsOf(role)}/${builtIn(role)}`)).status).toBe(204);
  return id;
}

describe(path, () => {
  test('every organization has the built-in ones, which express what the roles may', async () => {
    const { body } = await viewer.get(path);
    expect(body).toMatchObject({ total_count: 3, page: 0 });
    expect(body.keychains.map(({ name }: { name: string }) => name)).toEqual(['Viewer', 'Editor', 'Administrator']);
    for (const role of ['viewer', 'editor', 'admin']) {
      const ofRole = await viewer.get(keychainsOf(role));
      expect(ofRole.body.keychains).toMatchObject([{ id: builtIn(role), organization_id: null }]);
      const { keys } = (await viewer.get(`${path}/${builtIn(role)}/keys`)).body;
      const held = { viewer, editor, admin }[role]?.get(`/api/identity/orgs/${owner.organizationId}/users/keys`);
      expect(keys).toEqual((await held)?.body.keys);
    }
    const all = (await viewer.get('/api/auth/keys')).body;
    expect(all.total_count).toBe(permissionKeys.length);
    const stamps = { createdAt: expect.any(String) as string, updated_at: expect.any(String) as string };
    const [role] = (await viewer.get(`/api/identity/orgs/${viewer.organizationId}/roles`)).body.roles as object[];
    const [keychain] = (await viewer.get(path)).body.keychains as object[];
    for (const one of [(all.keys as object[])[0], role, keychain])
      expect(one).toMatchObject({ owner: owner.id, ...stamps });
  });

  test('POST, GET, PUT and DELETE keep, show, change and remove one', async () => {
    const made = await owner.post(path, { name: 'Operators', description: 'Who run it.' });
    expect(made.body).toMatchObject({ name: 'Operators', owner: owner.id, organizationId: owner.organizationId });
    expect((await viewer.get(`${path}/${made.body.id}`)).body).toEqual(made.body);
    expect((await owner.put(`${path}/${made.body.id}`, { name: 'Runners' })).body.name).toBe('Runners');
    expect((await viewer.get(`${path}?search=runn`)).body.keychains).toMatchObject([{ id: made.body.id }]);
    expect((await owner.delete(`${path}/${made.body.id}`)).status).toBe(204);
    expect((await viewer.get(`${path}/${made.body.id}`)).status).toBe(404);
  });

  test('keys keep the order in which they were added', async () => {
    const names = ['View server', 'Create environment', 'View adapters'];
    const id = await make('ordered', names.slice(0, 2).map(key));
    expect((await owner.post(`${path}/${id}/${key('View adapters')}`)).status).toBe(204);
    expect((await owner.post(`${path}/${id}/${key('View server')}`)).status).toBe(204);
    const listed = async (): Promise<string[]> =>
      (await owner.get(`${path}/${id}/keys`)).body.keys.map((one: { function: string }) => one.function);
    expect(await listed()).toEqual(names);
    expect((await owner.delete(`${path}/${id}/${key('Create environment')}`)).status).toBe(204);
    expect((await owner.delete(`${path}/${id}/${key('Create environment')}`)).status).toBe(404);
    expect(await listed()).toEqual(['View server', 'View adapters']);
  });

  test.each([
    ['no name', {}, 400],
    ['a key that nobody knows', { name: 'n', keyIds: ['00000000-0000-4000-8000-0000000000ff'] }, 404],
    ['a key that is none', { name: 'n', keyIds: ['x'] }, 400],
  ])('POST refuses %s and keeps nothing', async (_what, draft, status) => {
    expect((await owner.post(path, draft)).status).toBe(status);
    expect((await owner.get(path)).body.total_count).toBe(3);
  });

  test('a built-in one stays as it is, with its own role', async () => {
    const id = builtIn('editor');
    const answers = [
      await owner.put(`${path}/${id}`, { name: 'x' }),
      await owner.delete(`${path}/${id}`),
      await owner.post(`${path}/${id}/${key('Reset database')}`),
      await owner.delete(`${path}/${id}/${key('View server')}`),
      await owner.post(`${keychainsOf('viewer')}/${id}`),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [409, 'meshery-core-1007']),
    );
  });

  test('lists nothing of another organization, and changes nothing of it', async () => {
    const id = await make('ours');
    const { body } = await stranger.get(path);
    expect(body.total_count).toBe(3);
    const answers = [
      await stranger.get(`${path}/${id}`),
      await stranger.get(`${path}/${id}/keys`),
      await stranger.put(`${path}/${id}`, { name: 'x' }),
      await stranger.delete(`${path}/${id}`),
      await stranger.post(`${path}/${id}/${key('View server')}`),
      await stranger.post(`${keychainsOf('viewer')}/${id}`),
      await stranger.post(`${keychainsOf('viewer', stranger.organizationId)}/${id}`),
      await stranger.get(`/api/identity/orgs/${owner.organizationId}/roles`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  });
});

describe('the keychains of a role', () => {
  test('allow what they have, from the next request on, and nothing else', async () => {
    expect((await editor.post('/api/environments', environment)).status).toBe(201);
    const id = await restrict('editor', withoutKeys('Create environment', 'Connect cluster'));
    const refused = await editor.post('/api/environments', environment);
    expect([refused.status, refused.body.code]).toEqual([403, 'meshery-auth-1202']);
    expect(refused.body.error).toContain('Create environment');
    expect((await editor.post('/api/workspaces', environment)).status).toBe(201);
    expect((await owner.post(`${path}/${id}/${key('Create environment')}`)).status).toBe(204);
    expect((await editor.post('/api/environments', environment)).status).toBe(201);
    expect((await owner.delete(`${keychainsOf('editor')}/${id}`)).status).toBe(204);
    expect((await editor.get('/api/environments')).status).toBe(403);
    expect((await editor.get('/api/user')).status).toBe(200);
    expect((await editor.get(`/api/identity/orgs/${owner.organizationId}/users/keys`)).body.total_count).toBe(0);
    expect((await owner.post(`${keychainsOf('editor')}/${builtIn('editor')}`)).status).toBe(200);
    expect((await editor.get('/api/environments')).status).toBe(200);
  });

  test('are united: a viewer with one more may do more', async () => {
    expect((await viewer.post('/api/environments', environment)).status).toBe(403);
    const id = await make('environments', [key('Create environment')]);
    expect((await owner.post(`${keychainsOf('viewer')}/${id}`)).status).toBe(200);
    expect((await viewer.post('/api/environments', environment)).status).toBe(201);
    expect((await viewer.post('/api/workspaces', environment)).status).toBe(403);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(204);
    expect((await viewer.post('/api/environments', environment)).status).toBe(403);
  });

  test('count in their own organization only', async () => {
    await server.userData.change((data) =>
      data.memberships.add({ organizationId: stranger.organizationId, userId: editor.id, role: 'editor' }),
    );
    await restrict('editor', withoutKeys('Create environment'));
    expect((await editor.post('/api/environments', environment)).status).toBe(403);
    const theirs = { name: 'e', organizationId: stranger.organizationId };
    expect((await editor.post('/api/environments', theirs)).status).toBe(201);
    await server.userData.change((data) =>
      data.memberships.remove({ organizationId: stranger.organizationId, userId: editor.id }),
    );
  });

  test('hold for fields of GraphQL', async () => {
    const ask = (query: string) => viewer.post('/api/system/graphql/query', { query });
    const connections = '{ connections { totalCount } }';
    // The second one is answered without Nest and its guards when it is asked again.
    const ours = [
      connections,
      '{ resources(filter: { clusterIds: ["all"] }) { totalCount } }',
      '{ resource(id: "a") { id } }',
    ];
    for (const query of ours) expect((await ask(query)).body.errors).toBeUndefined();
    await restrict('viewer', withoutKeys('View connections', 'View resources'));
    for (const query of [...ours, '{ getAvailableNamespaces { namespace } }']) {
      const { errors } = (await ask(query)).body;
      expect(errors).toMatchObject([{ extensions: { mesheryCode: 'meshery-auth-1202' } }]);
    }
  });

  test('hold for programs that work for somebody', async () => {
    const { token } = (await editor.post('/api/identity/tokens', { name: 'ci', role: 'editor' })).body;
    const program = new Caller(server, token, editor);
    expect((await program.post('/api/environments', environment)).status).toBe(201);
    await restrict('editor', withoutKeys('Create environment'));
    expect((await program.post('/api/environments', environment)).status).toBe(403);
    expect((await program.get('/api/environments')).status).toBe(200);
  });

  test('end a stream when they no longer have its permission, and no other', async () => {
    const open = (url: string) => fetch(`${server.url}${url}`, { headers: viewer.headers });
    const resources = await open('/api/system/meshsync/resources/subscribe');
    const events = await open('/api/system/events/subscribe');
    expect([resources.status, events.status]).toEqual([200, 200]);
    const ended: string[] = [];
    const read = async (name: string, stream: Response): Promise<void> => {
      await stream.text();
      ended.push(name);
    };
    const reading = [read('resources', resources), read('events', events)];
    const id = await restrict('viewer', withoutKeys('View resources'));
    await waitUntil({ what: 'the end of the stream', timeoutMs: 60_000 }, () => ended.includes('resources'));
    expect(ended).toEqual(['resources']);
    await owner.delete(`${keychainsOf('viewer')}/${id}`);
    await Promise.all(reading);
  });

  test('end a subscription of GraphQL in the same way', async () => {
    const query = 'subscription { resourceChanges(filter: { clusterIds: ["all"] }) { seq } }';
    const followed = followGraphql(server, viewer, { query });
    const other = followGraphql(server, viewer, { query: 'subscription { events { id } }' });
    try {
      await restrict('viewer', withoutKeys('View resources'));
      await followed.until('the end of the subscription', followed.isOver);
      // Refused when the change was faster than the subscription.
      expect(followed.errors[0]?.extensions.mesheryCode).toMatch(/^meshery-auth-120[12]$/);
      expect(other.isOver()).toBe(false);
    } finally {
      await Promise.all([followed.close(), other.close()]);
    }
  });

  test('never lock out the owner of the server', async () => {
    expect((await owner.delete(`${keychainsOf('admin')}/${builtIn('admin')}`)).status).toBe(204);
    expect((await admin.get('/api/environments')).status).toBe(403);
    expect((await owner.get('/api/environments')).status).toBe(200);
    expect((await owner.post(`${keychainsOf('admin')}/${builtIn('admin')}`)).status).toBe(200);
    expect((await admin.get('/api/environments')).status).toBe(200);
  });

  test('are given by nobody who may less', async () => {
    const strong = await make('strong', [key('Reset database')]);
    await restrict('admin', withoutKeys('Reset database', 'Change role'));
    const answers = [
      await admin.post(`${keychainsOf('viewer')}/${strong}`),
      await admin.post(`${path}/${strong}/${key('Reset database')}`),
      await admin.post(path, { name: 'own', keyIds: [key('Reset database')] }),
      await admin.post(`${keychainsOf('admin')}/${builtIn('admin')}`),
      await admin.put(`/api/identity/users/${viewer.id}`, { role: 'editor' }),
      await admin.post(`/api/identity/users/${owner.id}/code`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 409]);
    expect((await admin.put(`/api/identity/users/${viewer.id}`, { lastName: 'V' })).status).toBe(200);
    expect((await admin.post(path, { name: 'weak', keyIds: [key('View server')] })).status).toBe(201);
  });
});
