import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrometheusServer, closeServer, freePort, portOf, waitUntil } from '@meshery/testing';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Metrics of a real Prometheus, and dashboards of a server that answers as Grafana is documented to. */

const connections = '/api/integrations/connections';
const pollMs = 50;

let folder: string;
let server: TestServer;
let owner: Caller;
let viewer: Caller;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-telemetry-'));
  await start();
});
afterAll(async () => {
  await server.stop();
  await Promise.all(fakes.map(closeServer));
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = await startTestServer({ folder, env: { MESHERY_TELEMETRY_POLL_MS: String(pollMs) } });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, `viewer-${randomUUID()}`, 'viewer');
}

async function connected(kind: string, url: string, credentialSecret?: object): Promise<string> {
  const { status, body } = await owner.post(connections, {
    name: 'c',
    kind,
    status: 'connected',
    url,
    credentialSecret,
  });
  expect([status, body]).toEqual([201, expect.objectContaining({ status: 'connected' })]);
  return body.id as string;
}

const discovered = async (kind: string, url: string): Promise<string> =>
  (await owner.post(connections, { name: 'c', kind, status: 'discovered', url })).body.id as string;

const asked = (params: Readonly<Record<string, string>>): string => `?${new URLSearchParams(params).toString()}`;
const now = (): string => String(Date.now() / 1000);

describe('a Prometheus of Debian', () => {
  let prometheus: PrometheusServer;
  let path: string;
  beforeAll(async () => {
    prometheus = await PrometheusServer.start();
    path = `/api/telemetry/prometheus/${await connected('prometheus', prometheus.url)}`;
    await waitUntil({ what: 'the first scrape', timeoutMs: 60_000 }, async () => (await prometheus.value('up')) === 1);
  });
  afterAll(() => prometheus[Symbol.asyncDispose]());

  test('GET ping says that it is reachable, and its version', async () => {
    expect(await owner.get(`${path}/ping`)).toMatchObject({
      status: 200,
      body: { reachable: true, version: expect.stringMatching(/^\d+\.\d+/) },
    });
  });

  test('GET metrics finds names of metrics by a part of them', async () => {
    expect((await owner.get(`${path}/metrics${asked({ search: 'GO_GOROUTINE' })}`)).body).toEqual({
      status: 'success',
      data: ['go_goroutines'],
    });
    expect((await owner.get(`${path}/metrics?limit=2`)).body.data).toHaveLength(2);
    expect((await owner.get(`${path}/metrics?limit=0`)).status).toBe(400);
  });

  test('GET labels, label_values and metadata are its own answers', async () => {
    const { body } = await owner.get(`${path}/labels${asked({ match: 'up' })}`);
    expect(body).toEqual({ status: 'success', data: ['__name__', 'instance', 'job'] });
    expect((await owner.get(`${path}/label_values?label=job`)).body.data).toEqual(['test']);
    expect((await owner.get(`${path}/label_values?label=..%2Fx`)).status).toBe(400);
    expect((await owner.get(`${path}/metadata?metric=go_goroutines`)).body.data).toMatchObject({
      go_goroutines: [{ type: 'gauge' }],
    });
  });

  test('GET query and query_range pass on what it answers; what it does not understand is 400 with its reason', async () => {
    const { body } = await viewer.get(`${path}/query${asked({ query: 'vector(7)' })}`);
    expect(body.data.result).toEqual([{ metric: {}, value: [expect.any(Number), '7'] }]);
    const range = asked({ query: 'vector(7)', start: now(), end: now(), step: '15s' });
    expect((await viewer.get(`${path}/query_range${range}`)).body.data).toMatchObject({ resultType: 'matrix' });
    expect(await owner.get(`${path}/query${asked({ query: 'sum(' })}`)).toMatchObject({
      status: 400,
      body: { code: 'meshery-core-1001', error: expect.stringContaining('parse error') },
    });
  });

  test('POST query_range_batch answers each query by its id; one that fails costs the others nothing', async () => {
    const queries = [
      { id: 'good', query: 'vector(1)' },
      { id: 'bad', query: 'sum(' },
    ];
    const batch = { start: now(), end: now(), step: '15', queries };
    const { status, body } = await viewer.post(`${path}/query_range_batch`, batch);
    expect([status, body]).toMatchObject([
      200,
      {
        results: [
          { id: 'good', response: { status: 'success' } },
          { id: 'bad', error: expect.stringContaining('parse error') },
        ],
      },
    ]);
    for (const wrong of [[], Array.from({ length: 201 }, () => queries[0])]) {
      expect((await owner.post(`${path}/query_range_batch`, { ...batch, queries: wrong })).status).toBe(400);
    }
  });
});

/** A Prometheus that counts how often it is tested. */
async function counted(): Promise<{ readonly url: string; readonly server: Server; tests: number }> {
  const counter = { url: '', tests: 0 };
  const build = { status: 'success', data: { version: '3.0.0' } };
  const answers = ({ url: path }: IncomingMessage): unknown => {
    if (path !== '/api/v1/status/buildinfo') return undefined;
    counter.tests += 1;
    return build;
  };
  const far = await fake(answers, await freePort());
  return Object.assign(counter, far);
}

