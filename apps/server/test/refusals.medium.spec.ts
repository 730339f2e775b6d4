import { status } from '@grpc/grpc-js';
import { connectionServiceDefinition } from '@meshery/contracts/grpc';
import { loadSigningKey, tokenAudience, tokenIssuer } from '@meshery/security';
import { SignJWT, UnsecuredJWT, exportSPKI, generateKeyPair } from 'jose';
import type { AuditEntry } from '@meshery/object-model';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { localUser } from '../src/identity/local-user.ts';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { rawRequest } from './raw-request.ts';
import type { RawAnswer } from './raw-request.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Who was refused what: a code, nothing changed, and a line in the audit log that cannot be avoided. */

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
}, 60_000);
afterAll(() => server.stop());

const jsonType = { 'content-type': 'application/json' };

interface Route {
  readonly method: string;
  readonly path: string;
}

const send = (route: Route, headers: Readonly<Record<string, string>>, body?: string): Promise<RawAnswer> =>
  rawRequest(server.url, { ...route, headers, ...(body === undefined ? {} : { body }) });

/** The code of an answer as REST or GraphQL says it. */
function codeOf({ text }: RawAnswer): string | undefined {
  return /"(?:mesheryC|c)ode":"(meshery-[a-z]+-\d+)"/.exec(text)?.[1];
}

async function audited(): Promise<readonly AuditEntry[]> {
  await server.service.app.get(RefusalLog, { strict: false }).settled();
  return server.userData.read((data) => data.audit.after(0, 100_000));
}

async function environments(): Promise<number> {
  return ((await owner.get('/api/environments')).body as { totalCount: number }).totalCount;
}

test('an illegal change of state is a coded conflict in the audit log', async () => {
  const path = '/api/integrations/connections';
  const { body } = await owner.post(path, {
    name: 'c',
    kind: 'grafana',
    status: 'discovered',
    url: 'http://192.0.2.1',
  });
  const { id } = body as { id: string };
  const { status, body: refused } = await owner.put(`${path}/${id}`, { status: 'maintenance' });
  expect([status, refused]).toEqual([409, expect.objectContaining({ code: 'meshery-connection-1700' })]);
  expect((await owner.get(`${path}/${id}`)).body).toMatchObject({ status: 'discovered' });
  const mine = (await audited()).filter(({ objectId }) => objectId === id);
  expect(mine.at(-1)).toMatchObject({ decision: 'refused', reason: 'meshery-connection-1700', userId: owner.id });
});

