import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { healthServiceDefinition } from '@meshery/contracts/grpc';
import { freePort, waitUntil } from '@meshery/testing';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { ScriptedAdapter } from './scripted-adapter.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Adapters over REST, with adapters that speak the published contract over real gRPC. */

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
let named: ScriptedAdapter;
let added: ScriptedAdapter;
/** Where nothing listens. */
let deadPort: number;
beforeAll(async () => {
  named = await ScriptedAdapter.start();
  added = await ScriptedAdapter.start();
  deadPort = await freePort();
  // The pause between two tests is so long that only what a test asks for is heard.
  server = await startTestServer({
    env: { ADAPTER_URLS: `${named.location}, localhost:${String(deadPort)}`, MESHERY_ADAPTERS_POLL_MS: '3600000' },
  });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
});
afterAll(async () => {
  await server.stop();
  named.stop();
  added.stop();
});
afterEach(() => {
  named.mood = 'answers';
  added.mood = 'answers';
});

const list = '/api/system/adapters';
const manage = '/api/system/adapter/manage';
const connections = '/api/integrations/connections';

/** Posts a form, as published clients do. */
async function form(by: Caller, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const headers = { ...by.headers, 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const add = (location: string, by = owner): Promise<Answer> => form(by, manage, { meshLocationURL: location });
const drop = (location: string, by = owner): Promise<Answer> =>
  by.delete(`${manage}?adapter=${encodeURIComponent(location)}`);
const ping = (location: string, by = owner): Promise<Answer> =>
  by.get(`${list}?adapter=${encodeURIComponent(location)}`);

interface Row {
  readonly id: string;
  readonly url: string;
  readonly status: string;
  readonly metadata: { readonly health?: { readonly state: string; readonly since: string } };
}

async function rowOf(location: string): Promise<Row | undefined> {
  const { body } = await owner.get(`${connections}?kind=adapter&pagesize=all`);
  return (body as { connections: Row[] }).connections.find(({ url }) => url === `http://${location}`);
}

const istio = { name: 'ISTIO', version: 'v0.9.1', git_commit_sha: 'abc123' };
const ops = [
  { key: 'istio', value: 'Istio Service Mesh', category: 0 },
  { key: 'bookinfo', value: 'BookInfo', category: 1 },
];

describe('adapters that the configuration names', () => {
  test('are connections at the start, and none of them was dialled', async () => {
    expect(named.heard).toEqual([]);
    const rows = [await rowOf(named.location), await rowOf(`localhost:${String(deadPort)}`)];
    expect(rows.map((row) => row?.status)).toEqual(['connected', 'connected']);
  });

  test('GET /api/system/adapters, which system check asks, dials them: the ops of one that is down are null', async () => {
    const { status, body } = await owner.get(list);
    expect(status).toBe(200);
    expect(body).toEqual([
      { adapter_location: named.location, ...istio, ops },
      { adapter_location: `localhost:${String(deadPort)}`, name: '', version: '', git_commit_sha: '', ops: null },
    ]);
    expect(named.heard).toContain('SupportedOperations');
  });

  test('what was found is kept with its time, and clients cannot write it', async () => {
    const dead = await rowOf(`localhost:${String(deadPort)}`);
    expect(dead?.metadata.health).toMatchObject({
      state: 'unreachable',
      since: expect.stringMatching(/^20/),
      error: { code: 'meshery-connection-1705', message: expect.stringContaining(String(deadPort)) },
    });
    const forged = { state: 'reachable', since: 'now' };
    await owner.put(`${connections}/${dead?.id ?? ''}`, { metadata: { health: forged, mine: 1 } });
    const after = await rowOf(`localhost:${String(deadPort)}`);
    expect(after?.metadata).toEqual({ ...dead?.metadata, mine: 1 });
  });

  test('GET /api/system/sync, which every refresh of the UI asks, looks at each of them', async () => {
    await waitUntil({ what: 'an answer that is not fresh any more', timeoutMs: 60_000, everyMs: 200 }, async () => {
      const before = named.times('SupportedOperations');
      const { body } = await owner.get('/api/system/sync');
      expect(body.meshAdapters).toMatchObject([
        { adapter_location: named.location, name: 'ISTIO' },
        { adapter_location: `localhost:${String(deadPort)}`, ops: null },
      ]);
      return named.times('SupportedOperations') > before;
    });
  });
});

describe('POST /api/system/adapter/manage', () => {
  test('connects what answers, and takes it once', async () => {
    const { status, body } = await add(added.location);
    expect([status, body.length]).toEqual([200, 3]);
    expect(body.at(-1)).toEqual({ adapter_location: added.location, ...istio, ops });
    expect((await owner.post(manage, { meshLocationURL: `http://${added.location}/` })).body).toHaveLength(3);
    expect(await rowOf(added.location)).toMatchObject({ status: 'connected', kind: 'adapter', name: added.location });
  });

  test.each([
    ['nothing', ''],
    ['a host alone', 'localhost'],
    ['another scheme', 'https://localhost:10000'],
    ['a user', 'http://me@localhost:10000'],
    ['a path', 'localhost:10000/x'],
    ['a port that there is not', 'localhost:70000'],
    ['port 0', 'localhost:0'],
    ['a character 0', 'local\0host:10000'],
    ['too much', `${'a'.repeat(400)}:1`],
    ['an address that is called for nobody', '169.254.169.254:80'],
  ])('refuses %s', async (_what, location) => {
    const before = (await owner.get(list)).body.length as number;
    const { status, body } = await add(location);
    expect([status, body.code]).toEqual([400, expect.stringMatching(/^meshery-(core-1001|connection-1704)$/)]);
    expect((await owner.get(list)).body).toHaveLength(before);
  });

  test('what does not answer, or not as an adapter, is 500 with a remedy, and leaves nothing', async () => {
    const web = createServer((_request, response) => response.end('no gRPC'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const other = new Server();
    other.addService(healthServiceDefinition, { check: () => undefined, watch: () => undefined });
    const port = await new Promise<number>((resolve, reject) => {
      other.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    const places: (readonly [string, RegExp])[] = [
      [`127.0.0.1:${String(await freePort())}`, /cannot be reached/],
      [`127.0.0.1:${String((web.address() as AddressInfo).port)}`, /cannot be reached/],
      [`127.0.0.1:${String(port)}`, /does not answer as an adapter/],
    ];
    for (const [location, message] of places) {
      const { status, body } = await add(location);
      expect([status, body.code]).toEqual([500, 'meshery-connection-1702']);
      expect([body.error ?? body.message, body.suggestedRemediation]).toEqual([
        expect.stringMatching(message),
        [expect.stringMatching(/\w/)],
      ]);
      expect(await rowOf(location)).toBeUndefined();
    }
    other.forceShutdown();
    await new Promise((resolve) => web.close(resolve));
  });

  test('one that hangs is given up after its deadline, one that fails says how', async () => {
    const odd = await ScriptedAdapter.start();
    odd.mood = 'hangs';
    expect((await add(odd.location)).status).toBe(500);
    odd.mood = 'refuses';
    expect(JSON.stringify((await add(odd.location)).body)).toContain('out of order');
    odd.stop();
  });

  test('a connection that says no place harms nobody', async () => {
    const event = { kind: 'adapter', name: 'nowhere', status: 'connect', skipCredentialVerification: true };
    const { body: forms } = await owner.post(`${connections}/register`, { kind: 'adapter', status: 'initialize' });
    expect((await owner.post(`${connections}/register`, { ...event, id: forms.id })).status).toBe(200);
    expect((await owner.get(list)).body).toHaveLength(3);
    const test = await owner.post(`${connections}/${forms.id}/ping`);
    expect([test.status, test.body.code]).toEqual([400, 'meshery-core-1001']);
    expect((await owner.delete(`${connections}/${forms.id}`)).status).toBe(200);
  });

  test('a viewer may not', async () => {
    expect([(await add(added.location, viewer)).status, (await drop(added.location, viewer)).status]).toEqual([
      403, 403,
    ]);
  });
});

describe('GET /api/system/adapters?adapter=', () => {
  test('asks the adapter at every click', async () => {
    const before = added.times('MeshName');
    expect([await ping(added.location), await ping(added.location, viewer)]).toEqual([
      { status: 200, body: {} },
      { status: 200, body: {} },
    ]);
    expect(added.times('MeshName')).toBe(before + 2);
    expect((await owner.post(`${connections}/${(await rowOf(added.location))?.id ?? ''}/ping`)).body).toEqual({
      version: 'v0.9.1',
    });
  });

  test('one that does not answer is 500, one that is not connected or no place at all 400', async () => {
    const dead = await ping(`localhost:${String(deadPort)}`);
    expect([dead.status, dead.body.code]).toEqual([500, 'meshery-connection-1702']);
    for (const location of ['localhost:1', 'x', '']) {
      expect(await ping(location)).toMatchObject({ status: 400, body: { code: 'meshery-core-1001' } });
    }
    const twice = await owner.get(`${list}?adapter=${added.location}&adapter=${named.location}`);
    expect([twice.status, twice.body.code]).toEqual([400, 'meshery-core-1001']);
  });

  test('a stranger has none of them', async () => {
    expect((await stranger.get(list)).body).toEqual([]);
    expect((await ping(added.location, stranger)).status).toBe(400);
    expect((await drop(added.location, stranger)).status).toBe(400);
  });
});

test('one adapter that hangs costs the others nothing but its own deadline', async () => {
  named.mood = 'hangs';
  const rows = await waitUntil({ what: 'the one that hangs', timeoutMs: 60_000, everyMs: 100 }, async () => {
    const { body } = await owner.get(list);
    return (body as { ops: unknown }[])[0]?.ops === null ? (body as { ops: unknown; name: string }[]) : undefined;
  });
  expect(rows.map((row) => [row.name, row.ops === null])).toEqual([
    ['ISTIO', true],
    ['', true],
    ['ISTIO', false],
  ]);
});

describe('POST /api/system/adapter/operation', () => {
  const operation = '/api/system/adapter/operation';
  const install = (adapter: string, by = owner, more: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    form(by, operation, { adapter, query: 'istio', customBody: '', namespace: '', deleteOp: '', ...more });

  /** The newest operation, once it has ended. */
  const ended = (): Promise<{ id: string; state: string; kind: string; error: { code: string; message: string } }> =>
    waitUntil({ what: 'the end of the operation', timeoutMs: 60_000 }, async () => {
      const [newest] = (await owner.get('/api/system/operations?pagesize=1')).body.operations;
      return newest.state === 'running' ? undefined : newest;
    });

  const heard = (): Promise<unknown> =>
    waitUntil({ what: 'a listener', timeoutMs: 60_000 }, () => named.listeners === 1 && added.listeners === 1);

  const eventsOf = async (category: string, by = owner): Promise<object[]> => {
    const query = encodeURIComponent(JSON.stringify([category]));
    return ((await by.get(`/api/system/events?category=${query}`)).body as { events: object[] }).events;
  };

  test('without a connected cluster it is refused, and the adapter hears nothing', async () => {
    const { status, body } = await install(added.location);
    expect([status, body.code, added.applied]).toEqual([400, 'meshery-core-1001', []]);
    expect(body.suggestedRemediation[0]).toContain('Connect a cluster');
  });

  test('hands it to the adapter with the way to every connected cluster, and ends with its event', async () => {
    const secret = {
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443' } }],
      users: [{ name: 'u', user: { token: 'open-sesame' } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'c',
    };
    const event = { kind: 'kubernetes', name: 'c', status: 'connect', skipCredentialVerification: true };
    const kubeconfig = { credentialSecret: { kubeconfig: JSON.stringify(secret) } };
    expect((await owner.post(`${connections}/register`, { ...event, ...kubeconfig })).status).toBe(200);
    await owner.get(list);
    await heard();
    const answer = await install(added.location, owner, { namespace: 'mesh', version: '1.24.0' });
    expect(answer).toEqual({ status: 200, body: undefined });
    const [request] = added.applied;
    expect(request).toMatchObject({ opName: 'istio', namespace: 'mesh', version: '1.24.0', deleteOp: false });
    expect(request?.kubeConfigs.map((text) => JSON.parse(text))).toMatchObject([
      { clusters: [{ cluster: secret.clusters[0]?.cluster }], users: [{ user: { token: 'open-sesame' } }] },
    ]);
    const { operationId = '' } = request ?? {};
    expect((await owner.get(`/api/system/operations/${operationId}`)).body).toMatchObject({ state: 'running' });
    added.emit({ operationId, summary: 'Istio installed', details: 'istio 1.24.0', componentName: 'ISTIO' });
    expect(await ended()).toMatchObject({ id: operationId, state: 'succeeded', kind: 'adapter.deploy' });
    expect(await eventsOf('istio')).toMatchObject([
      { operationId, action: 'deploy', description: 'Istio installed', metadata: { details: 'istio 1.24.0' } },
    ]);
    expect(JSON.stringify(server.lines)).not.toContain('open-sesame');
  });

  test('a removal says so; an error of the adapter, with its remedy, is that of the operation', async () => {
    expect((await install(added.location, owner, { deleteOp: 'on' })).status).toBe(200);
    const request = added.applied.at(-1);
    const { operationId = '' } = request ?? {};
    expect(request).toMatchObject({ deleteOp: true, namespace: 'default' });
    const fault = { summary: 'no such release', errorCode: '1033', suggestedRemediation: 'Install it first.' };
    added.emit({ ...fault, operationId, eventType: 2, componentName: 'ISTIO' });
    expect(await ended()).toMatchObject({
      kind: 'adapter.undeploy',
      state: 'failed',
      error: { code: 'meshery-connection-1702', message: expect.stringContaining('no such release') },
    });
  });

  test('what the adapter refuses is 500 and a failed operation', async () => {
    added.applyError = 'unknown operation';
    const { status, body } = await install(added.location);
    expect([status, body.code]).toEqual([500, 'meshery-connection-1702']);
    expect(await ended()).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('unknown op') } });
    added.applyError = '';
  });

  test('an adapter that goes away before it said how it ended fails the operation', async () => {
    await heard();
    expect((await install(added.location)).status).toBe(200);
    added.stop();
    expect(await ended()).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('went away') } });
    await added.listen();
  });

  test('an event of an operation that nobody began here is kept without it', async () => {
    await heard();
    named.emit({ operationId: owner.organizationId, summary: 'it was removed', componentName: 'odd one!' });
    const [event] = await waitUntil({ what: 'the event', timeoutMs: 60_000 }, async () => {
      const events = await eventsOf('odd-one-');
      return events.length > 0 ? events : undefined;
    });
    expect(event).toMatchObject({ operationId: null, action: 'undeploy' });
    expect(await eventsOf('odd-one-', stranger)).toEqual([]);
  });

  test('one that was only added gets the keys of clusters from administrators alone, one of the configuration from writers', async () => {
    const editor = await Caller.signUp(server, 'edda', 'editor');
    const applied = added.applied.length;
    expect(await install(added.location, editor)).toMatchObject({ status: 403, body: { code: 'meshery-auth-1202' } });
    expect(added.applied).toHaveLength(applied);
    expect((await install(named.location, editor)).status).toBe(200);
    named.emit({ operationId: named.applied.at(-1)?.operationId ?? '', summary: 'done' });
    expect((await ended()).state).toBe('succeeded');
  });

  test('viewers and strangers may not', async () => {
    expect((await install(named.location, viewer)).status).toBe(403);
    expect((await install(named.location, stranger)).status).toBe(400);
  });

  test.each([
    ['an adapter that is not connected', { adapter: 'localhost:1' }],
    ['no place', { adapter: 'x' }],
    ['no operation', { query: '' }],
    ['a namespace that there cannot be', { namespace: '../kube-system' }],
    ['an operation that is too long', { query: 'x'.repeat(300) }],
  ])('refuses %s', async (_what, fields) => {
    const applied = added.applied.length;
    const { status, body } = await install(added.location, owner, fields);
    expect([status, body.code, added.applied.length]).toEqual([400, 'meshery-core-1001', applied]);
  });
});

describe('DELETE /api/system/adapter/manage', () => {
  test('is the X of a chip: it is disconnected, stays known, and comes back when it is added again', async () => {
    await waitUntil({ what: 'a listener', timeoutMs: 60_000 }, () => added.listeners === 1);
    const { status, body } = await drop(added.location);
    expect([status, body.length]).toEqual([200, 2]);
    expect((await rowOf(added.location))?.status).toBe('disconnected');
    await waitUntil({ what: 'the end of the stream', timeoutMs: 60_000 }, () => added.listeners === 0);
    const calls = added.heard.length;
    await owner.get('/api/system/sync');
    expect(added.heard).toHaveLength(calls);
    expect((await drop(added.location)).status).toBe(400);
    expect((await add(added.location)).body).toHaveLength(3);
    expect((await rowOf(added.location))?.status).toBe('connected');
  });

  test.each(['', '?adapter=', '?adapter=x', '?adapter=a:1&adapter=b:2'])('refuses %s', async (query) => {
    expect(await owner.delete(`${manage}${query}`)).toMatchObject({ status: 400, body: { code: 'meshery-core-1001' } });
  });
});

test('GET /api/system/availableAdapters names what can be used, to everybody', async () => {
  const response = await fetch(`${server.url}/api/system/availableAdapters`);
  const body = (await response.json()) as { name: string; adapter_location: string }[];
  expect(response.status).toBe(200);
  expect(body).toHaveLength(10);
  expect(body).toContainEqual({ name: 'meshery-istio', adapter_location: '10000' });
  expect(body).toContainEqual({ name: 'meshery-nighthawk', adapter_location: '10013' });
});

test('GET /api/mesh names service meshes in both spellings', async () => {
  const { status, body } = await viewer.get('/api/mesh');
  expect(status).toBe(200);
  expect(body.availableMeshes).toEqual(expect.arrayContaining(['Istio', 'Linkerd', 'Open Service Mesh']));
  expect(body.available_meshes).toEqual(body.availableMeshes);
  expect((await fetch(`${server.url}/api/mesh`)).status).toBe(401);
});
