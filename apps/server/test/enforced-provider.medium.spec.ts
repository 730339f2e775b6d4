import { access } from 'node:fs/promises';
import { isMesheryError } from '@meshery/errors';
import { createLogger } from '@meshery/observability';
import { ReferenceProvider } from '@meshery/testing';
import { announce } from '../src/announce.ts';
import { readConfig } from '../src/config.ts';
import type { ServerConfig } from '../src/config.ts';
import { Sessions } from '../src/sessions/sessions.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** `PROVIDER` names the only provider of a server. */

let provider: ReferenceProvider;
beforeAll(async () => {
  provider = await ReferenceProvider.start();
});
afterAll(() => provider.process.stop());

const html = { accept: 'text/html' };
const locationOf = (response: Response): string => response.headers.get('location') ?? '';
const codeOf = async (response: Response): Promise<[number, unknown]> => [
  response.status,
  ((await response.json()) as { code?: unknown }).code,
];

function configOf(env: Readonly<Record<string, string>>): ServerConfig {
  const read = readConfig({ argv: [], env });
  if (read.kind === 'help') throw new Error('no configuration');
  return read.config;
}

function refusalOf(env: Readonly<Record<string, string>>): string {
  try {
    configOf(env);
  } catch (error) {
    if (isMesheryError(error) && error.code === 'meshery-config-1100') return `${error.message} ${error.remedy ?? ''}`;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('what cannot be enforced is refused at the start', () => {
  test('a name that no provider has; the remedy says which there are', () => {
    const refusal = refusalOf({
      PROVIDER: 'Meshery',
      PROVIDER_BASE_URLS: 'https://a.example/x,https://b.example:8443',
    });
    for (const word of ['PROVIDER', 'Local', 'a.example', 'b.example:8443']) expect(refusal).toContain(word);
    expect(refusalOf({ PROVIDER: 'a.example' })).toContain('PROVIDER_BASE_URLS');
  });

  test('a remote one beside an issuer for the Local one', () => {
    const remote = { PROVIDER: 'A.example', PROVIDER_BASE_URLS: 'https://a.example' };
    expect(configOf(remote).soleRemote).toBe('a.example');
    expect(refusalOf({ ...remote, MESHERY_OIDC_ISSUER: 'https://idp.example' })).toContain('MESHERY_OIDC_ISSUER');
  });
});

describe('a remote provider', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ env: { PROVIDER_BASE_URLS: provider.url, PROVIDER: provider.key } });
  });
  afterAll(() => server.stop());

  async function signedIn(name: string): Promise<CookieBrowser> {
    const browser = new CookieBrowser(server.url);
    const asked = await browser.open('/user/login');
    await browser.open(await provider.fillIn(locationOf(asked), name));
    return browser;
  }

  test('is the only one that is listed, and no other can be chosen', async () => {
    const listed = await fetch(`${server.url}/api/providers`);
    expect(Object.keys((await listed.json()) as object)).toEqual([provider.key]);
    for (const other of ['Local', 'None']) {
      const chosen = await fetch(`${server.url}/api/provider?provider=${other}`, { redirect: 'manual' });
      expect([chosen.status, locationOf(chosen), chosen.headers.get('set-cookie')]).toEqual([302, '/provider', null]);
    }
  });

  test.each(['/provider', '/provider/', '/auth/login'])(
    'a page leads over %s straight to it, and after sign-in to what was asked for',
    async (signIn) => {
      const browser = new CookieBrowser(server.url);
      browser.cookies.set('meshery-provider', 'Local');
      const asked = locationOf(await browser.open('/?kind=Pod', { headers: html }));
      expect(asked).toMatch(/^\/provider\?ref=/);
      const led = await browser.open(asked.replace('/provider', signIn), { headers: html });
      expect([led.status, browser.cookies.get('meshery-provider')]).toEqual([302, provider.key]);
      const away = locationOf(await browser.open(locationOf(led)));
      expect(away.startsWith(`${provider.url}/`)).toBe(true);
      const back = await browser.open(await provider.fillIn(away, 'ada'));
      expect([back.status, locationOf(back)]).toEqual([302, '/?kind=Pod']);
      expect((await browser.open('/api/user')).status).toBe(200);
    },
  );

  test('a sign-in that failed ends at the page that says why, not in a circle', async () => {
    const page = await fetch(`${server.url}/provider?error=meshery-auth-1201`, { headers: html, redirect: 'manual' });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('a token counts as its own when no provider is named, and nothing of the Local one counts', async () => {
    const browser = await signedIn('ada');
    const token = browser.cookies.get('token') ?? '';
    const as = (of: string, name?: string): Promise<Response> =>
      fetch(`${server.url}/api/user`, {
        headers: { authorization: `Bearer ${of}`, ...(name === undefined ? {} : { 'meshery-provider': name }) },
      });
    expect((await as(token)).status).toBe(200);
    for (const name of [undefined, 'Local', 'None', provider.key]) {
      expect((await as(server.token, name)).status).toBe(401);
    }
    const file = await fetch(`${server.url}/api/token`, { headers: { cookie: `token=${token}` } });
    expect(await file.json()).toEqual({ 'meshery-provider': provider.key, token });
  });

  test('no token is handed out and no code is traded, not for the owner of the machine either', async () => {
    expect(await codeOf(await fetch(`${server.url}/api/token`))).toEqual([401, 'meshery-auth-1200']);
    const none = [404, 'meshery-core-1002'];
    const code = server.prepared.security.codes.issue();
    expect(await codeOf(await fetch(`${server.url}/auth/local?code=${code}`))).toEqual(none);
    const posted = await fetch(`${server.url}/auth/local`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    expect(await codeOf(posted)).toEqual(none);
    expect(await codeOf(await (await signedIn('root')).open('/auth/local/code', { method: 'POST' }))).toEqual(none);
    expect(await codeOf(await fetch(`${server.url}/auth/oidc`))).toEqual(none);
  });

  test('a client certificate lets nobody in', async () => {
    const sessions = server.service.app.get(Sessions);
    const certificate = { fingerprint: 'a'.repeat(64), expiresAt: Date.now() + 60_000 };
    const credential = { token: '', provider: undefined, certificate };
    expect(sessions.recall(credential)).toBeUndefined();
    await expect(sessions.verify(credential)).rejects.toMatchObject({ code: 'meshery-auth-1200' });
  });

  test('no token file is written and no link is printed', async () => {
    const authFile = `${server.folder}/auth.json`;
    const config = configOf({
      ...{ PROVIDER_BASE_URLS: provider.url, PROVIDER: provider.key, HOME: server.folder },
      MESHERY_AUTH_FILE: authFile,
    });
    const lines: string[] = [];
    const logger = createLogger({ service: 'test', destination: { write: (line) => lines.push(line) } });
    const { security } = server.prepared;
    await announce({ config, security, logger, url: server.url, print: (line) => lines.push(line) });
    await expect(access(authFile)).rejects.toThrow('ENOENT');
    expect(lines.join('\n')).toContain(provider.key);
    expect(lines.join('\n')).not.toContain('code=');
  });
});

describe('the Local provider, under its older name', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ env: { PROVIDER_BASE_URLS: provider.url, PROVIDER: 'none' } });
  });
  afterAll(() => server.stop());

  test('is the only one that is listed, chosen and accepted', async () => {
    const listed = await fetch(`${server.url}/api/providers`);
    expect(Object.keys((await listed.json()) as object)).toEqual(['Local', 'None']);
    const chosen = await fetch(`${server.url}/api/provider?provider=${provider.key}`, { redirect: 'manual' });
    expect(locationOf(chosen)).toBe('/provider');
    expect((await server.get('/api/user')).status).toBe(200);
    expect((await server.get('/api/user', { headers: { 'meshery-provider': provider.key } })).status).toBe(401);
    expect((await fetch(`${server.url}/provider`, { headers: html, redirect: 'manual' })).status).toBe(200);
    expect((await fetch(`${server.url}/api/token`)).status).toBe(200);
  });
});
