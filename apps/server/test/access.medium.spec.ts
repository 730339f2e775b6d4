import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { readFile } from 'node:fs/promises';
import { AccessTable, publicRoutes } from '@meshery/security';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { printSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { routesOf } from './registered-routes.ts';
import { localUser } from '../src/identity/local-user.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Unlike fetch it sends any header, also Host and Origin. */
async function send(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', body = ''): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request(`${server.url}${path}`, { method, headers }, (incoming) => {
    const chunks: Buffer[] = [];
    if (incoming.headers['content-type']?.startsWith('text/event-stream')) {
      incoming.destroy();
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: '' });
    }
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks).toString() });
    });
  });
  outgoing.on('error', reject);
  outgoing.on('upgrade', (incoming, socket) => {
    socket.destroy();
    resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: '' });
  });
  outgoing.end(body);
  return promise;
}

const fastify = (): FastifyInstance =>
  server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();

const registeredRoutes = () => routesOf(fastify());

describe('default deny', () => {
  test('every registered route refuses an anonymous caller unless the access table lists it', async () => {
    const routes = registeredRoutes();
    const table = new AccessTable();
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/system/graphql/query', '/metrics']));
    const open: string[] = [];
    for (const { method, path } of routes) {
      const answer = await send(path.replaceAll(/:\w+/g, 'x').replace('*', 'x'), { 'x-real-ip': '10.0.0.9' }, method);
      if (answer.status !== 401) open.push(`${method} ${path}`);
    }
    const listed = open.filter((route) => {
      const [method = '', path] = route.split(' ');
      return table.rule(method, path) !== undefined;
    });
    expect(open.filter((route) => !listed.includes(route))).toEqual([]);
  });

  test('every rule of the access table is about a route that exists', () => {
    const assets = publicRoutes.filter(({ path }) => !path.endsWith('/_next/*'));
    const listed = assets.flatMap(({ methods, path }) => methods.map((method) => ({ method, url: path })));
    // The print-out cuts the beginning off a path that ends with an asterisk.
    expect(listed.filter((route) => !fastify().hasRoute(route))).toEqual([]);
  });

  test('every GraphQL field refuses an anonymous caller', async () => {
    const { schema } = (fastify() as unknown as { graphql: { schema: GraphQLSchema } }).graphql;
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
    const inventory = ['clusterSummary', 'clusters', 'resource', 'resourceChanges', 'resources'];
    const records = ['connection', 'connections', 'operation', 'operations', 'operationChanges', 'events'];
    const changes = ['changeConnectionStatus', 'testConnection', 'cancelOperation', 'markEvents'];
    // Events are a query and a subscription.
    const own = [...inventory, ...records, 'events', ...changes];
    expect(fields).toEqual(expect.arrayContaining(own));
    // And the operations of published clients.
    expect(fields).toHaveLength(own.length + 38);
    for (const field of [...fields, '__schema', '__typename']) {
      const body = JSON.stringify({ query: `{ ${field} { __typename } }` });
      const answer = await send('/api/system/graphql/query', { 'content-type': 'application/json' }, 'POST', body);
      expect([field, answer.status]).toEqual([field, 401]);
    }
  });

  test('the checked-in SDL is the schema of the running server', async () => {
    const { schema } = (fastify() as unknown as { graphql: { schema: GraphQLSchema } }).graphql;
    const path = new URL('../../../docs/reference/schema.graphql', import.meta.url);
    expect(await readFile(path, 'utf8')).toBe(`${printSchema(schema)}\n`);
  });

  test.each([
    '/api',
    '/api/nowhere',
    '/api/../api/system/clusters',
    '//api/system/clusters',
    '/api/system/version/',
    '/%61pi/system/clusters',
    '/API/system/clusters',
  ])('an unknown or disguised path %s is refused, never answered with HTML', async (path) => {
    const answer = await send(path, { accept: 'text/html' });
    expect([401, 302]).toContain(answer.status);
    expect(answer.headers['content-type'] ?? '').not.toContain('html');
  });

  test('an unknown path is a coded 404 for somebody signed in', async () => {
    const answer = await send('/api/nowhere', { authorization: `Bearer ${server.token}` });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      404,
      expect.objectContaining({ code: 'meshery-core-1002' }),
    ]);
  });

  test('a page goes to the sign-in page, an API call gets JSON', async () => {
    const page = await send('/', { accept: 'text/html,*/*' });
    expect([page.status, page.headers.location]).toEqual([302, '/provider']);
    const api = await send('/api/system/clusters', { accept: 'text/html' });
    expect([api.status, api.headers['content-type']]).toEqual([401, 'application/json; charset=utf-8']);
    expect(JSON.parse(api.text)).toMatchObject({ code: 'meshery-auth-1200', severity: 'ERROR' });
    const signIn = await send('/provider', { accept: 'text/html' });
    expect([signIn.status, signIn.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('metrics are for programs on this machine and for users', async () => {
    expect((await send('/metrics')).status).toBe(200);
    expect((await send('/metrics', { origin: 'http://evil.example' })).status).toBe(401);
    expect((await send('/metrics', { 'x-forwarded-for': '10.1.1.1' })).status).toBe(401);
    expect((await send('/metrics', { via: '1.1 p', authorization: `Bearer ${server.token}` })).status).toBe(200);
  });
});

describe('tokens', () => {
  const path = '/api/system/clusters';
  test('are taken from the header and from the cookie beside its provider', async () => {
    const cookie = (text: string): Promise<Answer> => send(path, { cookie: text });
    expect((await send(path, { authorization: `Bearer ${server.token}` })).status).toBe(200);
    expect((await cookie(`token=${server.token}`)).status).toBe(200);
    expect((await cookie(`token=${server.token}; meshery-provider=Local`)).status).toBe(200);
    expect((await cookie(`meshery-provider=None; token=${server.token}`)).status).toBe(200);
    expect((await cookie(`token=${server.token}; meshery-provider=Elsewhere`)).status).toBe(401);
  });

  test.each(['x', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.', 'a'.repeat(9000)])(
    'a false one is refused',
    async (token) => {
      const answer = await send(path, { authorization: `Bearer ${token}` });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        401,
        expect.objectContaining({ code: 'meshery-auth-1201' }),
      ]);
    },
  );

  test('never reach the log', async () => {
    await send(`${path}?token=${server.token}`, { authorization: `Bearer ${server.token}x` });
    expect(server.lines.join('')).not.toContain(server.token);
  });
});

describe('token exchange', () => {
  const strings = (text: string): boolean =>
    Object.values(JSON.parse(text) as object).every((value) => typeof value === 'string');

  test('gives a program on this machine a token that works', async () => {
    const answer = await send('/api/token', { cookie: 'token=; meshery-provider=None' });
    expect(answer.status).toBe(200);
    const file = JSON.parse(answer.text) as Record<string, string>;
    expect(Object.keys(file).sort()).toEqual(['meshery-provider', 'token']);
    expect((await send('/api/user/token', { authorization: `Bearer ${file.token ?? ''}` })).status).toBe(200);
  });

  test.each([
    ['Origin', { origin: 'http://localhost' }],
    ['Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin' }],
    ['X-Forwarded-For', { 'x-forwarded-for': '127.0.0.1' }],
    ['Forwarded', { forwarded: 'for=127.0.0.1' }],
    ['Via', { via: '1.1 proxy' }],
    ['a false token', { cookie: 'token=x' }],
  ])('refuses %s with an object of strings', async (_name, headers) => {
    const answer = await send('/api/token', headers);
    expect([answer.status, strings(answer.text)]).toEqual([401, true]);
    expect(answer.text).not.toContain('eyJ');
  });

  test('returns the token that was shown', async () => {
    const answer = await send('/api/token', { cookie: `token=${server.token}` });
    expect(JSON.parse(answer.text)).toEqual({ 'meshery-provider': 'Local', token: server.token });
  });

  test('can be switched off', async () => {
    const other = await startTestServer({ env: { MESHERY_TOKEN_EXCHANGE: 'off' } });
    const response = await fetch(`${other.url}/api/token`);
    expect(response.status).toBe(401);
    await other.stop();
  });

  test('an anonymous renewal is refused with an object of strings', async () => {
    const answer = await send('/api/user/token');
    expect([answer.status, strings(answer.text)]).toEqual([401, true]);
  });
});

