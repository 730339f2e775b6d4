import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import {
  NatsServer,
  PrometheusServer,
  closeServer,
  freePort,
  issue,
  newAuthority,
  portOf,
  waitUntil,
} from '@meshery/testing';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Ad hoc tests and synthetic checks: a real Prometheus, real brokers, and servers built to what theirs is documented to be. */

const path = '/api/integrations/connections';

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
});
afterAll(() => server.stop());

async function make(kind: string, url: string, credentialSecret?: object): Promise<string> {
  const { status, body } = await owner.post(path, { name: 'c', kind, status: 'discovered', url, credentialSecret });
  expect([status, body]).toEqual([201, expect.anything()]);
  return body.id as string;
}

const ping = (id: string): Promise<Answer> => owner.post(`${path}/${id}/ping`);
const check = (id: string): Promise<Answer> => owner.post(`${path}/${id}/check`);
const passed = { result: 'ok', time: expect.stringMatching(/^20\d\d-.*Z$/), latencyMs: expect.any(Number) };

/** Connects what is only discovered, as its user does. */
async function connect(id: string): Promise<void> {
  for (const status of ['registered', 'connected']) {
    expect((await owner.put(`${path}/${id}`, { status })).body).toMatchObject({ status });
  }
}

describe('a broker', () => {
  const authority = newAuthority('brokers');
  const user = { secret: 'bridge:right' };
  const known = { ...user, ca: authority.certificatePem };
  let plain: NatsServer;
  let encrypted: NatsServer;
  beforeAll(async () => {
    const { certificatePem, keyPem } = issue(authority, {
      subject: { commonName: 'broker' },
      names: ['broker.example.com', '127.0.0.1'],
    });
    plain = await NatsServer.start({ users: { bridge: 'right' } });
    encrypted = await NatsServer.start({ users: { bridge: 'right' }, tls: { certificatePem, keyPem } });
  });
  afterAll(() => Promise.all([plain.stop(), encrypted.stop()]));
  const at = (broker: NatsServer, scheme = 'nats'): string => `${scheme}://127.0.0.1:${String(broker.port)}`;

  test('is dialled by this server itself, which says its version; with TLS by the address and authority of its certificate', async () => {
    const id = await make('broker', at(plain), user);
    expect(await ping(id)).toMatchObject({ status: 200, body: { version: expect.stringMatching(/^2\.\d+/) } });
    expect((await owner.get(`${path}/${id}`)).body.status).toBe('registered');
    const tls = await make('broker', at(encrypted, 'tls'), known);
    expect((await ping(tls)).status).toBe(200);
    await connect(tls);
  });

  test.each([
    ['a name that there is not', 'meshery-connection-1710', () => make('broker', 'nats://broker.invalid:4222', user)],
    [
      'a port that nobody listens on',
      'meshery-connection-1711',
      async () => make('broker', `nats://127.0.0.1:${String(await freePort())}`, user),
    ],
    [
      'a certificate of an unknown authority',
      'meshery-connection-1712',
      () => make('broker', at(encrypted, 'tls'), user),
    ],
    [
      'a certificate for another name',
      'meshery-connection-1712',
      () => make('broker', at(encrypted, 'tls').replace('127.0.0.1', 'localhost'), known),
    ],
    ['TLS where there is none', 'meshery-connection-1712', () => make('broker', at(plain, 'tls'), user)],
    ['a wrong password', 'meshery-connection-1713', () => make('broker', at(plain), { secret: 'bridge:wrong-pass' })],
    ['no credential', 'meshery-connection-1713', () => make('broker', at(plain))],
    [
      'a program that is no broker',
      'meshery-connection-1714',
      async () => make('broker', `nats://${addressOf(await listening(rude()))}`, user),
    ],
    [
      'an address that is never called',
      'meshery-connection-1704',
      () => make('broker', 'nats://169.254.169.254', user),
    ],
    ['no address at all', 'meshery-core-1001', () => make('broker', '')],
  ])('%s is told apart, with a remedy of its own', async (_what, code, made) => {
    const id = await made();
    const { body } = await ping(id);
    expect([
      body.code,
      body.suggestedRemediation.length,
      JSON.stringify([body, server.lines]).includes('wrong-pass'),
    ]).toEqual([code, 1, false]);
    expect((await owner.get(`${path}/${id}`)).body.status).toBe('discovered');
    expect((await check(id)).body).toMatchObject({ result: 'failed', code, remedy: body.suggestedRemediation[0] });
  });

  test('is not disconnected by itself: the remedy says what to do', async () => {
    const id = await make('broker', at(plain), user);
    await connect(id);
    const { transitionMap } = (await owner.get(`${path}/${id}`)).body;
    expect(JSON.stringify(transitionMap.connected)).not.toContain('disconnected');
    const { status, body } = await owner.put(`${path}/${id}`, { status: 'disconnected' });
    expect([status, body.code]).toEqual([409, 'meshery-connection-1700']);
    expect(body.suggestedRemediation[0]).toMatch(/^Disconnect its cluster, or undeploy the operator\./);
    expect((await owner.get(`${path}/${id}`)).body.status).toBe('connected');
  });

  test('is checked by a word of ours that comes back', async () => {
    const { status, body } = await check(await make('broker', at(plain), user));
    expect([status, body]).toEqual([200, expect.objectContaining({ ...passed, latency_ms: body.latencyMs })]);
  });

  test('that keeps our word for itself answers, but fails the check', async () => {
    const id = await make('broker', `nats://${addressOf(await listening(mute()))}`, user);
    expect((await ping(id)).status).toBe(200);
    const { body } = await check(id);
    expect(body).toMatchObject({ result: 'failed', code: 'meshery-connection-1714' });
    expect(body.message).toContain('did not come back within 2 s');
    expect(body.remedy).toContain('credentials of the bridge');
  });

  test('other servers that a broker speaks of are not dialled', async () => {
    const visits: string[] = [];
    const hidden = await listening(createServer(() => visits.push('hidden')));
    const info = { server_id: 'x', version: '2.0.0', proto: 1, max_payload: 1, connect_urls: [addressOf(hidden)] };
    const liar = await listening(
      createServer((socket) => {
        visits.push('liar');
        socket.on('error', () => undefined);
        socket.write(`INFO ${JSON.stringify(info)}\r\n`);
        socket.once('data', () => socket.end("-ERR 'Authorization Violation'\r\n"));
      }),
    );
    const { body } = await ping(await make('broker', `nats://${addressOf(liar)}`, user));
    expect([body.code, visits]).toEqual(['meshery-connection-1713', ['liar', 'liar']]);
    await Promise.all([liar, hidden].map(closeServer));
  });
});

