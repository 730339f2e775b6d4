import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Environments and workspaces over REST, for their owner, colleagues with lesser roles, and strangers. */

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

async function make(kind: string, name: string, by = owner): Promise<string> {
  const { status, body } = await by.post(`/api/${kind}`, {
    name,
    description: 'd',
    organization_id: by.organizationId,
  });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

describe.each(['environments', 'workspaces'])('/api/%s', (kind) => {
  const path = `/api/${kind}`;

  test('POST makes one that GET shows in both spellings, with its times', async () => {
    const body = {
      name: ' staging ',
      organizationId: owner.organizationId,
      owner: nowhere,
      id: nowhere,
      createdAt: 'x',
    };
    const made = await owner.post(path, body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'staging', description: '', organization_id: owner.organizationId });
    expect([made.body.id === nowhere, made.body.owner]).toEqual([false, owner.id]);
    expect(Date.parse(made.body.created_at)).toBeGreaterThan(Date.now() - 60_000);
    expect((await owner.get(`${path}/${made.body.id}?orgId=${owner.organizationId}`)).body).toEqual(made.body);
  });

  test('POST takes JSON that is not said to be JSON, as published command lines send it; another type is refused', async () => {
    const draft = JSON.stringify({ name: 'untyped', organization_id: owner.organizationId });
    const send = (type: Record<string, string>): Promise<Response> =>
      fetch(server.url + path, { method: 'POST', headers: { ...owner.headers, ...type }, body: Buffer.from(draft) });
    const made = await send({});
    expect([made.status, await made.json()]).toEqual([201, expect.objectContaining({ name: 'untyped' })]);
    expect((await send({ 'content-type': 'application/xml' })).status).toBe(415);
    const totalOf = async (): Promise<number> =>
      ((await owner.get(`${path}?search=untyped`)).body as { totalCount: number }).totalCount;
    expect(await totalOf()).toBe(1);
  });

  test('GET goes on by position, whatever comes before it meanwhile', async () => {
    for (const name of ['pos-b', 'pos-c', 'pos-d']) await make(kind, name);
    const list = `${path}?search=pos-&pagesize=2&order=name`;
    const names = ({ body }: Answer): string[] => body[kind].map(({ name }: { name: string }) => name);
    const first = await owner.get(list);
    expect([names(first), first.body.next]).toEqual([['pos-b', 'pos-c'], expect.any(String)]);
    await make(kind, 'pos-a');
    const rest = await owner.get(`${list}&after=${String(first.body.next)}`);
    expect([names(rest), rest.body.totalCount, rest.body.next]).toEqual([['pos-d'], 4, undefined]);
    for (const wrong of [
      '&after=x',
      `&page=1&after=${String(first.body.next)}`,
      `%20desc&after=${String(first.body.next)}`,
    ]) {
      const { status, body } = await owner.get(list + wrong);
      expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    }
  });

  test('GET pages, searches and sorts under every spelling of its parameters', async () => {
    for (const name of ['zeta', 'zebra', 'Zenit']) await make(kind, name);
    const { body } = await owner.get(
      `${path}?orgID=${owner.organizationId}&search=ze&page=0&pagesize=2&order=name%20desc`,
    );
    expect(body).toMatchObject({ page: 0, pageSize: 2, page_size: 2, totalCount: 3, total_count: 3 });
    expect(body[kind].map(({ name }: { name: string }) => name)).toEqual(['zeta', 'zebra']);
    const all = await owner.get(`${path}?search=ZE&pagesize=all&order=created_at`);
    expect(all.body[kind].map(({ name }: { name: string }) => name)).toEqual(['zeta', 'zebra', 'Zenit']);
  });

  test('PUT changes what is given and nothing else', async () => {
    const id = await make(kind, 'before');
    const changed = await owner.put(`${path}/${id}`, { name: 'after', organization_id: stranger.organizationId });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, name: 'after', description: 'd', organizationId: owner.organizationId });
    expect((await owner.get(`${path}/${id}`)).body).toEqual(changed.body);
  });

  test('DELETE removes it', async () => {
    const id = await make(kind, 'short');
    expect((await owner.delete(`${path}/${id}`)).status).toBe(204);
    expect((await owner.get(`${path}/${id}`)).status).toBe(404);
    expect((await owner.delete(`${path}/${id}`)).body).toMatchObject({ code: 'meshery-core-1002' });
  });

  test('a viewer sees it and changes nothing', async () => {
    const id = await make(kind, 'seen');
    expect((await viewer.get(`${path}/${id}`)).status).toBe(200);
    const answers = [
      await viewer.post(path, { name: 'x', organizationId: owner.organizationId }),
      await viewer.put(`${path}/${id}`, { name: 'x' }),
      await viewer.delete(`${path}/${id}`),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'meshery-auth-1202']),
    );
    expect((await owner.get(`${path}/${id}`)).body).toMatchObject({ name: 'seen' });
  });

  test('for another organization it does not exist', async () => {
    const id = await make(kind, 'secret');
    const answers = [
      await stranger.get(`${path}/${id}`),
      await stranger.put(`${path}/${id}`, { name: 'x' }),
      await stranger.delete(`${path}/${id}`),
      await stranger.get(`${path}?orgId=${owner.organizationId}`),
      await stranger.post(path, { name: 'x', organizationId: owner.organizationId }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [404, 'meshery-core-1002']),
    );
    expect((await stranger.get(path)).body.totalCount).toBe(0);
    expect((await owner.get(`${path}/${id}`)).status).toBe(200);
  });

  test.each([
    'page=-1',
    'pagesize=1e9',
    'pagesize=NaN',
    'page=1&page=2',
    'order=name;ATTACH%20DATABASE%20%27/tmp/x%27%20AS%20a--',
    'order=(CASE%20WHEN%201%20THEN%20name%20END)',
    'order=metadata',
    'orgId=x',
    'search=a%00b',
  ])('GET ?%s is refused and names the parameter', async (query) => {
    const { status, body } = await owner.get(`${path}?${query}`);
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    expect(body.error).toContain(query.split('=')[0]);
  });

  test('an order of ten thousand characters is refused', async () => {
    expect((await owner.get(`${path}?order=${'n'.repeat(10_000)}`)).status).toBe(400);
  });

  test.each(['%25\'"', '_', 'NEAR(', '%F0%9F%98%80'])(
    'GET ?search=%s finds nothing and breaks nothing',
    async (text) => {
      expect((await owner.get(`${path}?search=${text}`)).body.totalCount).toBe(0);
    },
  );

  test.each([
    ['no name', {}],
    ['an empty name', { name: '  ' }],
    ['a name that is too long', { name: 'x'.repeat(300) }],
    ['a name that hides characters', { name: 'a\u202eb' }],
    ['a name that is no text', { name: { $gt: '' } }],
    ['metadata that is no object', { name: 'x', metadata: [1] }],
  ])('POST refuses %s', async (_what, fields) => {
    const before = (await owner.get(path)).body.totalCount;
    const { status, body } = await owner.post(path, { organizationId: owner.organizationId, ...fields });
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    expect((await owner.get(path)).body.totalCount).toBe(before);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of something that is no id is refused', async (method) => {
    const { status, body } = await owner.send(
      method,
      `${path}/not-an-id`,
      method === 'PUT' ? { name: 'x' } : undefined,
    );
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
  });
});

