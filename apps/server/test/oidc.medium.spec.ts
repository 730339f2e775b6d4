import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScriptedIssuer } from '@meshery/testing';
import type { IdTokenFault } from '@meshery/testing';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Sign-in with an OpenID Connect issuer, which is a server of its own. */

let issuer: ScriptedIssuer;
let server: TestServer;
let folder: string;
beforeAll(async () => {
  issuer = await ScriptedIssuer.start();
  folder = await mkdtemp(join(tmpdir(), 'meshery-oidc-'));
  server = await startTestServer({ env: await settings() });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await issuer.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  issuer.person = { sub: 'ada-1', preferred_username: 'ada', email: 'ada@example.org', groups: ['operators'] };
});

async function settings(): Promise<Record<string, string>> {
  const secret = join(folder, 'secret');
  await writeFile(secret, `${ScriptedIssuer.clientSecret}\n`);
  return {
    MESHERY_OIDC_ISSUER: issuer.url,
    MESHERY_OIDC_CLIENT_ID: ScriptedIssuer.clientId,
    MESHERY_OIDC_CLIENT_SECRET_FILE: secret,
    MESHERY_OIDC_SCOPES: 'profile groups',
    MESHERY_OIDC_ROLES: '{"operators":"editor","owners":"admin"}',
    MESHERY_OIDC_NAME: 'Example ID',
  };
}

const html = { headers: { accept: 'text/html' } };
const locationOf = (response: Response): string => response.headers.get('location') ?? '';

/** As far as the address that the issuer sends the browser back to. */
async function begin(browser: CookieBrowser, path = '/auth/oidc'): Promise<string> {
  const location = locationOf(await browser.open(path, html));
  return locationOf(await fetch(location, { redirect: 'manual' }));
}

async function signIn(browser = new CookieBrowser(server.url)): Promise<Response> {
  return browser.open(await begin(browser), html);
}

async function signedIn(): Promise<{ browser: CookieBrowser; user: Record<string, unknown> }> {
  const browser = new CookieBrowser(server.url);
  expect(locationOf(await signIn(browser))).toBe('/');
  return { browser, user: (await (await browser.open('/api/user')).json()) as Record<string, unknown> };
}

function kept(): Promise<readonly unknown[]> {
  return server.userData.read(async (data) => [
    await data.users.all({}),
    await data.federatedIdentities.all({}),
    await data.memberships.all({}),
  ]);
}

/** Why the audit log says that sign-ins were refused. */
async function refusals(): Promise<readonly string[]> {
  await server.service.app.get(RefusalLog, { strict: false }).settled();
  const lines = await server.userData.read((data) => data.audit.after(0, 1000));
  return lines.filter(({ action }) => action === 'GET /auth/oidc/callback').map(({ reason }) => reason);
}

test('GET /api/providers says where signing in with the issuer begins', async () => {
  const { Local } = (await (await fetch(`${server.url}/api/providers`)).json()) as Record<string, object>;
  expect(Local).toMatchObject({ issuers: [{ name: 'Example ID', path: '/auth/oidc' }] });
});

