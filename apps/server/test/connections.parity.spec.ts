import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Caller } from './caller.ts';
import { allWritten, metadataAfterWriters } from './interleaved-writers.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Connections over REST, with a server that answers as Prometheus and Grafana are documented to. */

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
let far: Server;
let farUrl: string;
let heard: string[];
let token = '';
beforeAll(async () => {
  far = createServer((request, response) => {
    const { url = '', headers } = request;
    heard.push(url);
    const isRefused = token !== '' && headers.authorization !== `Bearer ${token}`;
    const answers: Readonly<Record<string, unknown>> = {
      '/api/v1/status/buildinfo': { status: 'success', data: { version: '3.5.0' } },
      '/api/health': { database: 'ok', version: '12.1.0' },
      '/api/org': { id: 1, name: 'Main Org.' },
    };
    if (url.startsWith('/moved')) response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (isRefused) response.writeHead(401).end('{}');
    else if (answers[url] === undefined) response.writeHead(404).end('nothing here');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[url]));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  farUrl = `http://127.0.0.1:${String((far.address() as AddressInfo).port)}`;
  server = await startTestServer();
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(async () => {
  await server.stop();
  await new Promise((resolve) => far.close(resolve));
});
beforeEach(() => {
  heard = [];
  token = '';
});

const path = '/api/integrations/connections';
const nowhere = '00000000-0000-4000-8000-0000000000ff';

async function make(fields: object = {}, by = owner): Promise<string> {
  const { status, body } = await by.post(path, { name: 'c', kind: 'kubernetes', status: 'discovered', ...fields });
  expect([status, body]).toEqual([201, expect.anything()]);
  return (body as { id: string }).id;
}

async function statusOf(id: string): Promise<string> {
  return ((await owner.get(`${path}/${id}`)).body as { status: string }).status;
}

async function total(): Promise<number> {
  return ((await owner.get(`${path}?pagesize=1`)).body as { totalCount: number }).totalCount;
}

describe(path, () => {
  test('POST makes one that GET shows in both spellings, and takes no field that is not the client’s', async () => {
    const mine = { owner: nowhere, id: nowhere, origin: 'start', contextId: 'in-cluster', createdAt: 'x' };
    const made = await owner.post(path, { name: ' p ', kind: 'Prometheus', metadata: { url: farUrl }, ...mine });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'p', kind: 'prometheus', type: 'telemetry', sub_type: 'metrics' });
    expect(made.body).toMatchObject({ status: 'registered', url: farUrl, user_id: owner.id, owner: owner.id });
    expect([made.body.id === nowhere, made.body.origin, made.body.contextId]).toEqual([false, undefined, undefined]);
    expect(made.body.transitionMap.registered.map((next: { nextState: string }) => next.nextState)).toContain(
      'connected',
    );
    expect(made.body).toMatchObject({
      schemaVersion: 'connections.meshery.io/v1beta3',
      connectionSchema: { required: ['url'] },
      credentialSchema: { type: 'object' },
      environments: [],
      deletedAt: null,
    });
    expect((await owner.get(`${path}/${made.body.id}`)).body).toEqual(made.body);
    expect(heard).toEqual([]);
  });

  test('GET pages, filters under every encoding and counts by status', async () => {
    const names = ['zeta', 'zebra', 'Zenit'];
    for (const name of names) await make({ name, kind: 'github', status: 'ignored' });
    for (const kind of ['kind=github&kind=x', 'kind=github,x', `kind=${encodeURIComponent('["github","x"]')}`]) {
      const { body } = await owner.get(`${path}?${kind}&status=ignored&search=ze&pagesize=2&order=name%20desc`);
      expect(body).toMatchObject({ page: 0, pageSize: 2, page_size: 2, totalCount: 3, total_count: 3 });
      expect(body.connections.map(({ name }: { name: string }) => name)).toEqual(['zeta', 'zebra']);
      expect(body.statusSummary.ignored).toBe(3);
    }
    expect((await owner.get(`${path}?pagesize=all`)).body.pageSize).toBe(100);
    expect((await owner.get(`${path}?pagesize=500`)).body.pageSize).toBe(100);
    expect((await owner.get(`${path}?name=zebra`)).body.totalCount).toBe(1);
  });

  test('GET /{id} of something that is no id is refused, and of nothing answers 404', async () => {
    expect((await owner.get(`${path}/x`)).status).toBe(400);
    expect((await owner.get(`${path}/${nowhere}`)).body).toMatchObject({ code: 'meshery-core-1002' });
  });

  test('GET /{id} is right after every change, of the connection and of who may see it', async () => {
    const id = await make({ name: 'first' });
    const seen = async (by = owner): Promise<unknown> => {
      const { status, body } = await by.get(`${path}/${id}`);
      return status === 200 ? body.name : status;
    };
    expect([await seen(), await seen(), await seen(viewer), await seen(stranger)]).toEqual([
      'first',
      'first',
      'first',
      404,
    ]);
    await owner.put(`${path}/${id}`, { name: 'second' });
    expect([await seen(), await seen(viewer)]).toEqual(['second', 'second']);
    const member = { organizationId: owner.organizationId, userId: viewer.id };
    await server.userData.change((data) => data.memberships.remove(member));
    expect(await seen(viewer)).toBe(404);
    await server.userData.change((data) => data.memberships.add({ ...member, role: 'viewer' }));
    expect(await seen(viewer)).toBe('second');
  });

  test('PUT changes fields, keeps the metadata that is not named, and moves the status', async () => {
    const id = await make({ kind: 'github', status: 'registered', metadata: { a: 1 } });
    const { status, body } = await owner.put(`${path}/${id}`, { name: 'n', metadata: { b: 2 }, status: 'ignored' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'n', status: 'ignored', metadata: { a: 1, b: 2 } });
    expect((await owner.get(`${path}/${id}/history`)).body.history).toMatchObject([
      { from: 'registered', to: 'ignored', by: owner.id, isDone: true },
      { from: null, to: 'registered', by: owner.id },
    ]);
  });

  test('PUT of metadata and what the server finds out at the same time lose nothing of each other', async () => {
    const id = await make({ kind: 'github', status: 'registered', metadata: { a: 1 } });
    expect(await metadataAfterWriters([server], id)).toEqual({ a: 1, ...allWritten(1) });
  });

  test('PUT of a status that may not follow is a coded conflict, one line of history, and changes nothing', async () => {
    const id = await make();
    const logged = server.lines.length;
    const { status, body } = await owner.put(`${path}/${id}`, { status: 'connected', name: 'changed' });
    expect([status, body.code]).toEqual([409, 'meshery-connection-1700']);
    expect(body.suggestedRemediation[0]).toContain('registered, not found, deleted');
    expect((await owner.get(`${path}/${id}`)).body).toMatchObject({ status: 'discovered', name: 'c' });
    expect(server.lines.slice(logged).join('')).toContain('is discovered and cannot become connected');
    const [line] = (await owner.get(`${path}/${id}/history`)).body.history;
    expect(line).toMatchObject({ from: 'discovered', to: 'connected', isDone: false });
  });

  test('DELETE /{id} removes it, whatever its status, with what hangs on it', async () => {
    const id = await make({ kind: 'github', status: 'registered' });
    expect(await owner.delete(`${path}/${id}`)).toMatchObject({ status: 200, body: { id, status: 'deleted' } });
    expect((await owner.get(`${path}/${id}`)).status).toBe(404);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(404);
    expect((await owner.get(`${path}/${id}/history`)).status).toBe(404);
  });

  test('a viewer sees it and changes nothing; for another organization it does not exist', async () => {
    const id = await make();
    expect((await viewer.get(`${path}/${id}`)).status).toBe(200);
    for (const [by, code] of [
      [viewer, 403],
      [stranger, 404],
    ] as const) {
      const answers = [
        await by.put(`${path}/${id}`, { status: 'registered' }),
        await by.delete(`${path}/${id}`),
        await by.post(`${path}/${id}/actions`, { action: 'setMeshsyncMode', mode: 'embedded' }),
        await by.put(`${path}/${id}/controllers/config`, {}),
        await by.post(`${path}/${id}/ping`),
        await by.post(`${path}/register`, {
          id,
          kind: 'kubernetes',
          status: 'ignore',
          organizationId: owner.organizationId,
        }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => code));
    }
    expect((await stranger.get(`${path}/${id}/controllers/config`)).status).toBe(404);
    expect((await stranger.get(`${path}?pagesize=all`)).body).toMatchObject({ totalCount: 0, statusSummary: {} });
    expect((await stranger.get(`${path}?orgId=${owner.organizationId}`)).status).toBe(404);
    expect(await statusOf(id)).toBe('discovered');
  });

  test('a stranger cannot make one under an id that is taken, nor with the credential of somebody else', async () => {
    const id = await make();
    const event = { kind: 'github', status: 'ignore', name: 'mine' };
    expect((await stranger.post(`${path}/register`, { ...event, id })).status).toBe(409);
    const { body } = await owner.post('/api/integrations/credentials', {
      name: 'k',
      type: 'github',
      secret: { secret: 's' },
    });
    expect((await stranger.post(path, { name: 'm', kind: 'github', credentialId: body.id })).status).toBe(404);
    expect((await stranger.get(path)).body.totalCount).toBe(0);
  });

  test('POST of one that is to be connected reaches it first, or keeps nothing', async () => {
    const grafana = { name: 'g', kind: 'grafana', status: 'connected' };
    const before = await total();
    expect((await owner.post(path, { ...grafana, url: 'http://127.0.0.1:1' })).status).toBe(503);
    expect(await total()).toBe(before);
    const { status, body } = await owner.post(path, { ...grafana, url: farUrl });
    expect([status, body.status, heard]).toEqual([201, 'connected', ['/api/health']]);
  });

  test.each([
    'page=-1',
    'pagesize=1e9',
    'order=name;DROP',
    'order=metadata',
    'status=on-fire',
    'kind=[1]',
    'kind=["a"',
    'orgId=x',
  ])('GET ?%s is refused and names the parameter', async (query) => {
    const { status, body } = await owner.get(`${path}?${encodeURI(query)}`);
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    expect(body.error).toContain(query.split('=')[0]);
  });

  test.each([
    ['no kind', { kind: undefined }, 'meshery-core-1001'],
    ['a kind that there is not', { kind: 'quantum' }, 'meshery-connection-1701'],
    ['a URL of another scheme', { url: 'file:///etc/passwd' }, 'meshery-core-1001'],
    ['a user in the URL', { url: 'http://a:b@c' }, 'meshery-core-1001'],
    ['an unknown status', { status: 'x' }, 'meshery-core-1001'],
  ])('POST refuses %s', async (_what, fields, code) => {
    const before = await total();
    const { status, body } = await owner.post(path, { name: 'c', kind: 'kubernetes', ...fields });
    expect([status, body.code, await total()]).toEqual([400, code, before]);
  });
});

