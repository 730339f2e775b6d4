import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { connectionServiceDefinition, eventServiceDefinition } from '@meshery/contracts/grpc';
import { waitUntil } from '@meshery/testing';
import { builtInKeychains, organizationRoles, permissionKeys } from '../src/access/permissions/permission-keys.ts';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Roles that people make of keychains: they allow what these have, and nothing else. */

const key = (name: string): string => permissionKeys.find((one) => one.function === name)?.id ?? '';
const isUsual = ({ roleName }: { readonly roleName: string }): boolean =>
  organizationRoles.some((role) => role.roleName === roleName);

let server: TestServer;
let owner: Caller;
let admin: Caller;
let stranger: Caller;
let roles: string;
let environment: { readonly name: string; readonly organizationId: string };
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '50' } });
  owner = Caller.owner(server);
  admin = await Caller.signUp(server, 'ada', 'admin');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
  roles = `/api/identity/orgs/${owner.organizationId}/roles`;
  environment = { name: 'e', organizationId: owner.organizationId };
}, 60_000);
afterAll(() => server.stop());

let made = 0;

/** A new role that may what is named; its name, its id and the keychain that it has. */
async function makeRole(...functions: string[]): Promise<{ name: string; id: string; keychain: string }> {
  made += 1;
  const name = `Operators ${String(made)}`;
  const role = await owner.post(roles, { roleName: name, description: 'Who run it.' });
  expect(role.status).toBe(201);
  const keychain = (await owner.post('/api/auth/keychains', { name, keyIds: functions.map(key) })).body.id as string;
  expect((await owner.post(`${roles}/${String(role.body.id)}/keychains/${keychain}`)).status).toBe(200);
  return { name, id: role.body.id as string, keychain };
}