describe('a Prometheus', () => {
  let prometheus: PrometheusServer;
  beforeAll(async () => {
    prometheus = await PrometheusServer.start();
  });
  afterAll(() => prometheus[Symbol.asyncDispose]());

  test('of Debian is connected, tested and checked: it answers, and what it scrapes is fresh', async () => {
    const event = { kind: 'prometheus', name: 'prometheus', metadata: { url: prometheus.url } };
    const { id } = (await owner.post(`${path}/register`, { kind: 'prometheus', status: 'initialize' })).body;
    expect((await owner.post(`${path}/register`, { ...event, id, status: 'connect' })).status).toBe(200);
    expect((await owner.get(`${path}/${id}`)).body).toMatchObject({ status: 'connected', url: prometheus.url });
    expect((await ping(id)).body.version).toMatch(/^\d+\.\d+/);
    await waitUntil({ what: 'the first scrape', timeoutMs: 60_000 }, async () => (await prometheus.value('up')) === 1);
    // It scrapes each second: held back for two, it tells the truth about itself.
    const fresh = await waitUntil({ what: 'a check that passes', timeoutMs: 60_000 }, async () => {
      const answer = await check(id);
      return answer.body.result === 'ok' ? answer : undefined;
    });
    expect(fresh).toMatchObject({ status: 200, body: passed });
    expect((await owner.put(`${path}/${id}`, { status: 'disconnected' })).body.status).toBe('disconnected');
  });

  test.each([
    ['scrapes nothing', [], 0, 'scrapes nothing'],
    ['stopped scraping', ['1m', '15s'], 31, '31.0 s old, and its targets are scraped every 15 s'],
    ['missed two scrapes', ['15s'], 30, '30.0 s old, and its targets are scraped every 15 s'],
  ])('that %s fails its check, which says so', async (_what, intervals, age, said) => {
    const url = await scraping(intervals, age);
    const { status, body } = await check(await make('prometheus', url));
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ result: 'failed', code: 'meshery-connection-1705', details: { step: 'scrape' } }),
    ]);
    expect(body.message).toContain(said);
  });

  test('whose newest sample is younger than two intervals passes its check', async () => {
    expect(await check(await make('prometheus', await scraping(['15s'], 29)))).toMatchObject({
      status: 200,
      body: passed,
    });
  });

  test('that answers no queries fails its check', async () => {
    const url = await fake(() => ({ status: 'success', data: { result: [] } }));
    expect((await check(await make('prometheus', url))).body).toMatchObject({
      result: 'failed',
      code: 'meshery-connection-1705',
      details: { step: 'query' },
    });
  });
});

