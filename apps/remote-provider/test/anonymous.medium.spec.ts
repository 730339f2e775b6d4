import { ReferenceProvider } from '@meshery/testing';

/** People who have no account, at a provider that lets them in and at one that does not. */

const json = { 'content-type': 'application/json' };
let open: ReferenceProvider;
let closed: ReferenceProvider;
beforeAll(async () => {
  open = await ReferenceProvider.start({ PROVIDER_ANONYMOUS: 'true' });
  closed = await ReferenceProvider.start();
}, 120_000);
afterAll(async () => {
  await open.process.stop();
  await closed.process.stop();
});

async function endpointAt({ url }: ReferenceProvider): Promise<string | undefined> {
  const document = (await (await fetch(`${url}/capabilities`)).json()) as {
    readonly capabilities: readonly { readonly feature: string; readonly endpoint?: string }[];
  };
  return document.capabilities.find(({ feature }) => feature === 'persist-anonymous-user')?.endpoint;
}

test('nobody is let in without an account unless it is switched on', async () => {
  expect([await endpointAt(open), await endpointAt(closed)]).toEqual(['/user/anonymous', undefined]);
  expect((await fetch(`${closed.url}/user/anonymous`, { method: 'POST' })).status).toBe(404);
});

test('an anonymous session has a profile and preferences, and sees nothing that others made', async () => {
  const response = await fetch(`${open.url}/user/anonymous`, { method: 'POST' });
  const { access_token: token } = (await response.json()) as { readonly access_token: string };
  const headers = { ...json, authorization: `bearer ${token}` };
  const statusOf = async (path: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(`${open.url}${path}`, { headers, ...init })).status;
  expect([await statusOf('/identity/users/profile'), await statusOf('/user/preferences')]).toEqual([200, 200]);
  const kept = ['/identity/users', '/identity/orgs', '/identity/orgs/keys', '/events/summary', '/patterns'];
  const others = [...kept, '/patterns/catalog', '/designs/share/x', '/integrations/credentials'];
  expect(await Promise.all(others.map((path) => statusOf(path)))).toEqual(others.map(() => 403));
  expect(await statusOf('/patterns', { method: 'POST', body: '{}' })).toBe(403);
});

test('a crowd of anonymous sessions signs nobody else out', async () => {
  const oldest = (await (await fetch(`${open.url}/user/anonymous`, { method: 'POST' })).json()) as object;
  const callback = 'http://127.0.0.1/api/user/token';
  const source = Buffer.from(callback).toString('base64url');
  const back = new URL(await open.fillIn(`${open.url}/login?source=${source}`, 'ada'));
  const own = Buffer.from(back.searchParams.get('token') ?? '', 'base64').toString();
  for (let index = 0; index < 1000; index += 100) {
    const crowd = Array.from({ length: 100 }, () => fetch(`${open.url}/user/anonymous`, { method: 'POST' }));
    for (const response of await Promise.all(crowd)) await response.text();
  }
  const introspect = async (tokens: object): Promise<number> => {
    const { access_token: token } = tokens as { readonly access_token: string };
    const init = { method: 'POST', headers: json, body: JSON.stringify({ token }) };
    return (await fetch(`${open.url}/introspect`, init)).status;
  };
  expect([await introspect(oldest), await introspect(JSON.parse(own) as object)]).toEqual([401, 200]);
});