describe('/api/workspaces/{id}/environments', () => {
  test('POST assigns, GET lists both sides, DELETE unassigns', async () => {
    const workspace = await make('workspaces', 'team');
    const environment = await make('environments', 'linked');
    const path = `/api/workspaces/${workspace}/environments`;
    for (let times = 0; times < 2; times += 1) {
      const { status, body } = await owner.post(`${path}/${environment}`);
      expect([status, body.totalCount, body.environments[0].id]).toEqual([200, 1, environment]);
    }
    const free = await owner.get(`${path}?filter=${encodeURIComponent('{"assigned":false}')}&search=linked`);
    expect(free.body.totalCount).toBe(0);
    expect((await owner.delete(`${path}/${environment}`)).status).toBe(204);
    expect((await owner.delete(`${path}/${environment}`)).status).toBe(404);
    expect((await owner.get(path)).body.totalCount).toBe(0);
  });

  test('a link goes with either end', async () => {
    const workspace = await make('workspaces', 'team2');
    const environment = await make('environments', 'passing');
    await owner.post(`/api/workspaces/${workspace}/environments/${environment}`);
    await owner.delete(`/api/environments/${environment}`);
    expect((await owner.get(`/api/workspaces/${workspace}/environments`)).body.totalCount).toBe(0);
  });

  test('records of two organizations never meet', async () => {
    const workspace = await make('workspaces', 'mine');
    const foreign = await make('environments', 'theirs', stranger);
    expect((await owner.post(`/api/workspaces/${workspace}/environments/${foreign}`)).status).toBe(404);
    expect((await stranger.post(`/api/workspaces/${workspace}/environments/${foreign}`)).status).toBe(404);
    await server.userData.change((data) =>
      data.memberships.add({ organizationId: stranger.organizationId, userId: owner.id, role: 'admin' }),
    );
    expect((await owner.get(`/api/environments/${foreign}`)).status).toBe(200);
    expect((await owner.post(`/api/workspaces/${workspace}/environments/${foreign}`)).status).toBe(404);
    expect((await owner.get(`/api/workspaces/${workspace}/environments?filter=x`)).status).toBe(400);
  });
});

describe('people', () => {
  test.each(['/api/user', '/api/identity/users/profile'])('GET %s answers who is signed in', async (path) => {
    expect((await viewer.get(path)).body).toMatchObject({ id: viewer.id, first_name: 'vera', roleNames: ['viewer'] });
  });

  test.each(['/api/user/profile', '/api/identity/users/profile'])(
    'GET %s/{id} answers a colleague only',
    async (path) => {
      expect((await owner.get(`${path}/${viewer.id}`)).body).toMatchObject({ firstName: 'vera' });
      expect((await stranger.get(`${path}/${viewer.id}`)).status).toBe(404);
      expect((await owner.get(`${path}/x`)).status).toBe(400);
    },
  );

  test('GET /api/identity/users lists colleagues', async () => {
    const { body } = await stranger.get('/api/identity/users');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([stranger.id]));
    expect((await viewer.get('/api/identity/users?search=VERA')).body).toMatchObject({ totalCount: 1, total_count: 1 });
  });

  test('GET /api/identity/orgs lists the organizations of the user', async () => {
    const { body } = await viewer.get('/api/identity/orgs?all=true');
    expect(body.organizations).toMatchObject([
      { id: owner.organizationId, name: 'My Org', created_at: expect.any(String) },
    ]);
    expect((await stranger.get('/api/identity/orgs?page=0&pagesize=1')).body.organizations[0].id).toBe(
      stranger.organizationId,
    );
  });
});