describe('a sign-in', () => {
  test('makes an account with the role of the groups, and leads to where somebody wanted to go', async () => {
    const browser = new CookieBrowser(server.url);
    expect(locationOf(await browser.open('/?kind=Pod', html))).toBe('/provider');
    const end = await browser.open(await begin(browser), html);
    expect([end.status, locationOf(end), browser.cookies.get('meshery-login')]).toEqual([302, '/?kind=Pod', undefined]);
    const cookies = end.headers.getSetCookie().join('\n');
    expect(cookies).toMatch(/^token=[^;]+; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/m);
    const user = (await (await browser.open('/api/user')).json()) as object;
    expect(user).toMatchObject({ name: 'ada', email: 'ada@example.org', roleNames: ['editor'] });
    expect(server.lines.join('')).not.toContain(browser.cookies.get('token'));
    expect(server.lines.join('')).not.toContain(ScriptedIssuer.clientSecret);
  });

  test('asks for what was set, with a callback of this server', async () => {
    const location = new URL(locationOf(await fetch(`${server.url}/auth/oidc`, { redirect: 'manual' })));
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      scope: 'openid profile groups',
      redirect_uri: `${server.url}/auth/oidc/callback`,
      code_challenge_method: 'S256',
    });
  });

  test('leads to "next" of the dashboard, of this server only', async () => {
    const leads = async (next: string): Promise<string> => {
      const browser = new CookieBrowser(server.url);
      return locationOf(await browser.open(await begin(browser, `/auth/oidc?next=${encodeURIComponent(next)}`), html));
    };
    expect([await leads('/?kind=Job'), await leads('//evil.example')]).toEqual(['/?kind=Job', '/']);
  });

  test('finds the account again by issuer and subject, whatever the name, and gives it the role of today', async () => {
    issuer.person = { sub: 'eve-1', preferred_username: 'eve', groups: ['operators'] };
    const first = await signedIn();
    issuer.person = { sub: 'eve-1', preferred_username: 'evelyn', groups: ['others', 'owners', 'operators'] };
    const second = await signedIn();
    expect([second.user.id, second.user.roleNames]).toEqual([first.user.id, ['admin']]);
    expect(await (await first.browser.open('/api/user')).json()).toMatchObject({ roleNames: ['admin'] });
  });

  test('never leads to the account of another person with the same name and e-mail address', async () => {
    const ada = await signedIn();
    issuer.person = { ...issuer.person, sub: 'ada-2' };
    const other = await signedIn();
    expect(other.user.id).not.toBe(ada.user.id);
    expect(other.user.name).toMatch(/^ada \([0-9a-f]{8}\)$/);
  });

  test('is accepted when the token is signed with ES256', async () => {
    issuer.fault = { signer: 'elliptic' };
    expect((await signedIn()).user).toMatchObject({ name: 'ada' });
  });

  test('is for those with a role only; who had one loses it, in open sessions as well', async () => {
    issuer.person = { sub: 'max-1', preferred_username: 'max', groups: ['others'] };
    const before = await kept();
    expect(locationOf(await signIn())).toBe('/provider?error=meshery-auth-1206');
    expect(await kept()).toEqual(before);
    issuer.person = { ...issuer.person, groups: 'operators' };
    const { browser } = await signedIn();
    issuer.person = { ...issuer.person, groups: undefined };
    expect(locationOf(await signIn())).toBe('/provider?error=meshery-auth-1206');
    expect((await browser.open('/api/system/clusters')).status).toBe(403);
    issuer.person = { ...issuer.person, groups: ['operators'] };
    await signedIn();
    expect((await browser.open('/api/system/clusters')).status).toBe(200);
  });

  test('does not open an account that is locked', async () => {
    issuer.person = { sub: 'lou-1', preferred_username: 'lou', groups: ['operators'] };
    const { user } = await signedIn();
    const init = { method: 'PUT', body: '{"status":"inactive"}', headers: { 'content-type': 'application/json' } };
    expect((await server.get(`/api/identity/users/${String(user.id)}`, init)).status).toBe(200);
    expect(locationOf(await signIn())).toBe('/provider?error=meshery-auth-1206');
  });
});

describe('signing out', () => {
  const endOf = (address: string): object => {
    const { origin, pathname, searchParams } = new URL(address);
    return { at: `${origin}${pathname}`, ...Object.fromEntries(searchParams) };
  };
  const end = (): object => ({
    at: `${issuer.url}/logout`,
    client_id: ScriptedIssuer.clientId,
    post_logout_redirect_uri: `${server.url}/provider`,
  });

  test('of a browser leads to the end of the session with the issuer, and back to the sign-in page', async () => {
    const { browser } = await signedIn();
    expect(endOf(locationOf(await browser.open('/user/logout', html)))).toEqual(end());
    expect((await browser.open('/api/user')).status).toBe(401);
  });

  test('of the dashboard says where that is', async () => {
    const { browser } = await signedIn();
    const { endSession } = (await (await browser.open('/api/user/logout', { method: 'POST' })).json()) as {
      endSession: string;
    };
    expect(endOf(endSession)).toEqual(end());
  });

  test('of somebody without the issuer stays here', async () => {
    const browser = new CookieBrowser(server.url);
    await browser.open(`/auth/local?code=${server.prepared.security.codes.issue()}`);
    expect(await (await browser.open('/api/user/logout', { method: 'POST' })).json()).toEqual({});
  });
});