describe(`${path}/register`, () => {
  test('POST initialize answers the forms of every kind and keeps nothing', async () => {
    const before = await total();
    for (const kind of ['kubernetes', 'prometheus', 'grafana', 'github']) {
      const { status, body } = await owner.post(`${path}/register`, { kind, status: 'initialize' });
      expect(status).toBe(200);
      expect(body.id).toMatch(/^[0-9a-f-]{36}$/);
      for (const form of [body.connection, body.credential]) {
        expect(JSON.parse(form.component.schema)).toMatchObject({ type: 'object', title: expect.any(String) });
      }
      expect(body.connection.component.kind).toMatch(/Connection$/);
    }
    expect((await owner.post(`${path}/register`, { kind: 'x', status: 'initialize' })).status).toBe(400);
    expect(await total()).toBe(before);
  });

  test('POST goes from the forms to a connected Prometheus, which was really asked', async () => {
    const { body } = await owner.post(`${path}/register`, { kind: 'prometheus', status: 'initialize' });
    const event = { id: body.id, kind: 'prometheus', name: 'prom', metadata: { url: farUrl } };
    expect(await owner.post(`${path}/register`, { ...event, status: 'register' })).toMatchObject({
      status: 200,
      body: {},
    });
    expect(heard).toEqual(['/api/v1/status/buildinfo']);
    expect(await statusOf(body.id)).toBe('registered');
    expect((await owner.post(`${path}/register`, { ...event, status: 'connect' })).status).toBe(200);
    const { body: made } = await owner.get(`${path}/${body.id}`);
    expect(made).toMatchObject({ status: 'connected', name: 'prom', metadata: { version: '3.5.0' } });
  });

  test('POST of what cannot be reached, refuses the credential or is something else keeps nothing', async () => {
    const before = [await total(), (await owner.get('/api/integrations/credentials')).body.totalCount];
    token = 'right';
    const answers = [];
    for (const [kind, url] of [
      ['prometheus', 'http://127.0.0.1:1'],
      ['grafana', farUrl],
      ['prometheus', `${farUrl}/x`],
      ['prometheus', `${farUrl}/moved`],
    ]) {
      const event = { kind, metadata: { url }, credentialSecret: { secret: 'wrong' }, status: 'connect' };
      answers.push(await owner.post(`${path}/register`, event));
    }
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [503, 'meshery-connection-1705']),
    );
    expect(answers.map(({ body }) => JSON.stringify(body)).join()).not.toContain('wrong"');
    expect([await total(), (await owner.get('/api/integrations/credentials')).body.totalCount]).toEqual(before);
  });

  test.each([
    'http://169.254.169.254/latest',
    'http://[::ffff:169.254.169.254]/',
    'http://0.0.0.0:9090',
    'http://[fe80::1]/',
  ])('POST of %s is refused before anything is sent', async (url) => {
    const { status, body } = await owner.post(`${path}/register`, { kind: 'grafana', url, status: 'connect' });
    expect([status, body.code]).toEqual([400, 'meshery-connection-1704']);
  });

  test('POST believes that it can be reached when it is told so', async () => {
    const { body } = await owner.post(`${path}/register`, { kind: 'grafana', status: 'initialize' });
    const event = { id: body.id, kind: 'grafana', url: 'http://127.0.0.1:1', status: 'connect' };
    expect((await owner.post(`${path}/register`, { ...event, skipCredentialVerification: true })).status).toBe(200);
    expect(await statusOf(body.id)).toBe('connected');
  });

  test('DELETE cancels, again too, and nothing is kept', async () => {
    const before = await total();
    const { body } = await owner.post(`${path}/register`, { kind: 'grafana', status: 'initialize' });
    for (let times = 0; times < 2; times += 1) {
      expect((await owner.delete(`${path}/register/${body.id}`)).status).toBe(204);
      expect((await owner.delete(`${path}/register`, { id: body.id })).status).toBe(204);
    }
    expect((await owner.delete(`${path}/register/x`)).status).toBe(400);
    expect((await owner.delete(`${path}/register`, { id: 'x' })).status).toBe(400);
    expect(await total()).toBe(before);
  });
});

