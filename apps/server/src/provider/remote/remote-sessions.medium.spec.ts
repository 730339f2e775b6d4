import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@meshery/observability';
import { SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import type { GenerateKeyPairResult, JWTHeaderParameters, JWTPayload } from 'jose';
import { endedInMemory } from '../../../test/ended-in-memory.ts';
import { ProviderClient } from './provider-client.ts';
import { RemoteSessions } from './remote-sessions.ts';

/** Tokens of every kind against a provider whose answers are under our control. */

let keys: GenerateKeyPairResult;
let others: GenerateKeyPairResult;
let provider: Server;
let client: ProviderClient;
const asked: string[] = [];
let knows = true;
let saysInactive = false;
let published: readonly unknown[] = [];

beforeAll(async () => {
  [keys, others] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ]);
  provider = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume();
    if (request.url === '/keys') response.end(JSON.stringify({ keys: published }));
    else
      response
        .writeHead(request.url === '/introspect' && knows ? 200 : 401)
        .end(JSON.stringify(saysInactive ? { active: false } : {}));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => provider.once('listening', resolve));
  client = new ProviderClient(`http://127.0.0.1:${String((provider.address() as AddressInfo).port)}`, 'test');
});
afterAll(() => {
  provider.closeAllConnections();
  provider.close();
});

let now = 0;
const clock = { ...systemClock, now: () => Date.now() + now, monotonic: () => now };
let sessions: RemoteSessions;
beforeEach(async () => {
  published = [null, { kty: 'RSA', kid: 'bad', n: '!', e: '' }, { ...(await exportJWK(keys.publicKey)), kid: 'k1' }];
  asked.length = 0;
  knows = true;
  saysInactive = false;
  now = 0;
  sessions = new RemoteSessions({ provider: 'p', client, clock, ended: endedInMemory() });
});

const seconds = Math.floor(Date.now() / 1000);
const claims: JWTPayload = { sub: 'u', name: 'ada', roles: ['editor', 'root'], exp: seconds + 3600, jti: 'j' };
const sign = (payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}, pair = keys): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(pair.privateKey);
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

test('a genuine token is good in either form, with the roles that are known here', async () => {
  const access = await sign(claims);
  const cookie = Buffer.from(JSON.stringify({ access_token: access }))
    .toString('base64')
    .replaceAll('=', '');
  for (const token of [access, cookie]) {
    const { identity } = await sessions.verify(token);
    expect(identity).toEqual({ userId: 'u', name: 'ada', provider: 'p', roles: ['editor'] });
    expect(sessions.tokenOf(identity)).toBe(token);
  }
  expect(sessions.recall(access)).toBeDefined();
});

test.each<[string, () => Promise<string>]>([
  ['has no end', () => sign({ sub: 'u', jti: 'j' })],
  ['has ended', () => sign({ ...claims, exp: seconds - 60 })],
  ['is not valid yet', () => sign({ ...claims, nbf: seconds + 600 })],
  ['is of nobody', () => sign({ exp: seconds + 60 })],
  ['is signed by somebody else', () => sign(claims, {}, others)],
  ['names no key', () => sign(claims, { kid: undefined } as never)],
  ['names a key that nobody has', () => sign(claims, { kid: '../../etc/passwd' })],
  ['brings its own key', async () => sign(claims, { kid: 'k2', jwk: await exportJWK(others.publicKey) }, others)],
  ['is not signed', () => Promise.resolve(`${encoded({ alg: 'none', kid: 'k1' })}.${encoded(claims)}.`)],
  [
    'is signed with the public key as a secret',
    async () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .sign(Buffer.from(await exportSPKI(keys.publicKey))),
  ],
  ['is too long', () => Promise.resolve('x'.repeat(100_000))],
  ['is no token', () => Promise.resolve('nonsense')],
])('a token that %s is refused', async (_what, make) => {
  await expect(sessions.verify(await make())).rejects.toMatchObject({ code: 'meshery-auth-1201' });
  expect(asked.filter((path) => path === '/introspect')).toEqual([]);
});

test('a token that the provider does not know any more is refused', async () => {
  const token = await sign(claims);
  await sessions.verify(token);
  knows = false;
  now = 20_000;
  await expect(sessions.verify(token)).rejects.toMatchObject({ code: 'meshery-auth-1201' });
});

test('a token of which the provider says that it is not active is refused', async () => {
  saysInactive = true;
  await expect(sessions.verify(await sign(claims))).rejects.toMatchObject({ code: 'meshery-auth-1201' });
});

test('a flood of unknown keys fetches the keys once a minute', async () => {
  for (let index = 0; index < 20; index += 1) {
    await expect(sessions.verify(await sign(claims, { kid: `x${String(index)}` }))).rejects.toThrow();
  }
  expect(asked.filter((path) => path === '/keys')).toHaveLength(1);
  now = 61_000;
  await expect(sessions.verify(await sign(claims, { kid: 'y' }))).rejects.toThrow();
  expect(asked.filter((path) => path === '/keys')).toHaveLength(2);
});

test('a sign-out that cannot be kept is said to have failed, and the provider is told of it all the same', async () => {
  const ended = { ...endedInMemory(), add: () => Promise.reject(new Error('disk full')) };
  const lost = new RemoteSessions({ provider: 'p', client, clock, ended });
  const session = await lost.verify(await sign(claims));
  await expect(lost.end(session)).rejects.toThrow('disk full');
  expect(asked).toContain('/logout');
});

test('of 10,000 keys the first 100 are read, and no more are kept or fetched', async () => {
  const jwk = await exportJWK(keys.publicKey);
  published = Array.from({ length: 10_000 }, (_none, index) => ({ ...jwk, kid: `n${String(index)}` }));
  await expect(sessions.verify(await sign(claims, { kid: 'n99' }))).resolves.toBeDefined();
  for (const kid of ['n100', 'n9999'])
    await expect(sessions.verify(await sign(claims, { kid }))).rejects.toMatchObject({ code: 'meshery-auth-1201' });
  expect(asked.filter((path) => path === '/keys')).toHaveLength(1);
});

test('a provider that is away refuses nothing for good', async () => {
  const nobody = new ProviderClient('http://127.0.0.1:1', 'test');
  const gone = new RemoteSessions({ provider: 'p', client: nobody, clock, ended: endedInMemory() });
  await expect(gone.verify(await sign(claims))).rejects.toMatchObject({ code: 'meshery-provider-2001' });
});