describe('refused, with nothing changed and a line of the audit log', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  const faults: readonly [string, () => IdTokenFault][] = [
    ['another nonce', () => ({ claims: { nonce: 'A'.repeat(43) } })],
    ['no nonce', () => ({ claims: { nonce: undefined } })],
    ['no signature', () => ({ signer: 'none' })],
    ['an HMAC keyed with the public key', () => ({ signer: 'secret' })],
    ['a key that is not published', () => ({ signer: 'stranger' })],
    ['an unknown key id', () => ({ signer: 'stranger', header: { kid: 'unknown' } })],
    ['keys named by the token itself', () => ({ signer: 'stranger', header: { jku: `${issuer.url}/keys`, kid: 'x' } })],
    ['another audience', () => ({ claims: { aud: 'another' } })],
    ['many audiences and no authorized party', () => ({ claims: { aud: [ScriptedIssuer.clientId, 'another'] } })],
    ['another authorized party', () => ({ claims: { azp: 'another' } })],
    ['another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['an end that is past', () => ({ claims: { iat: now() - 600, exp: now() - 300 } })],
    ['no end', () => ({ claims: { exp: undefined } })],
    ['a time of issue in the future', () => ({ claims: { iat: now() + 600, exp: now() + 900 } })],
    ['no subject', () => ({ claims: { sub: undefined } })],
    ['an empty subject', () => ({ claims: { sub: '' } })],
  ];

  test.each(faults)('an ID token with %s', async (_name, fault) => {
    const before = await kept();
    const lines = await refusals();
    issuer.fault = fault();
    const browser = new CookieBrowser(server.url);
    const response = await signIn(browser);
    expect([response.status, locationOf(response)]).toEqual([302, '/provider?error=meshery-auth-1207']);
    expect([browser.cookies.has('token'), await kept()]).toEqual([false, before]);
    const added = await refusals();
    expect(added).toHaveLength(lines.length + 1);
    expect(added).toEqual(expect.arrayContaining([...lines, 'meshery-auth-1207']));
  });

  test('an answer that this browser did not ask for, that comes again, or is of another issuer', async () => {
    const [victim, attacker] = [new CookieBrowser(server.url), new CookieBrowser(server.url)];
    await begin(victim);
    const stolen = await victim.open(await begin(attacker), html);
    expect([locationOf(stolen), victim.cookies.has('token')]).toEqual(['/provider?error=meshery-auth-1203', false]);
    const back = await begin(attacker);
    const state = attacker.cookies.get('meshery-login') ?? '';
    expect(locationOf(await attacker.open(back, html))).toBe('/');
    const redeemed = issuer.count('/token');
    attacker.cookies.set('meshery-login', state);
    expect(locationOf(await attacker.open(back, html))).toBe('/provider?error=meshery-auth-1203');
    expect(issuer.count('/token')).toBe(redeemed);
    const mixedUp = new URL(await begin(victim));
    mixedUp.searchParams.set('iss', 'https://evil.example');
    expect(locationOf(await victim.open(mixedUp.href, html))).toBe('/provider?error=meshery-auth-1203');
    expect(await refusals()).toEqual(expect.arrayContaining(['meshery-auth-1203']));
  });

  test('a code that was used elsewhere, is none, or belongs to another sign-in', async () => {
    const browser = new CookieBrowser(server.url);
    const other = new URL(await begin(new CookieBrowser(server.url))).searchParams.get('code') ?? '';
    for (const code of [other, 'nonsense', '']) {
      const back = new URL(await begin(browser));
      back.searchParams.set('code', code);
      expect(locationOf(await browser.open(back.href, html))).toBe('/provider?error=meshery-auth-1203');
    }
    expect(browser.cookies.has('token')).toBe(false);
  });

  test('what the issuer itself refuses, and nonsense', async () => {
    const browser = new CookieBrowser(server.url);
    const back = new URL(await begin(browser));
    const refused = `/auth/oidc/callback?error=access_denied&state=${back.searchParams.get('state') ?? ''}`;
    expect(locationOf(await browser.open(refused, html))).toBe('/provider?error=meshery-auth-1203');
    for (const query of ['', '?code=a&state=', '?state=a&state=b', '?code[x]=1&state=__proto__']) {
      const response = await browser.open(`/auth/oidc/callback${query}`);
      expect([response.status, await response.json()]).toMatchObject([401, { code: 'meshery-auth-1203' }]);
    }
  });

  test('tokens of unknown keys do not make the keys be fetched each time', async () => {
    const before = issuer.count('/keys');
    for (let n = 0; n < 5; n += 1) {
      issuer.fault = { signer: 'stranger', header: { kid: `unknown-${String(n)}` } };
      await signIn();
    }
    expect(issuer.count('/keys') - before).toBeLessThanOrEqual(1);
  });
});