describe('the life of a server', () => {
  test('what is discovered is never called; a test that it answers registers it; only a user connects it', async () => {
    const id = await make({ kind: 'grafana', url: farUrl });
    expect(heard).toEqual([]);
    expect(await owner.post(`${path}/${id}/ping`)).toMatchObject({ status: 200, body: { version: '12.1.0' } });
    expect(await statusOf(id)).toBe('registered');
    expect((await owner.get(`${path}/${id}/history`)).body.history[0]).toMatchObject({
      by: 'system',
      to: 'registered',
    });
    expect((await owner.put(`${path}/${id}`, { status: 'connected' })).body.status).toBe('connected');
    expect((await owner.put(`${path}/${id}`, { status: 'disconnected' })).body.status).toBe('disconnected');
  });

  test('a test that fails says why and changes nothing', async () => {
    const id = await make({ kind: 'grafana', url: 'http://127.0.0.1:1' });
    const { status, body } = await owner.post(`${path}/${id}/ping`);
    expect([status, body.code, await statusOf(id)]).toEqual([500, 'meshery-connection-1702', 'discovered']);
    const untested = await make({ kind: 'meshery' });
    expect((await owner.post(`${path}/${untested}/ping`)).status).toBe(501);
  });

  test('of many that change one at the same time, one wins and the others are refused', async () => {
    const id = await make({ kind: 'meshery', status: 'registered' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => owner.post(`${path}/register`, { id, kind: 'meshery', status: 'connect' })),
    );
    const won = answers.filter(({ status }) => status === 200).length;
    expect([won, answers.filter(({ status }) => status === 409).length]).toEqual([1, 19]);
    const { history } = (await owner.get(`${path}/${id}/history`)).body;
    expect(history.filter(({ isDone }: { isDone: boolean }) => isDone)).toHaveLength(2);
  });
});

