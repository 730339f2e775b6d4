import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createLogger, requestContext, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { GenerateKeyPairResult } from 'jose';
import type { ListedProvider } from '../../identity/provider-list.ts';
import { endedInMemory } from '../../../test/ended-in-memory.ts';
import { ProviderClient } from './provider-client.ts';
import { RemoteRequests } from './remote-requests.ts';
import { RemoteSessions } from './remote-sessions.ts';

/** Sessions whose tokens end, at a provider that uses each refresh token up, and whose answers are under our control. */

let keys: GenerateKeyPairResult;
let others: GenerateKeyPairResult;
/** Id of the key that the provider signs with, and the only one that it publishes. */
let current: 'k1' | 'k2';
let provider: Server;
let client: ProviderClient;

/** What the provider knows: live access tokens, and what each refresh token gives. */
let live: Set<string>;
let renewals: Map<string, string>;
let asked: string[];
/** Status of an answer that is not given as usual. */
let wrong: Readonly<Record<string, number>>;
let beforeRefresh: () => Promise<unknown>;

beforeAll(async () => {
  const pair = () => generateKeyPair('RS256', { extractable: true });
  [keys, others] = await Promise.all([pair(), pair()]);
  const published = {
    k1: { ...(await exportJWK(keys.publicKey)), kid: 'k1' },
    k2: { ...(await exportJWK(others.publicKey)), kid: 'k2' },
  };
  const answer = async (path: string, token: string, authorization: string): Promise<[number, object]> => {
    if (path === '/keys') return [200, { keys: [published[current]] }];
    if (path === '/introspect') return [live.has(token) ? 200 : 401, {}];
    if (path === '/environments') return [live.has(accessOf(authorization.slice('bearer '.length))) ? 200 : 401, {}];
    if (path !== '/refresh') return [200, {}];
    const renewed = renewals.get(token);
    renewals.delete(token);
    await beforeRefresh();
    return renewed === undefined ? [401, {}] : [200, { token: renewed }];
  };
  provider = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '';
      asked.push(path);
      const { token = '' } = JSON.parse((await text(request)) || '{}') as { token?: string };
      const [status, body] = await answer(path, token, request.headers.authorization ?? '');
      response.writeHead(wrong[path] ?? status).end(JSON.stringify(body));
    })();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => provider.once('listening', resolve));
  client = new ProviderClient(`http://127.0.0.1:${String((provider.address() as AddressInfo).port)}`, 'test');
});
afterAll(() => {
  provider.closeAllConnections();
  provider.close();
});

let now: number;
const clock = { ...systemClock, now: () => Date.now() + now, monotonic: () => now };
let sessions: RemoteSessions;
beforeEach(() => {
  [live, renewals, asked, wrong, now, current] = [new Set(), new Map(), [], {}, 0, 'k1'];
  beforeRefresh = () => Promise.resolve();
  sessions = new RemoteSessions({ provider: 'p', client, clock, ended: endedInMemory() });
});

const accessOf = (token: string): string =>
  (JSON.parse(Buffer.from(token, 'base64').toString()) as { access_token: string }).access_token;

/** A token of "ada", or of somebody else, that the provider knows. */
async function tokenOf(name: string, { seconds = 60, user = 'ada' } = {}): Promise<string> {
  const access = await new SignJWT({ sub: user, name: user, roles: ['editor'], jti: name })
    .setProtectedHeader({ alg: 'RS256', kid: current })
    .setExpirationTime(Math.floor(clock.now() / 1000) + seconds)
    .sign((current === 'k1' ? keys : others).privateKey);
  live.add(access);
  return Buffer.from(JSON.stringify({ access_token: access, refresh_token: `of ${name}` })).toString('base64');
}

/** The provider does not know the access token any more, and gives the other one for the refresh token. */
function ends(token: string, next?: string): void {
  live.delete(accessOf(token));
  if (next !== undefined) renewals.set(token, next);
}

const timesAsked = (path: string): number => asked.filter((one) => one === path).length;
const refused = { code: 'meshery-auth-1201' };
const away = { code: 'meshery-provider-2001' };

test('a token that ended is renewed once for all who come with it, long after too', async () => {
  const [first, second] = [await tokenOf('1'), await tokenOf('2', { seconds: 3600 })];
  ends(first, second);
  const verified = await Promise.all([sessions.verify(first), sessions.verify(first)]);
  expect(verified.map(({ renewedToken }) => renewedToken)).toEqual([second, second]);
  now = 30 * 60_000;
  expect(await sessions.verify(first)).toMatchObject({ renewedToken: second });
  expect(timesAsked('/refresh')).toBe(1);
});

test('a new token that ended before it was asked about is renewed in turn', async () => {
  const [first, second, third] = [await tokenOf('1'), await tokenOf('2'), await tokenOf('3')];
  ends(first, second);
  ends(second, third);
  expect(await sessions.verify(first)).toMatchObject({ renewedToken: third });
});

test('who comes with a token that was renewed more than once gets the newest', async () => {
  const [first, second, third] = [await tokenOf('1'), await tokenOf('2'), await tokenOf('3')];
  ends(first, second);
  expect(await sessions.verify(first)).toMatchObject({ renewedToken: second });
  ends(second, third);
  now = 20_000;
  expect(await sessions.verify(second)).toMatchObject({ renewedToken: third });
  expect(sessions.recall(first)).toBeUndefined();
  expect(await sessions.verify(first)).toMatchObject({ renewedToken: third });
  expect(timesAsked('/refresh')).toBe(2);
});