describe('an issuer that is away', () => {
  afterEach(() => {
    issuer.outage = undefined;
    issuer.document = {};
  });

  test('while somebody signs in is a coded 503, and the next sign-in works', async () => {
    const browser = new CookieBrowser(server.url);
    const back = await begin(browser);
    issuer.outage = 502;
    const answer = await browser.open(back);
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'meshery-auth-1208' }]);
    expect(browser.cookies.has('token')).toBe(false);
    issuer.outage = undefined;
    await signedIn();
  });

  test('or publishes 10,000 keys signs nobody in, and is not heard to the end', async () => {
    const other = await startTestServer({ env: await settings() });
    issuer.moreKeys = Array.from({ length: 10_000 }, (_none, index) => ({
      kty: 'RSA',
      kid: `k${String(index)}`,
      n: 'A'.repeat(342),
      e: 'AQAB',
    }));
    const browser = new CookieBrowser(other.url);
    const answer = await browser.open(await begin(browser));
    issuer.moreKeys = [];
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'meshery-auth-1208' }]);
    expect(browser.cookies.has('token')).toBe(false);
    await other.stop();
  });

  test.each([
    ['does not answer', 'http://127.0.0.1:9', {}],
    ['calls itself otherwise', '', { issuer: 'https://evil.example' }],
    ['sends secrets in the clear', '', { token_endpoint: 'http://192.0.2.1/token' }],
    ['has no keys', '', { jwks_uri: undefined }],
  ])('or %s keeps the server from nothing else', async (_name, url, document) => {
    issuer.document = document;
    const env = { ...(await settings()), ...(url === '' ? {} : { MESHERY_OIDC_ISSUER: url }) };
    const other = await startTestServer({ env });
    try {
      const page = await fetch(`${other.url}/auth/oidc`, { redirect: 'manual', ...html });
      expect([page.status, locationOf(page)]).toEqual([302, '/provider?error=meshery-auth-1208']);
      const program = await fetch(`${other.url}/auth/oidc`, { redirect: 'manual' });
      expect([program.status, await program.json()]).toMatchObject([503, { code: 'meshery-auth-1208' }]);
      const code = other.prepared.security.codes.issue();
      const byCode = await fetch(`${other.url}/auth/local?code=${code}`, { redirect: 'manual' });
      expect([byCode.status, locationOf(byCode)]).toEqual([302, '/']);
    } finally {
      await other.stop();
    }
  });
});

test.each([
  { MESHERY_OIDC_ISSUER: 'http://idp.example' },
  { MESHERY_OIDC_ISSUER: 'https://idp.example' },
  { MESHERY_OIDC_ISSUER: 'https://idp.example', MESHERY_OIDC_CLIENT_ID: 'a', MESHERY_OIDC_CLIENT_SECRET_FILE: '/none' },
  { MESHERY_OIDC_ROLES: '{"operators":"root"}' },
  { MESHERY_OIDC_ROLES: 'operators=admin' },
  { MESHERY_OIDC_OTHER_ROLE: 'admin' },
])('a server with %j does not start', async (env) => {
  await expect(startTestServer({ env })).rejects.toMatchObject({ code: 'meshery-config-1100' });
});
