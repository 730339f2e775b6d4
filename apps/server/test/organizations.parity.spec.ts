import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Organizations are made, changed and removed, and people come into them and leave them. */

const path = '/api/identity/orgs';

let server: TestServer;
let owner: Caller;
let editor: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  editor = await Caller.signUp(server, 'edda', 'editor');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(() => server.stop());

const make = async (name: string, as = owner): Promise<string> => {
  const { status, body } = await as.post(path, { name });
  expect(status).toBe(201);
  return body.id as string;
};
const namesOf = async (who: Caller): Promise<string[]> =>
  (await who.get(`${path}?all=true`)).body.organizations.map(({ name }: { name: string }) => name);

test('POST, GET, PUT and DELETE make, show, change and remove one', async () => {
  const made = await owner.post(path, { name: 'Blue', description: 'The other one.', metadata: { a: 1 } });
  expect([made.status, made.body]).toMatchObject([201, { name: 'Blue', owner: owner.id, metadata: { a: 1 } }]);
  expect((await owner.get(`${path}/${made.body.id}`)).body).toEqual(made.body);
  expect(await namesOf(owner)).toContain('Blue');
  const changed = await owner.put(`${path}/${made.body.id}`, { name: 'Green' });
  expect([changed.status, changed.body]).toMatchObject([200, { name: 'Green', description: 'The other one.' }]);
  const environment = await owner.post('/api/environments', { name: 'e', organizationId: made.body.id });
  expect(environment.status).toBe(201);
  const full = await owner.delete(`${path}/${made.body.id}`);
  expect([full.status, full.body.code]).toEqual([409, 'meshery-core-1007']);
  expect((await owner.delete(`/api/environments/${environment.body.id}`)).status).toBe(204);
  expect((await owner.delete(`${path}/${made.body.id}`)).status).toBe(204);
  expect((await owner.get(`${path}/${made.body.id}`)).status).toBe(404);
  expect(await namesOf(owner)).not.toContain('Green');
});

test('nobody but its members knows of one, and only who may changes it', async () => {
  const id = await make('Closed');
  const answers = [
    await stranger.get(`${path}/${id}`),
    await stranger.put(`${path}/${id}`, { name: 'x' }),
    await stranger.delete(`${path}/${id}`),
    await stranger.post(`${path}/${id}/users/${stranger.id}`),
    await stranger.delete(`${path}/${id}/users/${owner.id}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  const refused = [
    await editor.post(path, { name: 'mine' }),
    await editor.put(`${path}/${owner.organizationId}`, { name: 'mine' }),
    await editor.delete(`${path}/${owner.organizationId}`),
    await editor.post(`${path}/${owner.organizationId}/users/${stranger.id}`),
  ];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
});

test('somebody comes into one, works in it, and leaves it', async () => {
  const id = await make('Shared');
  const member = `${path}/${id}/users/${editor.id}`;
  const environment = { name: 'theirs', organizationId: id };
  expect((await editor.post('/api/environments', environment)).status).toBe(404);
  expect((await owner.post(member)).status).toBe(204);
  expect((await owner.post(member)).status).toBe(204);
  expect(await namesOf(editor)).toContain('Shared');
  expect((await editor.post('/api/environments', environment)).status).toBe(201);
  const team = await owner.post('/api/identity/teams', { name: 't', organizationId: id });
  expect((await owner.post(`/api/identity/teams/${team.body.id}/users/${editor.id}`)).status).toBe(204);
  expect((await owner.delete(`${path}/${id}`)).status).toBe(409);
  expect((await owner.delete(member)).status).toBe(204);
  expect((await owner.delete(member)).status).toBe(404);
  expect((await editor.post('/api/environments', environment)).status).toBe(404);
  expect((await owner.get(`/api/identity/teams/${team.body.id}/users`)).body.total_count).toBe(0);
  expect(await namesOf(editor)).not.toContain('Shared');
});

test('nobody is left without one, and nobody is taken out of the rule of their administrators', async () => {
  const answers = [
    await owner.delete(`${path}/${owner.organizationId}`),
    await owner.delete(`${path}/${owner.organizationId}/users/${editor.id}`),
    await owner.delete(`${path}/${owner.organizationId}/users/${owner.id}`),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'meshery-core-1007']));
  // Of another organization, where who asks has no say.
  expect((await owner.post(`${path}/${owner.organizationId}/users/${stranger.id}`)).status).toBe(404);
  await server.userData.change((data) =>
    data.memberships.add({ organizationId: owner.organizationId, userId: stranger.id, role: 'viewer' }),
  );
  const theirs = await make('Theirs', stranger);
  expect((await stranger.post(`${path}/${theirs}/users/${editor.id}`)).status).toBe(403);
  await server.userData.change((data) =>
    data.memberships.remove({ organizationId: owner.organizationId, userId: stranger.id }),
  );
});

test('somebody with a role that people made comes only where there is one of this name', async () => {
  const roles = `${path}/${owner.organizationId}/roles`;
  await owner.post(roles, { roleName: 'Runners' });
  const user = (await owner.post('/api/identity/users', { name: 'rita', role: 'Runners' })).body.id as string;
  const id = await make('Without runners');
  const refused = await owner.post(`${path}/${id}/users/${user}`);
  expect([refused.status, refused.body.code]).toEqual([400, 'meshery-core-1001']);
  await owner.post(`${path}/${id}/roles`, { roleName: 'Runners' });
  expect((await owner.post(`${path}/${id}/users/${user}`)).status).toBe(204);
});

test.each([{}, { name: '' }, { name: 'n'.repeat(300) }, { name: 'n', metadata: 'x' }])(
  'POST refuses %j',
  async (draft) => {
    const before = await namesOf(owner);
    expect((await owner.post(path, draft)).status).toBe(400);
    expect(await namesOf(owner)).toEqual(before);
  },
);

test('changes of it are lines of the audit log', async () => {
  const id = await make('Audited');
  await owner.delete(`${path}/${id}`);
  const all = await server.userData.read((data) => data.audit.after(0, 100_000));
  const about = all.filter(({ objectId }) => objectId === id).map(({ action }) => action);
  expect(about).toEqual(['organization.create', 'organization.delete']);
});
