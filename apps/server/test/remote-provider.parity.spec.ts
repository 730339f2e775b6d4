import { ReferenceProvider, waitUntil } from '@meshery/testing';
import { CookieBrowser } from './cookie-browser.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** A server whose users come from the reference provider, which is a process of its own. */

let provider: ReferenceProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await ReferenceProvider.start({ PROVIDER_TOKEN_SECONDS: '3' });
  server = await startTestServer({ env: { PROVIDER_BASE_URLS: provider.url } });
});
afterAll(async () => {
  await server.stop();
  await provider.process.stop();
});

class Browser extends CookieBrowser {
  constructor() {
    super(server.url);
  }

  send(method: string, path: string, body: object): Promise<Response> {
    return this.open(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  }

  /** Goes to the provider's form, as far as the address that it leads back to. */
  async begin(name: string): Promise<string> {
    await this.open(`/api/provider?provider=${provider.key}`);
    const asked = await this.open(`/user/login?ref=${Buffer.from('/?kind=Pod').toString('base64url')}`);
    return provider.fillIn(asked.headers.get('location') ?? '', name);
  }

  static async signedIn(name: string): Promise<Browser> {
    const browser = new Browser();
    expect((await browser.open(await browser.begin(name))).status).toBe(302);
    return browser;
  }
}

const until = (what: string, probe: () => Promise<boolean>): Promise<unknown> =>
  waitUntil({ what, timeoutMs: 60_000, everyMs: 100 }, probe);

test('GET /api/providers/stream says when the provider is known to be online', async () => {
  const left = new AbortController();
  const response = await new Browser().open('/api/providers/stream', { signal: left.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes(`"key":"${provider.key}","status":"online"`)) break;
  }
  left.abort();
  expect(text).toContain('"feature":"sync-prefs"');
  const list = (await (await new Browser().open('/api/providers')).json()) as Record<string, object>;
  expect(list[provider.key]).toMatchObject({ providerType: 'remote', provider_url: provider.url });
});

describe('sign-in with PKCE', () => {
  test('leads to the provider and back to what was asked for', async () => {
    const browser = new Browser();
    const back = await browser.begin('ada');
    const response = await browser.open(back);
    expect([response.status, response.headers.get('location')]).toEqual([302, '/?kind=Pod']);
    const self = (await (await browser.open('/api/user')).json()) as object;
    expect(self).toMatchObject({ name: 'ada', roleNames: ['editor'] });
    expect(server.lines.join('')).not.toContain(browser.cookies.get('token'));
  });

  test('ends in the browser that began it only, and once', async () => {
    const victim = new Browser();
    await victim.begin('vic');
    const attacker = new Browser();
    const back = await attacker.begin('ada');
    expect((await victim.open(back)).status).toBe(401);
    expect(victim.cookies.has('token')).toBe(false);
    const own = await attacker.begin('ada');
    expect([(await attacker.open(own)).status, (await attacker.open(own)).status]).toEqual([302, 401]);
  });

  test('the provider sends nobody elsewhere, and lets nobody in with a wrong password', async () => {
    const browser = new Browser();
    await browser.open(`/api/provider?provider=${provider.key}`);
    const location = new URL((await browser.open('/user/login')).headers.get('location') ?? '');
    expect(await provider.fillIn(location.href, 'ada', 'wrong')).toBe('status 401');
    expect(await provider.fillIn(location.href, 'nobody')).toBe('status 401');
    location.searchParams.set('redirect_uri', 'https://evil.example/');
    expect(await provider.fillIn(location.href, 'ada')).toBe('status 400');
  });
});

describe('what users make', () => {
  test('is kept at the provider and not here', async () => {
    const browser = await Browser.signedIn('ada');
    await browser.send('POST', '/api/user/prefs', { themeOfMine: 'dark', dashboardPreferences: { a: 1 } });
    const merged = await browser.send('POST', '/api/user/prefs', { dashboardPreferences: { b: 2 } });
    expect(await merged.json()).toMatchObject({ themeOfMine: 'dark', dashboard_preferences: { a: 1, b: 2 } });
    const organizations = (await (await browser.open('/api/identity/orgs')).json()) as {
      organizations: { id: string }[];
    };
    const organizationId = organizations.organizations[0]?.id;
    const made = await browser.send('POST', '/api/environments', { name: 'far', organizationId });
    const { id } = (await made.json()) as { id: string };
    expect(await (await browser.open(`/api/environments/${id}`)).json()).toMatchObject({
      id,
      name: 'far',
      organizationId,
    });
    expect(await (await browser.open('/api/environments?search=FAR')).json()).toMatchObject({ total_count: 1 });
    expect(await server.userData.read((data) => data.environments.all({ id }))).toEqual([]);
    expect((await browser.open(`/api/environments/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await browser.open(`/api/environments/${id}`)).status).toBe(404);
  });

  test('environments are in workspaces at the provider', async () => {
    const browser = await Browser.signedIn('ada');
    const organizationId = '00000000-0000-4000-8000-0000000000a1';
    const made = async (path: string): Promise<string> => {
      const response = await browser.send('POST', path, { name: 'held', organizationId });
      return ((await response.json()) as { id: string }).id;
    };
    const [workspace, environment] = [await made('/api/workspaces'), await made('/api/environments')];
    const listed = async (): Promise<unknown> =>
      (await browser.open(`/api/workspaces/${workspace}/environments`)).json();
    const link = `/api/workspaces/${workspace}/environments/${environment}`;
    expect((await browser.send('POST', link, {})).ok).toBe(true);
    expect(await listed()).toMatchObject({ total_count: 1, environments: [{ id: environment }] });
    expect((await browser.open(link, { method: 'DELETE' })).ok).toBe(true);
    expect(await listed()).toMatchObject({ total_count: 0 });
    expect((await browser.open(link, { method: 'DELETE' })).status).toBe(404);
  });

  test('is for those who may, and what the provider does not offer is refused', async () => {
    const viewer = await Browser.signedIn('vic');
    expect(
      (await viewer.send('POST', '/api/environments', { name: 'x', organizationId: crypto.randomUUID() })).status,
    ).toBe(403);
    const refused = await viewer.send('POST', '/api/identity/tokens', { name: 't' });
    expect([refused.status, await refused.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'meshery-provider-2000' }),
    ]);
  });
});

describe('a session', () => {
  test('is renewed when its token ends, and the browser gets the new one', async () => {
    const browser = await Browser.signedIn('ada');
    const first = browser.cookies.get('token');
    const refused: number[] = [];
    await until('another token', async () => {
      const { status } = await browser.open('/api/user');
      if (status !== 200) refused.push(status);
      return browser.cookies.get('token') !== first;
    });
    expect(refused).toEqual([]);
    expect((await browser.open('/api/user/prefs')).status).toBe(200);
  });

  test('outlives an outage of the provider: 503, then as before', async () => {
    const browser = await Browser.signedIn('ada');
    provider.process.process.freeze();
    try {
      let last: Response | undefined;
      await until('an answer that is none', async () => (last = await browser.open('/api/user')).status !== 200);
      expect([last?.status, await last?.json()]).toEqual([
        503,
        expect.objectContaining({ code: 'meshery-provider-2001' }),
      ]);
      expect(browser.cookies.has('token')).toBe(true);
    } finally {
      provider.process.process.thaw();
    }
    await until('answers as before', async () => (await browser.open('/api/user')).status === 200);
  });

  test('GET /api/user/token answers a token that is good here', async () => {
    const browser = await Browser.signedIn('ada');
    const file = (await (await browser.open('/api/user/token')).json()) as Record<string, string>;
    expect(Object.keys(file).sort()).toEqual(['meshery-provider', 'token']);
    const cookie = Object.entries(file)
      .map((pair) => pair.join('='))
      .join('; ');
    const self = await fetch(`${server.url}/api/user`, { headers: { cookie } });
    expect([self.status, await self.json()]).toEqual([200, expect.objectContaining({ name: 'ada' })]);
  });

  test('ends with signing out while the provider is away, and does not come back with it', async () => {
    const browser = await Browser.signedIn('ada');
    const cookie = `token=${browser.cookies.get('token') ?? ''}; meshery-provider=${provider.key}`;
    provider.process.process.freeze();
    try {
      const left = await browser.open('/user/logout');
      expect([left.status, left.headers.get('location'), browser.cookies.has('token')]).toEqual([
        302,
        '/provider',
        false,
      ]);
    } finally {
      provider.process.process.thaw();
    }
    const again = await fetch(`${server.url}/api/user`, { headers: { cookie } });
    expect([again.status, await again.json()]).toEqual([401, expect.objectContaining({ code: 'meshery-auth-1201' })]);
  });

  test('ends with signing out, here and at the provider', async () => {
    const browser = await Browser.signedIn('ada');
    const kept = browser.cookies.get('token') ?? '';
    const left = await browser.open('/user/logout');
    expect([left.headers.get('location'), browser.cookies.has('token')]).toEqual(['/provider', false]);
    const cookie = `token=${kept}; meshery-provider=${provider.key}`;
    expect((await fetch(`${server.url}/api/user`, { headers: { cookie } })).status).toBe(401);
    const { access_token: access } = JSON.parse(Buffer.from(kept, 'base64').toString()) as { access_token: string };
    const body = JSON.stringify({ token: access });
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${provider.url}/introspect`, { method: 'POST', headers, body })).status).toBe(401);
  });
});

describe('what a provider adds', () => {
  const json = async (response: Response): Promise<unknown> => response.json();

  test('GET /api/provider/capabilities answers every feature in both spellings', async () => {
    const body = (await json(await (await Browser.signedIn('vic')).open('/api/provider/capabilities'))) as {
      capabilities: object[];
    };
    expect(body).toMatchObject({ providerName: 'Reference', provider_name: 'Reference', package_version: 'v0.1.0' });
    expect(body.capabilities).toHaveLength(30);
    expect(body).toMatchObject({ restrictedAccess: { isMesheryUiRestricted: false }, redirects: {} });
    expect(Object.keys((body as unknown as { extensions: object }).extensions).sort()).toEqual([
      'account',
      'collaborator',
      'graphql',
      'navigator',
      'userPrefs',
    ]);
    expect(await json(await server.get('/api/provider/capabilities'))).toMatchObject({ providerType: 'local' });
  });

  test('a package is installed, served and removed by an administrator', async () => {
    const [admin, viewer] = [await Browser.signedIn('root'), await Browser.signedIn('vic')];
    const file = '/api/provider/extension/reference.js';
    expect((await viewer.open('/api/provider/extension/install', { method: 'POST' })).status).toBe(403);
    expect((await viewer.open(file)).status).toBe(404);
    const installed = await admin.open('/api/provider/extension/install', { method: 'POST' });
    expect([installed.status, await json(installed)]).toEqual([200, { version: 'v0.1.0' }]);
    expect(await json(await viewer.open('/api/extension/version'))).toEqual({ version: 'v0.1.0' });
    const served = await viewer.open(file);
    expect(served.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await served.text()).toContain('export default');
    expect(await json(await viewer.open('/api/provider/extension/'))).toEqual({});
    for (const name of ['..%2finstalled.json', '%2e%2e/installed.json', 'nothing.js', 'a%00.js']) {
      expect([400, 404]).toContain((await viewer.open(`/api/provider/extension/${name}`)).status);
    }
    expect((await admin.open('/api/provider/extension/remove', { method: 'POST' })).status).toBe(200);
    expect((await viewer.open(file)).status).toBe(404);
    expect((await viewer.open('/api/extension/version')).status).toBe(404);
  });

  const methods = ['GET', 'POST', 'OPTIONS', 'PUT', 'DELETE'];
  test.each(methods.flatMap((method) => ['extensions', 'provider/extension/server'].map((path) => [method, path])))(
    '%s /api/%s/* is the answer of the provider',
    async (method, path) => {
      const user = await Browser.signedIn('ada');
      const hasBody = method === 'POST' || method === 'PUT';
      const asked = `/api/${path}/a/b?x=1`;
      const response = hasBody ? await user.send(method, asked, { y: 2 }) : await user.open(asked, { method: method });
      expect([response.status, await json(response)]).toEqual([
        method === 'POST' ? 201 : 200,
        { method, url: `/${path}/a/b?x=1`, isKnown: true, ...(hasBody ? { body: { y: 2 } } : {}) },
      ]);
    },
  );

  test('the GraphQL that the provider declares is asked with the session, and changed only by who may write', async () => {
    const [viewer, editor] = [await Browser.signedIn('vic'), await Browser.signedIn('ada')];
    const { extensions } = (await json(await viewer.open('/api/provider/capabilities'))) as {
      extensions: { graphql: { path: string }[] };
    };
    expect(extensions.graphql).toEqual([{ component: 'reference', path: '/graphql', type: 'graphql' }]);
    const path = '/api/provider/extension/server/graphql';
    const query = { query: '{ designs { name } }', variables: { a: 1 } };
    const answer = (asked: object) => ({ data: {}, extensions: { asked, isKnown: true } });
    expect(await json(await viewer.send('POST', path, { ...query, other: true }))).toEqual(answer(query));
    const mutation = { query: 'query a { x } mutation b { drop }', operationName: 'a' };
    const refused = await viewer.send('POST', path, mutation);
    expect([refused.status, await json(refused)]).toMatchObject([403, { code: 'meshery-auth-1202' }]);
    expect(await json(await editor.send('POST', path, mutation))).toEqual(answer(mutation));
    const words = `{ ${'a '.repeat(5000)} }`;
    for (const wrong of [[query], {}, { query: '{' }, { query: 'subscription { x }' }, { query: words }]) {
      const response = await editor.send('POST', path, wrong);
      expect([response.status, await json(response)]).toMatchObject([400, { code: 'meshery-core-1001' }]);
    }
    for (const other of ['server/graphql/x', 'parted/graphql']) {
      expect((await viewer.send('POST', `/api/provider/extension/${other}`, query)).status).toBe(403);
    }
    expect((await fetch(`${server.url}${path}`, { method: 'POST' })).status).toBe(401);
  });

  test('the Local provider adds nothing', async () => {
    for (const path of ['/api/extension/version', '/api/extensions/x', '/api/provider/extension/x.js']) {
      const response = await server.get(path);
      expect([response.status, await json(response)]).toEqual([
        404,
        expect.objectContaining({ code: 'meshery-provider-2000' }),
      ]);
    }
  });
});