describe('controllers of a connection', () => {
  test('POST actions sets the mode of a cluster, and of nothing else', async () => {
    const id = await make();
    const act = (mode: string, on = id) => owner.post(`${path}/${on}/actions`, { action: 'setMeshsyncMode', mode });
    expect((await act('embedded')).status).toBe(200);
    expect((await owner.get(`${path}/${id}`)).body.metadata).toMatchObject({ meshsyncDeploymentMode: 'embedded' });
    expect((await act('operator')).status).toBe(200);
    expect((await owner.get(`${path}/${id}`)).body.metadata).toMatchObject({ meshsyncDeploymentMode: 'operator' });
    expect((await act('sideways')).status).toBe(400);
    expect((await act('embedded', await make({ kind: 'github' }))).status).toBe(400);
    const patch = { metadata: { meshsync_deployment_mode: 'embedded' } };
    expect((await owner.put(`${path}/${await make({ kind: 'github' })}`, patch)).status).toBe(400);
    expect((await owner.post(`${path}/${id}/actions`, { action: 'reboot' })).status).toBe(400);
  });

  test('PUT controllers/config overrides the defaults, which GET shows beside what is effective', async () => {
    const id = await make();
    const config = `${path}/${id}/controllers/config`;
    const { body: before } = await owner.get(config);
    expect([before.override, before.effective]).toEqual([undefined, before.default]);
    const override = { broker: { replicas: 3 }, meshsync: { debugLogging: true } };
    expect((await owner.put(config, override)).status).toBe(200);
    const { body } = await owner.get(config);
    expect(body.override).toEqual(override);
    expect(body.effective.broker).toEqual({ ...before.default.broker, replicas: 3 });
    const both = { whitelist: [{ resource: 'pods.v1.', events: ['ADDED'] }], blacklist: ['secrets.v1.'] };
    for (const wrong of [{ broker: { replicas: 1e9 } }, { meshsync: { watchList: both } }])
      expect((await owner.put(config, wrong)).status).toBe(400);
    expect((await owner.get(config)).body.override).toEqual(override);
  });

  test('the defaults beside it are those of the server', async () => {
    const id = await make();
    await owner.put(`${path}/${id}/controllers/config`, { broker: { replicas: 3 } });
    const server = await owner.put('/api/system/controllers/config', { meshsync: { outputNamespaces: ['shop'] } });
    const { body } = await owner.get(`${path}/${id}/controllers/config`);
    expect(body.default).toMatchObject({ meshsync: server.body.meshsync, broker: { replicas: 1 } });
    expect(body.effective).toMatchObject({ meshsync: { outputNamespaces: ['shop'] }, broker: { replicas: 3 } });
    await owner.put('/api/system/controllers/config', {});
  });
});