describe('sign-in', () => {
  test('a code is good once and sets cookies that scripts cannot read', async () => {
    const code = server.prepared.security.codes.issue();
    const answer = await send(`/auth/local?code=${code}`);
    const cookies = answer.headers['set-cookie'] ?? [];
    expect([answer.status, answer.headers.location, cookies.length]).toEqual([302, '/', 2]);
    for (const cookie of cookies) expect(cookie).toMatch(/Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    const token = /^token=([^;]+)/.exec(cookies[0] ?? '')?.[1] ?? '';
    expect((await send('/api/system/clusters', { cookie: `token=${token}; meshery-provider=Local` })).status).toBe(200);
    const again = await send(`/auth/local?code=${code}`);
    expect([again.status, JSON.parse(again.text)]).toEqual([
      401,
      expect.objectContaining({ code: 'meshery-auth-1203' }),
    ]);
    const page = await send(`/auth/local?code=${code}`, { accept: 'text/html' });
    expect([page.status, page.headers.location]).toEqual([302, '/provider?error=meshery-auth-1203']);
    expect(server.lines.join('')).not.toContain(code);
  });

  test.each(['', '?code=', '?code=a&code=b', `?code=${'x'.repeat(5000)}`])('refuses %s', async (query) => {
    expect((await send(`/auth/local${query}`)).status).toBe(401);
  });

  test('signing out ends this session for good and no other', async () => {
    const mine = await server.prepared.security.authority.issue({
      ...localUser,
      name: 'n',
    });
    const bearer = { authorization: `Bearer ${mine}` };
    expect((await send('/api/user/logout', bearer, 'POST')).status).toBe(200);
    expect((await send('/api/system/clusters', bearer)).status).toBe(401);
    expect((await send('/api/system/clusters', { authorization: `Bearer ${server.token}` })).status).toBe(200);
  });

  const html = { accept: 'text/html' };
  const keptBy = (answer: Answer): string =>
    answer.headers['set-cookie']?.find((cookie) => cookie.startsWith('meshery-return='))?.split(';')[0] ?? '';
  const signIn = (query: string, cookie: string): Promise<Answer> =>
    send(`/auth/local?code=${server.prepared.security.codes.issue()}${query}`, { ...html, cookie });

  test('goes to the page that was asked for without identity, once', async () => {
    const asked = await send('/?kind=Pod&q=a%26b', html);
    expect(asked.headers['set-cookie']).toEqual([
      'meshery-return=%2F%3Fkind%3DPod%26q%3Da%2526b; Path=/auth; Max-Age=900; HttpOnly; SameSite=Lax',
    ]);
    const answer = await signIn('', keptBy(asked));
    expect([answer.status, answer.headers.location]).toEqual([302, '/?kind=Pod&q=a%26b']);
    expect(answer.headers['set-cookie']).toContainEqual(expect.stringMatching(/^meshery-return=; .*Max-Age=0;/));
  });

  test('keeps the target of the form over a refused code', async () => {
    const refused = await send('/auth/local?code=no&next=%2F%3Fkind%3DJob', html);
    expect((await signIn('', keptBy(refused))).headers.location).toBe('/?kind=Job');
  });

  test.each([
    ['with two slashes', '//evil.example/x'],
    ['with a backslash', '/\\evil.example'],
    ['that is too long', `/?q=${'x'.repeat(2048)}`],
  ])('does not keep an address %s', async (_name, path) => {
    expect((await signIn('', keptBy(await send(path, html)))).headers.location).toBe('/');
  });

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example', '/\r\nx: y'])(
    'never leads elsewhere: %j',
    async (target) => {
      const text = encodeURIComponent(target);
      expect((await signIn(`&next=${text}`, '')).headers.location).toBe('/');
      expect((await signIn('', `meshery-return=${text}`)).headers.location).toBe('/');
    },
  );

  test('starts at the start page when what was kept cannot be read', async () => {
    expect((await signIn('&next=/a&next=/b', 'meshery-return=%E0%A4%A')).headers.location).toBe('/');
  });

  test('somebody signed in can make a link for a browser', async () => {
    const made = await send('/auth/local/code', { authorization: `Bearer ${server.token}` }, 'POST');
    const { path } = JSON.parse(made.text) as { path: string };
    expect((await send(path)).status).toBe(302);
  });
});