describe('tokens', () => {
  const hour = 3600;
  /** No token, or one that is not valid. */
  const notValid = /^meshery-auth-120[01]$/;

  async function forged(): Promise<Readonly<Record<string, string>>> {
    const { authority } = server.prepared.security;
    const own = await loadSigningKey(server.folder);
    const foreign = await generateKeyPair('ES256');
    const publicPem = new TextEncoder().encode(await exportSPKI(own.publicKey));
    const now = Math.floor(Date.now() / 1000);
    const sign = (alg: string, typ = 'at+jwt'): SignJWT =>
      new SignJWT({ roles: ['admin'] })
        .setProtectedHeader({ alg, typ, kid: own.id })
        .setIssuer(tokenIssuer)
        .setAudience(tokenAudience)
        .setSubject(owner.id)
        .setJti('forged')
        .setIssuedAt(now - 2 * hour)
        .setNotBefore(now - 2 * hour)
        .setExpirationTime(now + hour);
    const replayed = await authority.issue(localUser);
    expect(
      (await rawRequest(server.url, { method: 'POST', path: '/api/user/logout', headers: bearer(replayed) })).status,
    ).toBe(200);
    return {
      replayed,
      expired: await sign('ES256')
        .setExpirationTime(now - hour)
        .sign(own.privateKey),
      'not valid yet': await sign('ES256')
        .setNotBefore(now + hour)
        .sign(own.privateKey),
      'without an algorithm': new UnsecuredJWT({ sub: owner.id })
        .setIssuer(tokenIssuer)
        .setAudience(tokenAudience)
        .encode(),
      'HS256 with the public key': await sign('HS256').sign(publicPem),
      'of a foreign key': await sign('ES256').sign(foreign.privateKey),
      'of a foreign issuer': await sign('ES256').setIssuer('https://elsewhere.example').sign(own.privateKey),
      'for another audience': await sign('ES256').setAudience('another').sign(own.privateKey),
      'an ID token': await sign('ES256', 'JWT').sign(own.privateKey),
    };
  }

  const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
  const draft = (): string => JSON.stringify({ name: 'forged', organizationId: owner.organizationId });
  const handshake = {
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-protocol': 'graphql-transport-ws',
  };

  test('that are replayed, expired, confused or foreign open nothing, change nothing, and are audited', async () => {
    const before = await environments();
    const graphql = '/api/system/graphql/query';
    for (const [name, token] of Object.entries(await forged())) {
      const answers = [
        await send({ method: 'POST', path: '/api/environments' }, { ...bearer(token), ...jsonType }, draft()),
        await send({ method: 'POST', path: '/api/environments' }, { cookie: `token=${token}`, ...jsonType }, draft()),
        await send({ method: 'GET', path: '/api/system/clusters' }, bearer(token)),
        await send(
          { method: 'POST', path: graphql },
          { ...bearer(token), ...jsonType },
          '{"query":"{ clusters { id } }"}',
        ),
        await send({ method: 'GET', path: graphql }, { ...bearer(token), ...handshake }),
        await send({ method: 'GET', path: '/api/token' }, bearer(token)),
        await send({ method: 'GET', path: '/api/user/token' }, bearer(token)),
        await send({ method: 'GET', path: `/auth/redirect?token=${token}` }, {}),
      ];
      const seen = answers.map((answer) => [answer.status, codeOf(answer)]);
      expect([name, seen]).toEqual([name, answers.map((): unknown[] => [401, expect.stringMatching(notValid)])]);
      expect(answers.flatMap(({ headers }) => headers['set-cookie'] ?? [])).toEqual([]);
      const lines = (await audited()).slice(-answers.length);
      expect(lines.map(({ decision, reason, userId }) => [decision, reason, userId])).toEqual(
        answers.map((): unknown[] => ['refused', expect.stringMatching(notValid), '']),
      );
    }
    expect(await environments()).toEqual(before);
  }, 60_000);

  test('the same open nothing over gRPC', async () => {
    const grpc = await GrpcCaller.open(server);
    const { list } = connectionServiceDefinition;
    const everything = { kinds: [], statuses: [], search: '', organizationId: '', pageSize: 0, pageToken: '' };
    for (const [name, token] of Object.entries(await forged())) {
      const by = new Caller(server, token, owner);
      const { code } = await grpc.call(list, everything, by);
      expect([name, code]).toEqual([name, status.UNAUTHENTICATED]);
      expect((await audited()).at(-1)).toMatchObject({ decision: 'refused', action: `gRPC ${list.path}`, userId: '' });
    }
    grpc.client.close();
  }, 60_000);
});

test.each([
  '/%61pi/system/clusters',
  '//api/system/clusters',
  '/api/%2e%2e/api/system/clusters',
  '/API/system/clusters',
  '/%75ser/logins',
])('a refusal at the disguised path %s is audited like any other', async (path) => {
  const count = (await audited()).length;
  expect((await send({ method: 'GET', path }, {})).status).toBe(401);
  expect((await audited()).slice(count)).toMatchObject([{ decision: 'refused', reason: 'meshery-auth-1200' }]);
});

test('what signs in or makes tokens is limited, however its path is written, and nothing else is', async () => {
  const { headers } = await Caller.signUp(server, 'hasty', 'editor');
  const ask = (method: string, path: string): Promise<RawAnswer> => send({ method, path }, headers);
  const id = '00000000-0000-4000-8000-0000000000ff';
  const paths: readonly (readonly [string, string])[] = [
    ['GET', '/auth/local?code=x'],
    ['POST', '/auth/local'],
    ['POST', '/auth/local/code'],
    ['GET', '/auth/oidc'],
    ['GET', '/auth/oidc/callback'],
    ['GET', '/auth/redirect?token=x'],
    ['GET', '/api/token'],
    ['GET', '/%61pi/token'],
    ['GET', '/api/user/token'],
    ['POST', '/api/user/token'],
    ['GET', '/api/provider'],
    ['GET', '/user/login'],
    ['GET', '/user/logout'],
    ['POST', '/api/identity/tokens'],
    ['DELETE', `/api/identity/tokens/${id}`],
    ['POST', `/api/identity/users/${id}/code`],
  ];
  for (let call = 0; call < 300; call += 1) await ask('GET', '/api/user/token');
  const passed: string[] = [];
  for (const [method, path] of paths) {
    const answer = await ask(method, path);
    if (answer.status !== 429 || codeOf(answer) !== 'meshery-core-1005')
      passed.push(`${method} ${path}: ${String(answer.status)}`);
  }
  expect(passed).toEqual([]);
  expect((await ask('GET', '/api/system/clusters')).status).toBe(200);
}, 60_000);