describe('/api/environments/{id}/connections', () => {
  test('POST assigns, GET lists what is and what could be, DELETE unassigns', async () => {
    const environment = (await owner.post('/api/environments', { name: 'e', organizationId: owner.organizationId }))
      .body.id;
    const id = await make({ name: 'assigned' });
    const list = `/api/environments/${environment}/connections`;
    for (let times = 0; times < 2; times += 1) {
      expect((await owner.post(`${list}/${id}`)).body).toMatchObject({ totalCount: 1, connections: [{ id }] });
    }
    const inIt = { id: environment, name: 'e', schemaVersion: 'environments.meshery.io/v1beta3' };
    expect((await owner.get(`${path}/${id}`)).body.environments).toMatchObject([inIt]);
    expect((await owner.get(`/api/environments/${environment}`)).body).toMatchObject(inIt);
    const free = await owner.get(`${list}?filter=${encodeURIComponent('{"assigned":false}')}&search=assigned`);
    expect(free.body.totalCount).toBe(0);
    expect((await owner.delete(`${list}/${id}`)).status).toBe(204);
    expect((await owner.delete(`${list}/${id}`)).status).toBe(404);
    expect((await owner.get(list)).body.totalCount).toBe(0);
    const foreign = await make({}, stranger);
    expect((await owner.post(`${list}/${foreign}`)).status).toBe(404);
    expect((await viewer.post(`${list}/${id}`)).status).toBe(403);
  });
});
