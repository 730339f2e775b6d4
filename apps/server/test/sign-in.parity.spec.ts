import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelImagesFolder } from '../src/web/model-images.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Pages and sign-in of the Local provider as published clients know them. */

let server: TestServer;
let page: string;
beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'meshery-sign-in-'));
  await mkdir(join(page, '_next', 'static'), { recursive: true });
  await writeFile(join(page, '_next', 'static', 'x.js'), 'export const x = 1;\n');
  await writeFile(join(page, 'index.html'), '<!doctype html><title>sign in</title>');
  server = await startTestServer({ argv: ['--no-discovery', '--provider-ui-dir', page] });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(page, { recursive: true, force: true });
});

const anonymous = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
const html = { accept: 'text/html' };
const session = (): Record<string, string> => ({ cookie: `token=${server.token}; meshery-provider=Local` });
const locationOf = (response: Response): string | null => response.headers.get('location');
const cookiesOf = (response: Response): string => response.headers.getSetCookie().join('\n');
const reference = (target: string): string => Buffer.from(target).toString('base64url');

describe('pages before sign-in', () => {
  test('ANY /provider/favicon.ico answers an SVG', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await anonymous('/provider/favicon.ico', { method });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    }
  });

  test('ANY /provider/_next/* answers the build of the sign-in page', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await anonymous('/provider/_next/static/x.js', { method });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('javascript'),
      ]);
    }
    expect((await anonymous('/provider/_next/..%2f..%2fprovider.html')).status).toBe(403);
  });

  test('GET /auth/login answers the sign-in page', async () => {
    const response = await anonymous('/auth/login', { headers: html });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<title>sign in</title>')]);
  });

  test('ANY /error answers 500 and says so', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const response = await anonymous('/error', { method });
      expect([response.status, await response.json()]).toEqual([500, { status: 500, message: expect.any(String) }]);
    }
  });
});

describe('/ui/public/static/img/meshmodels/*', () => {
  const path = '/ui/public/static/img/meshmodels';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  beforeAll(async () => {
    const folder = modelImagesFolder(server.folder);
    await mkdir(join(folder, 'istio', 'color'), { recursive: true });
    await writeFile(join(folder, 'istio', 'color', 'istio.svg'), svg);
    await writeFile(join(folder, 'istio', 'notes.html'), '<script>alert(1)</script>');
    await symlink('/etc/passwd', join(folder, 'istio', 'passwd.svg'));
    await symlink('/etc', join(folder, 'etc'));
    await writeFile(join(server.folder, 'keys', 'secret.svg'), 'secret');
    await symlink(join(server.folder, 'keys'), join(folder, 'keys'));
  });

  test.each(['GET', 'HEAD'])('%s answers an image that cannot run anything', async (method) => {
    const response = await anonymous(`${path}/istio/color/istio.svg`, { method });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await response.text()).toBe(method === 'HEAD' ? '' : svg);
  });

  test.each([
    'istio/nothing.svg',
    'istio/notes.html',
    'istio/passwd.svg',
    'keys/secret.svg',
    'etc/passwd',
    '..%2f..%2f..%2f..%2f..%2fmeshery.db',
    '..%2f..%2f..%2f..%2f..%2fkeys%2fsecret.svg',
    '%252e%252e/x.svg',
    'x%00.svg',
    'x%5Cy.svg',
    '.x.svg',
    '',
  ])('there is no %j', async (name) => {
    expect([400, 403, 404]).toContain((await anonymous(`${path}/${name}`)).status);
  });
});

describe('/api/system/graphql/playground', () => {
  test.each(['GET', 'POST'])('%s answers a page that needs nothing from elsewhere', async (method) => {
    const response = await server.get('/api/system/graphql/playground', { method });
    const page = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toContain('/api/system/graphql/query');
    expect(page).not.toMatch(/https?:/);
    expect(response.headers.get('content-security-policy')).toMatch(
      /script-src 'self' 'sha256-[^ ]+';.*connect-src 'self'/,
    );
    expect((await anonymous('/api/system/graphql/playground', { method })).status).toBe(401);
  });
});

describe('/api/provider', () => {
  test.each(['GET', 'POST'])('%s remembers the provider and leads to its sign-in', async (method) => {
    const response = await anonymous('/api/provider?provider=none&ref=abc&x=%26', { method });
    expect([response.status, locationOf(response)]).toEqual([302, '/user/login?ref=abc&x=%26']);
    expect(cookiesOf(response)).toMatch(/^meshery-provider=Local; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  });

  test.each(['?provider=nobody', '?provider=', '', '?provider=Local&provider=x', '?provider=__proto__'])(
    'GET %s leads back and remembers nothing',
    async (query) => {
      const response = await anonymous(`/api/provider${query}`);
      expect([response.status, locationOf(response), cookiesOf(response)]).toEqual([302, '/provider', '']);
    },
  );
});

test('GET /api/providers/stream answers the state of each provider at once', async () => {
  const left = new AbortController();
  const response = await anonymous('/api/providers/stream', { signal: left.signal });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('"None"')) break;
  }
  left.abort();
  const events = text
    .trim()
    .split('\n\n')
    .map((event) => event.split('\n'));
  expect(events[0]?.[0]).toBe('event: provider');
  expect(JSON.parse(events[0]?.[1]?.slice('data: '.length) ?? '')).toMatchObject({
    key: 'Local',
    status: 'online',
    properties: { providerType: 'local' },
  });
});

