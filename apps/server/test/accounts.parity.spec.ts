import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Several users of the Local provider, what their roles allow, and the tokens that they give to programs. */

let server: TestServer;
let owner: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(() => server.stop());

let made = 0;
const add = async (role: string): Promise<string> => {
  made += 1;
  const { status, body } = await owner.post('/api/identity/users', { name: `user-${String(made)}`, role });
  expect([status, body.roleNames]).toEqual([201, [role]]);
  return body.id;
};

/** Signs in with the link that the owner made. */
async function signIn(id: string): Promise<Caller> {
  const { body } = await owner.post(`/api/identity/users/${id}/code`);
  const code = new URL(body.path, server.url).searchParams.get('code');
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) };
  const file = (await (await fetch(`${server.url}/auth/local`, init)).json()) as { token: string };
  return new Caller(server, file.token, { id, organizationId: owner.organizationId });
}

const withToken = (token: string): Caller => new Caller(server, token, owner);
const environment = { name: 'e', organizationId: '00000000-0000-4000-8000-000000000002' };

describe('users of the Local provider', () => {
  test('sign in with the link that an administrator made, once', async () => {
    const id = await add('viewer');
    const { body } = await owner.post(`/api/identity/users/${id}/code`);
    const open = (): Promise<Response> => fetch(`${server.url}${body.path}`, { redirect: 'manual' });
    expect([(await open()).status, (await open()).status]).toEqual([302, 401]);
    const user = await signIn(id);
    const self = await user.get('/api/user');
    expect(self.body).toMatchObject({ id, roleNames: ['viewer'], status: 'active' });
    expect(Date.parse(self.body.lastLoginTime)).toBeGreaterThan(Date.now() - 60_000);
  });

  test('tell of themselves, and are shown where they are to those who are there too', async () => {
    const told = {
      bio: 'Sails.',
      country: { name: 'Sweden' },
      socials: [{ site: 'x', link: 'https://example.org/a' }],
    };
    const { body: user } = await owner.post('/api/identity/users', { name: 'told', role: 'viewer', ...told });
    const team = { name: 'crew', organizationId: owner.organizationId };
    const { body: crew } = await owner.post('/api/identity/teams', team);
    await owner.post(`/api/identity/teams/${crew.id}/users/${user.id}`, {});
    const { body } = await owner.get(`/api/user/profile/${user.id}`);
    expect(body).toMatchObject({ ...told, region: {}, firstLoginTime: null, first_login_time: null });
    const where = { id: owner.organizationId, roleNames: ['viewer'], role_names: ['viewer'] };
    expect(body).toMatchObject({
      organizations: { totalCount: 1, organizationsWithRoles: [where], organizations_with_roles: [where] },
      teams: { total_count: 1, teamsWithRoles: [{ id: crew.id, name: 'crew' }] },
    });
    const self = (await signIn(user.id)).get('/api/user');
    expect((await self).body).toMatchObject({ firstLoginTime: (await self).body.lastLoginTime as string });
    const first = (await self).body.firstLoginTime as string;
    const changed = await owner.put(`/api/identity/users/${user.id}`, { bio: '', region: { name: 'Skåne' } });
    expect(changed.body).toMatchObject({ ...told, bio: '', region: { name: 'Skåne' } });
    expect((await (await signIn(user.id)).get('/api/user')).body.firstLoginTime).toBe(first);
    for (const wrong of [{ socials: [{ site: 'x', link: 'javascript:alert(1)' }] }, { country: 'Sweden' }, { bio: 7 }])
      expect((await owner.put(`/api/identity/users/${user.id}`, wrong)).body.code).toBe('meshery-core-1001');
    await owner.delete(`/api/identity/users/${user.id}`);
    const gone = await server.userData.read((data) => data.users.find({ id: user.id }));
    expect(gone).toMatchObject({ bio: '', country: {}, region: {}, socials: [] });
  });

  test('a change of the role holds at once for sessions that are open', async () => {
    const id = await add('viewer');
    const user = await signIn(id);
    expect((await user.post('/api/environments', environment)).status).toBe(403);
    expect((await owner.put(`/api/identity/users/${id}`, { role: 'editor' })).body.roleNames).toEqual(['editor']);
    expect((await user.post('/api/environments', environment)).status).toBe(201);
    await owner.put(`/api/identity/users/${id}`, { role: 'viewer' });
    expect((await user.post('/api/environments', environment)).status).toBe(403);
  });

  test('who is set inactive, or removed, is out at once and cannot come back', async () => {
    const id = await add('editor');
    const user = await signIn(id);
    const invitation = await owner.post(`/api/identity/users/${id}/code`);
    await owner.put(`/api/identity/users/${id}`, { status: 'inactive' });
    expect((await user.get('/api/user')).body.code).toBe('meshery-auth-1201');
    expect((await fetch(`${server.url}${invitation.body.path}`, { redirect: 'manual' })).status).toBe(401);
    await owner.put(`/api/identity/users/${id}`, { status: 'active' });
    const kept = (await user.post('/api/environments', environment)).body.id;
    expect((await owner.delete(`/api/identity/users/${id}`)).status).toBe(204);
    expect((await user.get('/api/user')).status).toBe(401);
    expect((await owner.get(`/api/user/profile/${id}`)).status).toBe(404);
    expect((await owner.get(`/api/environments/${kept}`)).body.owner).toBe(id);
  });

  test('a stream ends when its user is taken out', async () => {
    const brief = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '50' } });
    try {
      const admin = Caller.owner(brief);
      const viewer = await Caller.signUp(brief, 'vera', 'viewer');
      const token = await brief.prepared.security.authority.issue({
        userId: viewer.id,
        name: 'vera',
        provider: 'Local',
        roles: ['viewer'],
      });
      const url = `${brief.url}/api/system/meshsync/resources/subscribe`;
      const stream = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      expect(stream.status).toBe(200);
      await admin.put(`/api/identity/users/${viewer.id}`, { status: 'inactive' });
      expect(await stream.text()).toContain('meshery-auth-1201');
    } finally {
      await brief.stop();
    }
  });

  test('nobody but an administrator of all their organizations changes an account', async () => {
    const id = await add('editor');
    const editor = await signIn(id);
    const asked = { name: 'x', role: 'admin' };
    for (const [who, status] of [
      [editor, 403],
      [stranger, 404],
    ] as const) {
      const own = await who.put(`/api/identity/users/${id}`, { role: 'admin' });
      expect([own.status, (await who.delete(`/api/identity/users/${id}`)).status]).toEqual([status, status]);
      expect((await who.post(`/api/identity/users/${id}/code`)).status).toBe(status);
      const draft = { ...asked, organizationId: owner.organizationId };
      expect((await who.post('/api/identity/users', draft)).status).toBe(status);
    }
    expect((await owner.get(`/api/user/profile/${id}`)).body.roleNames).toEqual(['editor']);
  });

  test('an administrator of one organization does not rule who is in another one as well', async () => {
    const id = await add('viewer');
    await server.userData.change((data) =>
      data.memberships.add({ organizationId: stranger.organizationId, userId: id, role: 'viewer' }),
    );
    expect((await stranger.put(`/api/identity/users/${id}`, { role: 'admin' })).status).toBe(404);
    expect((await stranger.post(`/api/identity/users/${id}/code`)).status).toBe(404);
  });

  test('the owner of the server stays its administrator', async () => {
    const answers = [
      await owner.put(`/api/identity/users/${owner.id}`, { role: 'viewer' }),
      await owner.put(`/api/identity/users/${owner.id}`, { status: 'inactive' }),
      await owner.delete(`/api/identity/users/${owner.id}`),
      await owner.post(`/api/identity/users/${owner.id}/code`),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [409, 'meshery-core-1007']),
    );
    expect((await owner.put(`/api/identity/users/${owner.id}`, { firstName: 'Olga' })).body.firstName).toBe('Olga');
  });

  test.each([
    ['a name that is taken', { name: 'Meshery' }, 409],
    ['no name', {}, 400],
    ['a role that nobody knows', { name: 'n', role: 'root' }, 400],
    ['an address that is none', { name: 'n', email: 'x' }, 400],
    ['an organization that is none', { name: 'n', organizationId: 'x' }, 400],
  ])('POST refuses %s', async (_what, draft, status) => {
    expect((await owner.post('/api/identity/users', draft)).status).toBe(status);
  });
});