test('a new token is taken at once although its key is a new one', async () => {
  const first = await tokenOf('1');
  await sessions.verify(first);
  current = 'k2';
  const second = await tokenOf('2');
  ends(first, second);
  now = 20_000;
  expect(await sessions.verify(first)).toMatchObject({ renewedToken: second });
  current = 'k1';
  const third = await tokenOf('3');
  await sessions.learn(third);
  expect(await sessions.verify(third)).toMatchObject({ tokenId: '3' });
});

test('a provider that gives nothing but ended tokens is asked a few times only', async () => {
  const tokens = await Promise.all([...Array(10).keys()].map((index) => tokenOf(String(index))));
  for (const [index, token] of tokens.entries()) ends(token, tokens[index + 1] ?? tokens[0]);
  await expect(sessions.verify(tokens[0] ?? '')).rejects.toMatchObject(refused);
  expect(timesAsked('/refresh')).toBeLessThan(5);
});

test('the answer to a renewal counts also when nobody waited for it', async () => {
  const [first, second] = [await tokenOf('1'), await tokenOf('2')];
  const late = Promise.withResolvers<undefined>();
  beforeRefresh = () => late.promise;
  sessions = new RemoteSessions({ provider: 'p', client, clock, patienceMs: 50, ended: endedInMemory() });
  ends(first, second);
  await expect(sessions.verify(first)).rejects.toMatchObject(away);
  await expect(sessions.verify(first)).rejects.toMatchObject(away);
  late.resolve(undefined);
  let renewed: string | undefined;
  await waitUntil({ what: 'the new token', timeoutMs: 30_000 }, async () => {
    renewed = (await sessions.verify(first).catch(() => undefined))?.renewedToken;
    return renewed !== undefined;
  });
  expect([renewed, timesAsked('/refresh')]).toEqual([second, 1]);
});

test.each(['/introspect', '/refresh'])('a provider that is too busy for %s ends nothing', async (path) => {
  const [first, second] = [await tokenOf('1'), await tokenOf('2')];
  if (path === '/refresh') ends(first, second);
  wrong = { [path]: 429 };
  await expect(sessions.verify(first)).rejects.toMatchObject(away);
  wrong = {};
  if (path === '/refresh') renewals.set(first, second);
  expect(await sessions.verify(first)).toMatchObject({ tokenId: path === '/refresh' ? '2' : '1' });
});

describe('a session that was signed out', () => {
  test('is not renewed, although its provider could not be told', async () => {
    const [first, second] = [await tokenOf('1'), await tokenOf('2')];
    const session = await sessions.verify(first);
    wrong = { '/logout': 503 };
    await expect(sessions.end(session)).rejects.toMatchObject(away);
    expect(timesAsked('/revoke')).toBe(1);
    renewals.set(first, second);
    await expect(sessions.verify(first)).rejects.toMatchObject(refused);
    ends(first, second);
    now = 20_000;
    await expect(sessions.verify(first)).rejects.toMatchObject(refused);
    expect(timesAsked('/refresh')).toBe(0);
  });

  test('takes along the token that another request renewed it to', async () => {
    const [first, second] = [await tokenOf('1'), await tokenOf('2')];
    const session = await sessions.verify(first);
    ends(first, second);
    now = 20_000;
    expect(await sessions.verify(first)).toMatchObject({ renewedToken: second });
    await sessions.end(session);
    await expect(sessions.verify(second)).rejects.toMatchObject(refused);
    await expect(sessions.verify(first)).rejects.toMatchObject(refused);
  });

  test('does not come back with a renewal that was under way', async () => {
    const [first, second] = [await tokenOf('1'), await tokenOf('2')];
    const session = await sessions.verify(first);
    ends(first, second);
    now = 20_000;
    const [begun, goOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    beforeRefresh = () => {
      begun.resolve(undefined);
      return goOn.promise;
    };
    const renewing = sessions.verify(first);
    await begun.promise;
    await sessions.end(session);
    goOn.resolve(undefined);
    await expect(renewing).rejects.toMatchObject(refused);
    await expect(sessions.verify(first)).rejects.toMatchObject(refused);
  });
});

describe('a call for a user whose token ends on the way', () => {
  const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
  const capabilities = [{ feature: 'environments', endpoint: '/environments' }];
  const listed = { key: 'p', status: 'online', properties: { capabilities } } as unknown as ListedProvider;
  const send = async (token: string): Promise<unknown> => {
    const { identity: user } = await sessions.verify(token);
    const ctx = requestContext({ user, requestId: 'r', logger, signals: [] });
    return new RemoteRequests({ client, listing: { current: listed }, sessions, clock }).send(ctx, 'environments', '');
  };

  test('is made again with a new token, which the user gets with the next request', async () => {
    const [first, second] = [await tokenOf('1'), await tokenOf('2')];
    await sessions.verify(first);
    ends(first, second);
    await expect(send(first)).resolves.toEqual({});
    expect(sessions.recall(first)).toBeUndefined();
    expect(await sessions.verify(first)).toMatchObject({ renewedToken: second });
    await expect(send(first)).resolves.toEqual({});
    expect([timesAsked('/refresh'), timesAsked('/environments')]).toEqual([1, 3]);
  });

  test('is refused when there is no new one, or it is of somebody else', async () => {
    const [first, other] = [await tokenOf('1'), await tokenOf('2', { user: 'eve' })];
    await sessions.verify(first);
    ends(first, other);
    await expect(send(first)).rejects.toMatchObject(refused);
    expect(timesAsked('/environments')).toBe(1);
  });

  test('is not made again where the token is still good', async () => {
    wrong = { '/environments': 401 };
    await expect(send(await tokenOf('1'))).rejects.toMatchObject(refused);
    expect([timesAsked('/refresh'), timesAsked('/environments')]).toEqual([0, 1]);
  });
});