/** A new user with a role, signed in. */
async function somebody(role: string): Promise<Caller> {
  made += 1;
  const { status, body } = await owner.post('/api/identity/users', { name: `user-${String(made)}`, role });
  expect([status, body.roleNames]).toEqual([201, [role]]);
  const { path } = (await owner.post(`/api/identity/users/${String(body.id)}/code`)).body;
  const code = new URL(path, server.url).searchParams.get('code');
  const signedIn = await fetch(`${server.url}/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const { token } = (await signedIn.json()) as { token: string };
  return new Caller(server, token, { id: body.id, organizationId: owner.organizationId });
}

test('POST, GET and DELETE make, list and remove one', async () => {
  const role = await owner.post(roles, { roleName: 'Auditors', description: 'Who look.' });
  expect([role.status, role.body]).toEqual([
    201,
    expect.objectContaining({ roleName: 'Auditors', description: 'Who look.', organizationId: owner.organizationId }),
  ]);
  const listed = (await admin.get(roles)).body.roles;
  expect(listed.filter(isUsual)).toHaveLength(3);
  expect(listed.filter((one: { roleName: string }) => !isUsual(one))).toEqual([role.body]);
  expect((await admin.get(`${roles}/${String(role.body.id)}/keychains`)).body.total_count).toBe(0);
  expect((await owner.delete(`${roles}/${String(role.body.id)}`)).status).toBe(204);
  expect((await owner.delete(`${roles}/${String(role.body.id)}`)).status).toBe(404);
  expect((await admin.get(roles)).body.total_count).toBe(3);
  const audit = (await owner.get('/api/system/audit')).body;
  expect(JSON.stringify(audit)).toContain('role.create');
  expect(JSON.stringify(audit)).toContain('role.delete');
});

test('a user who has one may what its keychains have, from the next request on, and nothing else', async () => {
  const role = await makeRole('View environment', 'Create environment');
  const user = await somebody(role.name);
  expect((await user.get('/api/user')).body.roleNames).toEqual([role.name]);
  expect((await user.get('/api/identity/orgs')).status).toBe(200);
  expect((await user.post('/api/environments', environment)).status).toBe(201);
  const refused = await user.post('/api/workspaces', environment);
  expect([refused.status, refused.body.code]).toEqual([403, 'meshery-auth-1202']);
  const held = (await user.get(`/api/identity/orgs/${owner.organizationId}/users/keys`)).body.keys;
  expect(held.map((one: { function: string }) => one.function).sort()).toEqual([
    'Create environment',
    'View environment',
  ]);
  await owner.post(`/api/auth/keychains/${role.keychain}/${key('Create workspace')}`);
  expect((await user.post('/api/workspaces', environment)).status).toBe(201);
  await owner.delete(`${roles}/${role.id}/keychains/${role.keychain}`);
  expect((await user.get('/api/environments')).status).toBe(403);
  expect(
    (await user.post('/api/system/graphql/query', { query: '{ connections { totalCount } }' })).body.errors,
  ).toMatchObject([{ extensions: { mesheryCode: 'meshery-auth-1202' } }]);
});

test('a user is given one instead of another, and it counts at once', async () => {
  const role = await makeRole('View environment');
  const user = await somebody('editor');
  const events = await fetch(`${server.url}/api/system/events/subscribe`, { headers: user.headers });
  expect(events.status).toBe(200);
  const over = events.text();
  expect((await owner.put(`/api/identity/users/${user.id}`, { role: role.name })).body.roleNames).toEqual([role.name]);
  expect((await user.get('/api/environments')).status).toBe(200);
  expect((await user.post('/api/environments', environment)).status).toBe(403);
  let isOver = false;
  void over.then(() => (isOver = true));
  await waitUntil({ what: 'the end of the stream', timeoutMs: 60_000 }, () => isOver);
  await owner.put(`/api/identity/users/${user.id}`, { role: 'editor' });
  expect((await user.post('/api/environments', environment)).status).toBe(201);
});

test('over gRPC it is asked for each method, and a stream ends when what it needs is taken away', async () => {
  const { list, changeStatus } = connectionServiceDefinition;
  const connections = {
    ...{ pageSize: 0, pageToken: '', organizationId: '', kinds: [], statuses: [], search: '' },
  };
  const refused = { code: status.PERMISSION_DENIED, meshery: 'meshery-auth-1202' };
  const nobody = { id: randomUUID(), status: 'connected' };
  const role = await makeRole('View connections', 'View events');
  const user = await somebody(role.name);
  const grpc = await GrpcCaller.open(server);
  try {
    expect((await grpc.call(list, connections, user)).code).toBe(status.OK);
    expect(await grpc.call(changeStatus, nobody, user)).toEqual(refused);
    await owner.post(`/api/auth/keychains/${role.keychain}/${key('Edit connection')}`);
    expect((await grpc.call(changeStatus, nobody, user)).code).toBe(status.NOT_FOUND);
    const events = grpc.stream(eventServiceDefinition.subscribe, { since: 0 }, user);
    await events.opened;
    await owner.delete(`/api/auth/keychains/${role.keychain}/${key('View events')}`);
    expect((await events.ended()).code).toBe(status.UNAUTHENTICATED);
    expect((await grpc.call(list, connections, user)).code).toBe(status.OK);
    await owner.delete(`${roles}/${role.id}/keychains/${role.keychain}`);
    expect(await grpc.call(list, connections, user)).toEqual(refused);
  } finally {
    grpc.client.close();
  }
});

test('programs of a user who has one may no more than both', async () => {
  const role = await makeRole('View environment', 'Create environment', 'Issue own token');
  const user = await somebody(role.name);
  const program = async (as: string): Promise<Caller> => {
    const { status, body } = await user.post('/api/identity/tokens', { name: 'ci', role: as });
    expect(status).toBe(201);
    return new Caller(server, body.token, user);
  };
  const [viewer, editor] = [await program('viewer'), await program('admin')];
  expect((await viewer.get('/api/user')).status).toBe(200);
  expect((await viewer.get('/api/environments')).status).toBe(200);
  expect((await viewer.post('/api/environments', environment)).status).toBe(403);
  expect((await editor.post('/api/environments', environment)).status).toBe(201);
  expect((await editor.post('/api/workspaces', environment)).status).toBe(403);
  await owner.delete(`/api/auth/keychains/${role.keychain}/${key('Create environment')}`);
  expect((await editor.post('/api/environments', environment)).status).toBe(403);
  const certificate = { name: 'c', certificateFingerprint: 'a'.repeat(64) };
  expect((await user.post('/api/identity/tokens', certificate)).status).toBe(403);
});

test('whoever has the key reads the audit log of the organization', async () => {
  const auditor = await somebody((await makeRole('View audit log')).name);
  const { lines } = (await auditor.get('/api/system/audit?pagesize=1000')).body as {
    lines: { readonly action: string; readonly userId: string; readonly organizationId: string }[];
  };
  expect(lines.filter(({ action, userId }) => action === 'role.create' && userId === owner.id).length).toBeGreaterThan(
    0,
  );
  const isOthers = (line: (typeof lines)[number]): boolean =>
    line.organizationId !== owner.organizationId && line.userId !== auditor.id;
  expect(lines.filter(isOthers)).toEqual([]);
});

test('one that somebody has is not removed', async () => {
  const role = await makeRole('View environment');
  const user = await somebody(role.name);
  const refused = await owner.delete(`${roles}/${role.id}`);
  expect([refused.status, refused.body.code]).toEqual([409, 'meshery-core-1007']);
  expect((await user.get('/api/environments')).status).toBe(200);
  await owner.put(`/api/identity/users/${user.id}`, { role: 'viewer' });
  expect((await owner.delete(`${roles}/${role.id}`)).status).toBe(204);
  expect((await owner.get(`${roles}/${role.id}/keychains`)).status).toBe(404);
  const again = await owner.post(roles, { roleName: role.name });
  expect((await owner.get(`${roles}/${String(again.body.id)}/keychains`)).body.total_count).toBe(0);
});

test.each([
  ['without a name', {}, 400],
  ['with the name of a built-in one', { roleName: 'editor' }, 409],
  ['with the name of a built-in one in other letters', { roleName: 'Admin' }, 409],
  ['with the name of the server itself', { roleName: 'system' }, 409],
  ['with a name that is too long', { roleName: 'r'.repeat(65) }, 400],
])('one %s is refused', async (_what, draft, status) => {
  const before = (await owner.get(roles)).body.total_count;
  expect((await owner.post(roles, draft)).status).toBe(status);
  expect((await owner.get(roles)).body.total_count).toBe(before);
});

test('names are unique in an organization, and built-in ones are not removed', async () => {
  const { name } = await makeRole();
  expect((await owner.post(roles, { roleName: name })).status).toBe(409);
  for (const { id } of organizationRoles) expect((await owner.delete(`${roles}/${id}`)).status).toBe(409);
});

test('is made, given and removed only by those who may, and gives nobody more than its giver has', async () => {
  const strong = await makeRole('Reset database');
  const editor = await Caller.signUp(server, 'edda', 'editor');
  const other = await somebody('viewer');
  expect((await editor.post(roles, { roleName: 'mine' })).status).toBe(403);
  expect((await editor.delete(`${roles}/${strong.id}`)).status).toBe(403);
  const keyIds = permissionKeys.filter((one) => one.function !== 'Reset database').map(({ id }) => id);
  const keychain = (await owner.post('/api/auth/keychains', { name: 'without reset', keyIds })).body.id as string;
  const adminRole = organizationRoles.find(({ roleName }) => roleName === 'admin')?.id ?? '';
  const usual = builtInKeychains.find(({ role }) => role === 'admin')?.id ?? '';
  await owner.post(`${roles}/${adminRole}/keychains/${keychain}`);
  await owner.delete(`${roles}/${adminRole}/keychains/${usual}`);
  try {
    expect((await admin.put(`/api/identity/users/${other.id}`, { role: strong.name })).status).toBe(403);
    expect((await admin.post('/api/identity/users', { name: 'strong', role: strong.name })).status).toBe(403);
  } finally {
    await owner.post(`${roles}/${adminRole}/keychains/${usual}`);
    await owner.delete(`${roles}/${adminRole}/keychains/${keychain}`);
  }
});

test('is that of its organization alone', async () => {
  const role = await makeRole('View environment');
  const theirs = `/api/identity/orgs/${stranger.organizationId}/roles`;
  expect((await stranger.get(theirs)).body.total_count).toBe(3);
  const answers = [
    await stranger.get(roles),
    await stranger.post(roles, { roleName: 'theirs' }),
    await stranger.delete(`${roles}/${role.id}`),
    await stranger.delete(`${theirs}/${role.id}`),
    await stranger.get(`${theirs}/${role.id}/keychains`),
    await stranger.post(`${theirs}/${role.id}/keychains/${role.keychain}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  const draft = { name: 'theirs', role: role.name, organizationId: stranger.organizationId };
  expect((await stranger.post('/api/identity/users', draft)).status).toBe(400);
});
