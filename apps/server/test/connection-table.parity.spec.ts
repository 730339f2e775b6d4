import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitUntil } from '@meshery/testing';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What Meshery's table of connections says that kinds of servers have, and what it says that there is not. */

const path = '/api/integrations/connections';

let server: TestServer;
let owner: Caller;
let far: Server;
let farUrl: string;
let heard: string[];
beforeAll(async () => {
  const answers: Readonly<Record<string, unknown>> = {
    '/api/v1/status/buildinfo': { status: 'success', data: { version: '3.5.0' } },
    '/api/health': { database: 'ok', version: '12.1.0' },
  };
  far = createServer(({ url = '' }, response) => {
    heard.push(url);
    response.writeHead(answers[url] === undefined ? 404 : 200).end(JSON.stringify(answers[url] ?? {}));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  farUrl = `http://127.0.0.1:${String((far.address() as AddressInfo).port)}`;
  server = await startTestServer({ env: { MESHERY_TELEMETRY_POLL_MS: '50' } });
  owner = Caller.owner(server);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await new Promise((resolve) => far.close(resolve));
});
beforeEach(() => {
  heard = [];
});

async function make(kind: string, as = 'discovered'): Promise<string> {
  const { status, body } = await owner.post(path, { name: 'c', kind, status: as, url: farUrl });
  expect(status).toBe(201);
  return body.id as string;
}

/** Everything that the UI is told to offer for a kind: its forms, and what may become of one. */
async function offered(kind: string): Promise<string> {
  const { body: forms } = await owner.post(`${path}/register`, { kind, status: 'initialize' });
  const { body: made } = await owner.get(`${path}/${await make(kind)}`);
  return JSON.stringify([forms, made.transitionMap]);
}

/** The routes that published clients know of a kind. */
function routesOf(kind: string): string[] {
  const text = readFileSync(new URL('../../../tools/parity/rest-surface.json', import.meta.url), 'utf8');
  const { sections } = JSON.parse(text) as { sections: { routes: { path: string }[] }[] };
  return sections.flatMap(({ routes }) => routes.map((route) => route.path)).filter((route) => route.includes(kind));
}

/** The code with which an operation of GraphQL is refused. */
async function refusal(query: string): Promise<unknown> {
  const { body } = await owner.post('/api/system/graphql/query', { query });
  return body.errors?.[0]?.extensions?.mesheryCode;
}

async function refusesActions(kind: string, ...actions: string[]): Promise<void> {
  const id = await make(kind);
  const before = (await owner.get(`${path}/${id}`)).body;
  for (const action of actions) {
    const { status, body } = await owner.post(`${path}/${id}/actions`, { action });
    expect([action, status, body.code]).toEqual([action, 400, 'meshery-core-1001']);
  }
  expect((await owner.get(`${path}/${id}`)).body).toEqual(before);
}

test.each(['grafana', 'prometheus'])(
  'a %s server is connected by its address, tested by a click and disconnected by its X',
  async (kind) => {
    const event = { kind, name: kind, metadata: { url: farUrl }, status: 'connect' };
    const { body: forms } = await owner.post(`${path}/register`, { kind, status: 'initialize' });
    expect((await owner.post(`${path}/register`, { ...event, id: forms.id })).status).toBe(200);
    expect((await owner.get(`${path}/${forms.id}`)).body).toMatchObject({ status: 'connected', url: farUrl });
    const calls = heard.length;
    expect((await owner.post(`${path}/${forms.id}/ping`)).body.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(heard.length).toBeGreaterThan(calls);
    const { body: left } = await owner.put(`${path}/${forms.id}`, { status: 'disconnected' });
    expect(left.status).toBe('disconnected');
  },
);

test.each(['grafana', 'prometheus'])('mesheryctl has no way to connect a %s server', async (kind) => {
  const count = async (): Promise<number> => (await owner.get(`${path}?kind=${kind}`)).body.totalCount as number;
  const before = await count();
  const upload = (text: string) => {
    const form = new FormData();
    form.set('k8sfile', new Blob([text]), 'config.yaml');
    form.set('kind', kind);
    return owner.upload('/api/system/kubernetes', form);
  };
  const refused = await upload(farUrl);
  expect([refused.status, refused.body.code]).toEqual([400, 'meshery-kube-1301']);
  const { body: buckets } = await upload(JSON.stringify({ kind, url: farUrl }));
  expect(Object.values(buckets)).toEqual([[], [], [], []]);
  expect([await count(), heard]).toEqual([before, []]);
  expect(routesOf(kind).filter((route) => /connect|register/.test(route.replaceAll(/\{.*?\}/g, '')))).toEqual([]);
});

test.each(['grafana', 'operator'])('nothing tests %s connections all the time', async (kind) => {
  const id = await make(kind);
  const watch = { action: 'setMeshsyncMode', mode: 'embedded' };
  expect(await owner.post(`${path}/${id}/actions`, watch)).toMatchObject({
    status: 400,
    body: { code: 'meshery-core-1001' },
  });
  expect((await owner.put(`${path}/${id}/controllers/config`, {})).body.code).toBe('meshery-core-1001');
  expect((await owner.get(`${path}/${id}/controllers`)).body.code).toBe('meshery-core-1002');
  await refusesActions(kind, 'watch', 'monitor', 'subscribe');
  expect([(await offered(kind)).match(/watch|monitor/i), heard]).toEqual([null, []]);
});

test.each(['kubernetes', 'grafana', 'adapter', 'operator'])(
  'there is no synthetic check of %s connections',
  async (kind) => {
    await refusesActions(kind, 'check', 'syntheticCheck', 'probe');
    const { status, body } = await owner.post(`${path}/${await make(kind)}/check`);
    expect([status, body.code, heard]).toEqual([400, 'meshery-connection-1709', []]);
    expect((await offered(kind)).match(/synthetic|check/i)).toBeNull();
    expect(routesOf(kind).filter((route) => /synthetic|check/.test(route))).toEqual([]);
  },
);

test.each(['kubernetes', 'grafana', 'prometheus'])('nothing deploys or undeploys %s connections', async (kind) => {
  await refusesActions(kind, 'deploy', 'undeploy');
  expect((await offered(kind)).match(/deploy/i)).toBeNull();
  expect(routesOf(kind).filter((route) => /deploy/.test(route))).toEqual([]);
  // What mesheryctl and the toggles of the UI deploy is in a list of adapters, or is the operator of a cluster.
  expect(JSON.stringify((await owner.get('/api/system/availableAdapters')).body)).not.toMatch(new RegExp(kind, 'i'));
  for (const status of ['enabled', 'disabled']) {
    const asked = { adapterName: kind, targetStatus: status };
    expect((await owner.post('/api/system/adapter/status', asked)).body.code).toBe('meshery-core-1001');
    const toggle = `input: { targetStatus: ${status.toUpperCase()}, adapter: "${kind}", targetPort: "" }`;
    expect(await refusal(`mutation { changeAdapterStatus(${toggle}) }`)).toBe('meshery-core-1001');
  }
  expect((await owner.get('/api/system/operations')).body.totalCount).toBe(0);
});

test.each(['grafana', 'prometheus'])('a %s server has no operator to switch on or off', async (kind) => {
  const id = await make(kind);
  for (const status of ['ENABLED', 'DISABLED']) {
    const input = `input: { targetStatus: ${status}, connectionID: "${id}" }`;
    expect(await refusal(`mutation { changeOperatorStatus(${input}) }`)).toMatch(
      /^meshery-(core-1001|connection-17\d\d)$/,
    );
  }
});

test('a connected Grafana with pinned boards is left alone while the Prometheus beside it is tested all the time', async () => {
  const [grafana, prometheus] = [await make('grafana', 'connected'), await make('prometheus', 'connected')];
  const pinned = [{ uid: 'u1', title: 'Nodes' }];
  expect((await owner.post(`/api/telemetry/grafana/${grafana}/pinned`, { pinned })).status).toBe(200);
  heard = [];
  const panels = [{ title: 'Up', query: 'up' }];
  expect((await owner.post(`/api/telemetry/prometheus/${prometheus}/panels`, { panels })).status).toBe(200);
  await waitUntil({ what: 'ten tests', timeoutMs: 60_000 }, () => heard.length >= 10);
  await owner.delete(`${path}/${prometheus}`);
  expect(new Set(heard)).toEqual(new Set(['/api/v1/status/buildinfo']));
});