/** A Prometheus whose newest sample is so many seconds old. */
function scraping(intervals: readonly string[], age: number): Promise<string> {
  const answer = (value: number) => ({ status: 'success', data: { result: [{ value: [1000, String(value)] }] } });
  return fake(({ url: asked = '' }) => {
    if (asked === '/api/v1/query?query=vector(1)') return answer(1);
    if (asked.startsWith('/api/v1/query?')) return answer(1000 - age);
    const activeTargets = intervals.map((scrapeInterval) => ({ scrapeInterval }));
    return asked.startsWith('/api/v1/targets') ? { status: 'success', data: { activeTargets } } : undefined;
  });
}

/** Answers as Grafana is documented to (HTTP API: health, organization, data sources, search, dashboards). */
const grafana = (request: IncomingMessage): unknown => {
  const { url = '', headers } = request;
  if (url === '/api/health') return { commit: 'c', database: 'ok', version: '12.1.0' };
  if (headers.authorization !== 'Bearer glsa_right') return 401;
  const dashboard = { uid: 'u1', title: 'Nodes', panels: [] };
  return {
    '/api/org': { id: 1, name: 'Main Org.' },
    '/api/datasources': [{ id: 1, uid: 'd1', name: 'Prometheus', type: 'prometheus', isDefault: true }],
    '/api/search?type=dash-db': [{ id: 1, uid: 'u1', title: 'Nodes', type: 'dash-db' }],
    '/api/dashboards/uid/u1': { meta: { slug: 'nodes' }, dashboard },
  }[url];
};

/** Answers as GitHub is documented to (REST API: root, the authenticated user); it refuses who has no name. */
const github = ({ url = '', headers }: IncomingMessage): unknown => {
  if (headers['user-agent'] === undefined) return 403;
  const { authorization } = headers;
  if (authorization !== undefined && authorization !== 'Bearer ghp_right') return 401;
  if (url === '/user') return authorization === undefined ? 401 : { login: 'octocat', id: 1, type: 'User' };
  return url === '/' ? { current_user_url: 'https://api.github.com/user' } : undefined;
};

test.each([
  ['grafana', grafana, 'glsa_right', '12.1.0'],
  ['github', github, 'ghp_right', ''],
])('%s is tested with the credential of its connection, and without one', async (kind, answers, secret, version) => {
  const url = await fake(answers);
  for (const credential of [undefined, { secret }]) {
    const id = await make(kind, url, credential);
    expect(await ping(id)).toMatchObject({ status: 200, body: { version } });
    await connect(id);
  }
  const { status, body } = await ping(await make(kind, url, { secret: 'wrong-secret' }));
  expect([status, body.code, body.error]).toEqual([
    500,
    'meshery-connection-1702',
    expect.stringContaining('refuses the credential (401)'),
  ]);
  expect(JSON.stringify(body)).not.toContain('wrong-secret');
});

test('a check needs the right to write; of another organization, and of nothing, there is none', async () => {
  const id = await make('prometheus', 'http://127.0.0.1:1');
  const [viewer, stranger] = [
    await Caller.signUp(server, 'vera', 'viewer'),
    await Caller.signUp(server, 'otto', 'admin', 'own'),
  ];
  expect((await viewer.post(`${path}/${id}/check`)).status).toBe(403);
  expect((await stranger.post(`${path}/${id}/check`)).status).toBe(404);
  expect((await check('00000000-0000-4000-8000-0000000000ff')).status).toBe(404);
  expect((await check('x')).status).toBe(400);
});

const fakes: Server[] = [];
afterAll(() => Promise.all(fakes.map(closeServer)));

/** A server of the web on loopback: an object is answered as JSON, a number as a status, nothing as 404. Gives its URL. */
async function fake(answers: (request: IncomingMessage) => unknown): Promise<string> {
  const far = createHttpServer((request, response) => {
    const answer = answers(request);
    const isStatus = typeof answer === 'number' || answer === undefined;
    response.writeHead(isStatus ? (answer ?? 404) : 200).end(JSON.stringify(isStatus ? { message: 'no' } : answer));
  });
  fakes.push(far);
  return `http://${addressOf(await listening(far))}`;
}

/** Says something else than NATS does. */
function rude(): Server {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('220 smtp.example.com ESMTP\r\n');
  });
  fakes.push(server);
  return server;
}

/** A broker that gives nobody what was published. */
function mute(): Server {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('INFO {"server_id":"x","version":"2.0.0","proto":1,"max_payload":1024}\r\n');
    socket.on('data', (data) => {
      if (data.includes('PING\r\n')) socket.write('PONG\r\n');
    });
  });
  fakes.push(server);
  return server;
}

async function listening<T extends Server>(far: T): Promise<T> {
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  return far;
}

function addressOf(far: Server): string {
  return `127.0.0.1:${String(portOf(far))}`;
}