const panels = [{ query: 'up', title: 'Targets', layout: { w: 12 } }];

describe('panels of metrics', () => {
  test('POST panels keeps them with the connection, GET panels gives them back; viewers may only read', async () => {
    const path = `/api/telemetry/prometheus/${await discovered('prometheus', 'http://127.0.0.1:1')}/panels`;
    expect((await owner.get(path)).body).toEqual({ panels: [] });
    expect(await owner.post(path, { panels })).toMatchObject({ status: 200, body: { panels } });
    expect((await viewer.get(path)).body).toEqual({ panels });
    expect((await viewer.post(path, { panels: [] })).status).toBe(403);
    for (const wrong of [{}, { panels: [{ title: 'x' }] }, { panels: [{ query: '' }] }]) {
      expect((await owner.post(path, wrong)).body).toMatchObject({ code: 'meshery-core-1001' });
    }
    expect((await owner.get(path)).body).toEqual({ panels });
  });

  const health = async (id: string): Promise<{ state: string; since: string; error?: object } | undefined> =>
    (await owner.get(`${connections}/${id}`)).body.metadata.health;
  const found = (id: string, state: string): Promise<unknown> =>
    waitUntil({ what: state, timeoutMs: 60_000 }, async () => (await health(id))?.state === state);
  const keep = (id: string, kept: object[]) => owner.post(`/api/telemetry/prometheus/${id}/panels`, { panels: kept });

  test('a server is tested every 10 s unless told otherwise', async () => {
    const { readConfig } = await import('../src/config.ts');
    const read = readConfig({ argv: [], env: { HOME: folder } });
    expect(read.kind === 'config' && read.config.telemetryPollMs).toBe(10_000);
  });

  test('while a connected server has one it is tested all the time, also after a restart; without one it is not', async () => {
    const [shown, other] = [await counted(), await counted()];
    const [id, otherId] = [await connected('prometheus', shown.url), await connected('prometheus', other.url)];
    expect((await keep(id, panels)).status).toBe(200);
    const atFirst = other.tests;
    const again = async (times = 3): Promise<void> => {
      const before = shown.tests;
      await waitUntil({ what: 'more tests', timeoutMs: 60_000 }, () => shown.tests >= before + times);
    };
    await again();
    await found(id, 'reachable');
    expect(await health(otherId)).toBeUndefined();
    await server.stop();
    await start();
    await again();
    expect(other.tests).toBe(atFirst);

    await closeServer(shown.server);
    await found(id, 'unreachable');
    expect(await health(id)).toMatchObject({ error: { code: 'meshery-connection-1705' } });
    expect((await owner.get(`${connections}/${id}`)).body).toMatchObject({ status: 'connected', metadata: { panels } });
    await listening(shown.server, Number(new URL(shown.url).port));
    await found(id, 'reachable');

    await keep(otherId, panels);
    await keep(id, []);
    const last = shown.tests;
    const others = other.tests;
    await waitUntil({ what: 'tests of the other', timeoutMs: 60_000 }, () => other.tests >= others + 3);
    expect(shown.tests).toBe(last);
    expect((await owner.put(`${connections}/${otherId}`, { status: 'disconnected' })).status).toBe(200);
    const left = other.tests;
    await keep(id, panels);
    await again();
    expect(other.tests).toBe(left);
    await owner.delete(`${connections}/${id}`);
  });
});