describe('tokens for programs', () => {
  const path = '/api/identity/tokens';

  test('let a program in with the role that they have, as long as they are not revoked', async () => {
    const issued = await owner.post(path, { name: 'ci', role: 'viewer', expiresInDays: 7 });
    expect(issued.body).toMatchObject({ name: 'ci', role: 'viewer', token: expect.stringMatching(/^meshery_st_/) });
    expect(Date.parse(issued.body.expires_at) - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
    const program = withToken(issued.body.token);
    expect((await program.get('/api/user')).body.id).toBe(owner.id);
    expect((await program.post('/api/environments', environment)).body.code).toBe('meshery-auth-1202');
    expect((await owner.delete(`${path}/${issued.body.id}`)).status).toBe(204);
    expect((await program.get('/api/user')).body.code).toBe('meshery-auth-1201');
  });

  test('are shown once and are not in the database or the log', async () => {
    const { token, id } = (await owner.post(path, { name: 'canary' })).body;
    await withToken(token).get('/api/user');
    const listed = await owner.get(`${path}?search=canary`);
    expect(listed.body.tokens).toMatchObject([{ id, name: 'canary', role: 'viewer' }]);
    expect(JSON.stringify(listed.body)).not.toMatch(/hash|meshery_st_/);
    for (const file of ['meshery.db', 'meshery.db-wal']) {
      expect((await readFile(join(server.folder, file))).includes(token)).toBe(false);
    }
    expect(server.lines.join('')).not.toContain(token);
  });

  test('never allow more than their owner may', async () => {
    const id = await add('editor');
    const editor = await signIn(id);
    expect((await editor.post(path, { name: 'too much', role: 'admin' })).status).toBe(403);
    const program = withToken((await editor.post(path, { name: 'p', role: 'editor' })).body.token);
    expect((await program.post('/api/environments', environment)).status).toBe(201);
    await owner.put(`/api/identity/users/${id}`, { role: 'viewer' });
    expect((await program.post('/api/environments', environment)).status).toBe(403);
    await owner.delete(`/api/identity/users/${id}`);
    expect((await program.get('/api/user')).status).toBe(401);
  });

  test('make no other tokens or sessions, and end none', async () => {
    const { token, id } = (await owner.post(path, { name: 'p', role: 'admin' })).body;
    const program = withToken(token);
    const answers = [
      await program.post(path, { name: 'q' }),
      await program.delete(`${path}/${String(id)}`),
      await program.get('/api/user/token'),
      await program.post('/api/user/logout'),
      await program.post('/auth/local/code'),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'meshery-auth-1202']),
    );
    expect((await program.get('/api/user')).status).toBe(200);
  });

  test('end with their time', async () => {
    const { token, id } = (await owner.post(path, { name: 'old' })).body;
    await server.userData.change((data) => data.serviceTokens.update(id, { expiresAt: new Date(0).toISOString() }));
    expect((await withToken(token).get('/api/user')).body.code).toBe('meshery-auth-1201');
    expect((await withToken('meshery_st_guess').get('/api/user')).body.code).toBe('meshery-auth-1201');
  });

  test('of somebody else do not exist', async () => {
    const { id } = (await owner.post(path, { name: 'mine' })).body;
    expect((await stranger.delete(`${path}/${String(id)}`)).status).toBe(404);
    expect((await stranger.get(path)).body.total_count).toBe(0);
  });

  test.each([{}, { name: 'n', role: 'x' }, { name: 'n', expiresInDays: 1e6 }, { name: 'n', expires_in_days: 0.5 }])(
    'POST refuses %j',
    async (draft) => {
      expect((await owner.post(path, draft)).body.code).toBe('meshery-core-1001');
    },
  );
});