describe('DNS rebinding and cross-site requests', () => {
  const auth = (): OutgoingHttpHeaders => ({ authorization: `Bearer ${server.token}` });

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.example', '169.254.169.254'])(
    'Host %s',
    async (host) => {
      for (const path of ['/healthz/live', '/api/system/version', '/api/token', '/api/system/clusters']) {
        const answer = await send(path, { ...auth(), host });
        expect([path, answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([
          path,
          421,
          'meshery-core-1011',
        ]);
      }
    },
  );

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'a state-changing request with %j',
    async (headers) => {
      for (const [method, path] of [
        ['POST', '/api/user/logout'],
        ['DELETE', '/api/system/meshsync/resources/x'],
        ['PUT', '/api/system/log-level'],
        ['POST', '/api/system/graphql/query'],
      ] as const) {
        const answer = await send(path, { ...auth(), ...headers, 'content-type': 'text/plain' }, method, '{}');
        expect([path, answer.status]).toEqual([path, 403]);
      }
    },
  );

  test('the own page may change state', async () => {
    const own = { ...auth(), origin: server.url, 'content-type': 'application/json' };
    expect((await send('/api/system/log-level', own, 'PUT', '{"level":"info"}')).status).toBe(200);
  });

  test('a websocket handshake of another site, and one without identity', async () => {
    const handshake = {
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': 'graphql-transport-ws',
    };
    const path = '/api/system/graphql/query';
    expect((await send(path, { ...handshake, ...auth(), origin: 'https://evil.example' })).status).toBe(403);
    expect((await send(path, handshake)).status).toBe(401);
    expect((await send(path, { ...handshake, ...auth(), origin: server.url })).status).toBe(101);
  });
});

test('every answer carries the security headers', async () => {
  for (const path of ['/', '/provider', '/api/system/clusters', '/api/system/version', '/healthz/live']) {
    const { headers } = await send(path);
    expect([path, headers]).toEqual([
      path,
      expect.objectContaining({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
      }),
    ]);
    expect(headers['content-security-policy']).not.toContain("'unsafe-");
  }
});