describe('GET /user/login', () => {
  test('leads to the sign-in page, and after it to what was asked for', async () => {
    const asked = await anonymous(`/user/login?ref=${reference(`${server.url}/?kind=Pod`)}`);
    expect([asked.status, locationOf(asked)]).toEqual([302, '/provider']);
    const cookie = cookiesOf(asked).split(';')[0] ?? '';
    const code = server.prepared.security.codes.issue();
    const signedIn = await anonymous(`/auth/local?code=${code}`, { headers: { ...html, cookie } });
    expect(locationOf(signedIn)).toBe('/?kind=Pod');
  });

  test('leads on whoever is signed in already', async () => {
    const headers = session();
    expect(locationOf(await anonymous(`/user/login?ref=${reference('/x')}`, { headers }))).toBe('/x');
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/\r\nset-cookie: a=b'])(
    'never leads to %j',
    async (target) => {
      const response = await anonymous(`/user/login?ref=${reference(target)}`, { headers: session() });
      expect([response.status, locationOf(response)]).toEqual([302, '/']);
    },
  );
});

describe('GET /user/logout', () => {
  const newToken = (): Promise<string> =>
    server.prepared.security.authority.issue({ userId: owner, name: 'm', provider: 'Local', roles: ['admin'] });
  const owner = '00000000-0000-4000-8000-000000000001';

  test('ends the session for good and leads to the sign-in page', async () => {
    const headers = { cookie: `token=${await newToken()}; meshery-provider=Local` };
    expect((await anonymous('/api/user', { headers })).status).toBe(200);
    const response = await anonymous('/user/logout', { headers });
    expect([response.status, locationOf(response)]).toEqual([302, '/provider']);
    expect(cookiesOf(response)).toMatch(/token=; .*Max-Age=0/);
    expect((await anonymous('/api/user', { headers })).status).toBe(401);
    expect(locationOf(await anonymous('/user/logout'))).toBe('/provider');
  });

  test('does nothing for a link on another site', async () => {
    const headers = { cookie: `token=${await newToken()}`, 'sec-fetch-site': 'cross-site' };
    expect(cookiesOf(await anonymous('/user/logout', { headers }))).toBe('');
    expect((await anonymous('/api/user', { headers })).status).toBe(200);
  });
});

describe('/api/user/token', () => {
  test.each(['GET', 'POST'])('%s keeps a genuine token and leads to what was asked for', async (method) => {
    const query = new URLSearchParams({ token: server.token, ref: reference('/?kind=Job') });
    const response = await anonymous(`/api/user/token?${query.toString()}`, { method });
    expect([response.status, locationOf(response)]).toEqual([302, '/?kind=Job']);
    expect(cookiesOf(response)).toContain(`token=${server.token}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax`);
    expect(server.lines.join('')).not.toContain(server.token);
  });

  test('GET without a token answers a new token file to whoever is signed in', async () => {
    const file = (await (await server.get('/api/user/token')).json()) as Record<string, string>;
    expect(Object.keys(file).sort()).toEqual(['meshery-provider', 'token']);
    expect((await anonymous('/api/user', { headers: { authorization: `Bearer ${String(file.token)}` } })).status).toBe(
      200,
    );
  });

  test.each([
    ['GET', ''],
    ['POST', ''],
    ['GET', '?token=nonsense'],
    ['POST', '?token=eyJhbGciOiJub25lIn0.e30.'],
  ])('%s %s keeps nothing and answers an object of strings', async (method, query) => {
    const response = await anonymous(`/api/user/token${query}`, { method });
    const body = (await response.json()) as Record<string, unknown>;
    expect([response.status, cookiesOf(response)]).toEqual([401, '']);
    expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true);
  });

  test('a link on another site signs nobody in', async () => {
    for (const path of ['/api/user/token', '/auth/redirect']) {
      const headers = { 'sec-fetch-site': 'cross-site' };
      const response = await anonymous(`${path}?token=${server.token}`, { headers });
      expect([response.status, cookiesOf(response)]).toEqual([403, '']);
    }
  });

  test('the token of a program opens no session of a browser', async () => {
    const owner = Caller.owner(server);
    const { token } = (await owner.post('/api/identity/tokens', { name: 'p' })).body;
    const response = await anonymous(`/api/user/token?token=${String(token)}`);
    expect([response.status, cookiesOf(response)]).toEqual([403, '']);
  });
});

describe('GET /auth/redirect', () => {
  test('keeps a token only once it is verified', async () => {
    const response = await anonymous(`/auth/redirect?token=${server.token}`, { headers: html });
    expect([response.status, locationOf(response)]).toEqual([302, '/']);
    expect(cookiesOf(response)).toContain(`token=${server.token}`);
  });

  test.each(['nonsense', 'eyJhbGciOiJub25lIn0.e30.', ''])('refuses %j and keeps nothing', async (token) => {
    const page = await anonymous(`/auth/redirect?token=${token}`, { headers: html });
    expect([page.status, locationOf(page), cookiesOf(page)]).toEqual([
      302,
      expect.stringMatching(/^\/provider\?error=meshery-auth-120[01]$/),
      '',
    ]);
    const program = await anonymous(`/auth/redirect?token=${token}`);
    expect([program.status, cookiesOf(program)]).toEqual([401, '']);
  });
});