describe('a Grafana', () => {
  const board = { uid: 'u1', title: 'Nodes', type: 'dash-db' };
  const visits: string[] = [];
  let path: string;
  beforeAll(async () => {
    const { url } = await fake(({ url: asks = '', headers }) => {
      visits.push(asks);
      if (asks === '/api/health') return { commit: 'c', database: 'ok', version: '12.1.0' };
      if (headers.authorization !== 'Bearer glsa_right') return 401;
      if (asks.startsWith('/api/datasources/proxy/uid/d1/api/v1/query_range?')) {
        return { status: 'success', data: { resultType: 'matrix', result: [] } };
      }
      return {
        '/api/org': { id: 1, name: 'Main Org.' },
        '/api/search?type=dash-db&query=node': [board],
        '/api/search?type=dash-db': [board, { ...board, uid: 'u2' }],
        '/api/dashboards/uid/u1': { meta: { slug: 'nodes' }, dashboard: { uid: 'u1', panels: [{ id: 1 }] } },
        '/api/datasources': [{ id: 1, uid: 'd1', name: 'Prometheus', type: 'prometheus' }],
      }[asks];
    });
    path = `/api/telemetry/grafana/${await connected('grafana', url, { secret: 'glsa_right' })}`;
  });

  test('GET ping says that it is reachable, its version and how its database is', async () => {
    expect((await owner.get(`${path}/ping`)).body).toEqual({ reachable: true, version: '12.1.0', database: 'ok' });
  });

  test('GET boards, boards/{uid} and datasources are its own answers; a board that is not there is 404', async () => {
    expect((await viewer.get(`${path}/boards`)).body).toHaveLength(2);
    expect((await viewer.get(`${path}/boards?search=node`)).body).toEqual([board]);
    expect((await viewer.get(`${path}/boards/u1`)).body.dashboard.panels).toEqual([{ id: 1 }]);
    expect(await viewer.get(`${path}/boards/u9`)).toMatchObject({ status: 404, body: { code: 'meshery-core-1002' } });
    const before = visits.length;
    expect((await viewer.get(`${path}/boards/..%2F..%2Forg`)).status).toBe(400);
    expect(visits).toHaveLength(before);
    expect((await viewer.get(`${path}/datasources`)).body).toMatchObject([{ uid: 'd1' }]);
  });

  test('GET query_range asks a data source; one that is not there is 404', async () => {
    const range = { query: 'up', start: '1', end: '2', step: '15' };
    expect((await viewer.get(`${path}/query_range${asked({ ds: 'd1', ...range })}`)).body.data.resultType).toBe(
      'matrix',
    );
    expect(visits.at(-1)).toBe('/api/datasources/proxy/uid/d1/api/v1/query_range?query=up&start=1&end=2&step=15');
    expect((await viewer.get(`${path}/query_range${asked({ ds: 'd9', ...range })}`)).status).toBe(404);
    expect((await viewer.get(`${path}/query_range${asked({ ds: '../x', ...range })}`)).status).toBe(400);
  });

  test('POST query_range_batch asks several data sources; one that fails costs the others nothing', async () => {
    const queries = [
      { id: 'a', ds: 'd1', query: 'up' },
      { id: 'b', ds: 'd9', query: 'up' },
      { id: 'c', ds: '../x', query: 'up' },
    ];
    const { body } = await viewer.post(`${path}/query_range_batch`, { start: 1, end: 2, step: 15, queries });
    expect(body.results).toMatchObject([
      { id: 'a', response: { status: 'success' } },
      { id: 'b', error: expect.stringContaining('does not have') },
      { id: 'c', error: expect.stringContaining('"ds"') },
    ]);
  });

  test('POST pinned keeps boards with the connection, GET pinned gives them back', async () => {
    const pinned = [{ uid: 'u1', title: 'Nodes' }];
    expect((await owner.get(`${path}/pinned`)).body).toEqual({ pinned: [] });
    expect(await owner.post(`${path}/pinned`, { pinned })).toMatchObject({ status: 200, body: { pinned } });
    expect((await viewer.get(`${path}/pinned`)).body).toEqual({ pinned });
    expect((await viewer.post(`${path}/pinned`, { pinned: [] })).status).toBe(403);
    expect((await owner.post(`${path}/pinned`, { pinned: [{ uid: '../x' }] })).status).toBe(400);
  });
});

test.each(['prometheus', 'grafana'])('a %s that does not answer is 502, and its ping an event', async (kind) => {
  const path = `/api/telemetry/${kind}/${await discovered(kind, 'http://127.0.0.1:1')}`;
  const failed = { status: 502, body: { code: 'meshery-telemetry-2200' } };
  expect(await owner.get(`${path}/ping`)).toMatchObject(failed);
  expect(await owner.get(`${path}/${kind === 'grafana' ? 'boards' : 'labels'}`)).toMatchObject(failed);
  const { body } = await owner.get(`/api/system/events?category=${encodeURIComponent('["telemetry"]')}`);
  const about = (body.events as { description: string; severity: string }[]).filter(({ description }) =>
    description.toLowerCase().startsWith(kind),
  );
  expect(about).toMatchObject([{ severity: 'error' }]);
});

test('a connection of another kind is 400, of another organization and none 404', async () => {
  const id = await discovered('grafana', 'http://127.0.0.1:1');
  expect(await owner.get(`/api/telemetry/prometheus/${id}/labels`)).toMatchObject({
    status: 400,
    body: { code: 'meshery-core-1001' },
  });
  const stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
  expect((await stranger.get(`/api/telemetry/grafana/${id}/boards`)).status).toBe(404);
  expect((await owner.get('/api/telemetry/grafana/x/boards')).status).toBe(400);
});

const fakes: Server[] = [];

/** A server of the web on loopback: an object is answered as JSON, a number as a status, nothing as 404. */
async function fake(
  answers: (request: IncomingMessage) => unknown,
  port = 0,
): Promise<{ readonly url: string; readonly server: Server }> {
  const far = createServer((request, response) => {
    const answer = answers(request);
    const isStatus = typeof answer === 'number' || answer === undefined;
    response.writeHead(isStatus ? (answer ?? 404) : 200).end(JSON.stringify(isStatus ? { message: 'no' } : answer));
  });
  fakes.push(far);
  await listening(far, port);
  return { url: `http://127.0.0.1:${String(portOf(far))}`, server: far };
}

function listening(far: Server, port: number): Promise<void> {
  return new Promise<void>((resolve) => far.listen(port, '127.0.0.1', resolve));
}
