import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, status } from '@grpc/grpc-js';
import {
  connectionServiceDefinition,
  eventServiceDefinition,
  healthServiceDefinition,
  inventoryServiceDefinition,
} from '@meshery/contracts/grpc';
import { createAuthority, issueCertificate } from '@meshery/security';
import type { CertificatePair } from '@meshery/security';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Programs of third parties that show a client certificate on the gRPC port. */

const lifeMs = 825 * 86_400_000;
const tokens = '/api/identity/tokens';
const selector = { clusterIds: [], kinds: [], namespaces: [], apiVersions: [], labels: {}, search: '' };
const everything = { selector, pageSize: 0, pageToken: '', withJson: false };
const unknownCertificate = { code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1201' };
const nobody = { code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1200' };

const authority = { name: 'Third parties', ...createAuthority('Third parties', Date.now()) };
const callers: GrpcCaller[] = [];
let folder: string;
let server: TestServer;
let owner: Caller;
let ca: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-client-ca-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, authority.cert);
  server = await startTestServer({ env: { MESHERY_GRPC_CLIENT_CA: file, MESHERY_HEARTBEAT_MS: '100' } });
  owner = Caller.owner(server);
  ca = await readFile(join(server.folder, 'ingest', 'ca.pem'));
}, 60_000);
afterAll(async () => {
  for (const { client } of callers) client.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function certificate(name: string, issuedAt = Date.now(), by = authority): CertificatePair {
  return issueCertificate(by, { kind: 'client', uri: `spiffe://example.org/${name}` }, issuedAt);
}

function fingerprint({ cert }: CertificatePair): string {
  return new X509Certificate(cert).fingerprint256;
}

async function register(pair: CertificatePair, role: string): Promise<string> {
  const answer = await owner.post(tokens, { name: 'program', role, certificateFingerprint: fingerprint(pair) });
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

function showing(pair: CertificatePair | undefined): GrpcCaller {
  const [key, cert] = pair === undefined ? [] : [Buffer.from(pair.key), Buffer.from(pair.cert)];
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  const channel = credentials.createSsl(ca, key, cert);
  const caller = new GrpcCaller(new Client(address, channel, { 'grpc.use_local_subchannel_pool': 1 }));
  callers.push(caller);
  return caller;
}

const list = (caller: GrpcCaller, by?: Caller) => caller.call(inventoryServiceDefinition.list, everything, by);
const change = (caller: GrpcCaller) =>
  caller.call(connectionServiceDefinition.changeStatus, { id: crypto.randomUUID(), status: 'registered' }, undefined);
const subscribe = (caller: GrpcCaller) => caller.stream(eventServiceDefinition.subscribe, { since: 0 }, undefined);

test('a registered certificate lets its program in with its role, until it is revoked', async () => {
  const pair = certificate('reader');
  const caller = showing(pair);
  expect(await list(caller)).toEqual(unknownCertificate);
  const id = await register(pair, 'viewer');
  expect(await list(caller)).toMatchObject({ code: status.OK, response: { totalCount: 0 } });
  expect(await change(caller)).toEqual({ code: status.PERMISSION_DENIED, meshery: 'meshery-auth-1202' });
  const open = subscribe(caller);
  await open.opened;
  expect((await owner.delete(`${tokens}/${id}`)).status).toBe(204);
  expect(await list(caller)).toEqual(unknownCertificate);
  expect(await open.ended()).toEqual(unknownCertificate);
});

test('with the role "editor" it may change things', async () => {
  const pair = certificate('writer');
  await register(pair, 'editor');
  expect(await change(showing(pair))).toEqual({ code: status.NOT_FOUND, meshery: 'meshery-core-1002' });
});

test('a certificate of another authority is as none, registered or not', async () => {
  for (const name of ['Others', authority.name]) {
    const pair = certificate('stranger', Date.now(), { name, ...createAuthority(name, Date.now()) });
    await register(pair, 'admin');
    // A forged signature may already end the connection.
    const refused = name === 'Others' ? [nobody] : [nobody, { code: status.UNAVAILABLE, meshery: undefined }];
    expect(refused).toContainEqual(await list(showing(pair)));
  }
});

test('a certificate that is over is as none, and a stream ends with it', async () => {
  const over = certificate('over', Date.now() - lifeMs - 1000);
  await register(over, 'viewer');
  expect(await list(showing(over))).toEqual(nobody);
  const brief = certificate('brief', Date.now() - lifeMs + 3000);
  await register(brief, 'viewer');
  const caller = showing(brief);
  // On a slow machine it is over before the connection is open.
  const refused = [unknownCertificate, nobody];
  expect(refused).toContainEqual(await subscribe(caller).ended());
  expect(refused).toContainEqual(await list(caller));
});

test('a token goes before a certificate: one that is not valid is refused', async () => {
  const pair = certificate('both');
  await register(pair, 'viewer');
  const caller = showing(pair);
  expect(await list(caller, owner)).toMatchObject({ code: status.OK });
  const forged = new Caller(server, 'forged', owner);
  expect(await list(caller, forged)).toEqual(unknownCertificate);
  expect(await list(showing(undefined), owner)).toMatchObject({ code: status.OK });
  expect(await list(showing(undefined))).toEqual(nobody);
});

test('a certificate of a bridge is one of no program', async () => {
  const [cert, key] = await Promise.all(
    ['bridge.pem', 'bridge-key.pem'].map((name) => readFile(join(server.folder, 'ingest', name), 'utf8')),
  );
  expect(await list(showing({ cert: cert ?? '', key: key ?? '' }))).toEqual(unknownCertificate);
});

test('health answers whoever asks, with whatever certificate', async () => {
  for (const pair of [undefined, certificate('anybody')]) {
    const answer = await showing(pair).call(healthServiceDefinition.check, { service: '' }, undefined);
    expect(answer.code).toBe(status.OK);
  }
});

test('a refused program is named in the audit log', async () => {
  const pair = certificate('audited');
  await register(pair, 'viewer');
  const caller = showing(pair);
  await list(caller);
  await change(caller);
  await server.service.app.get(RefusalLog, { strict: false }).settled();
  const lines = await server.userData.read((data) => data.audit.after(0, 1000));
  const action = 'gRPC /meshery.v1.ConnectionService/ChangeStatus';
  expect(lines.at(-1)).toMatchObject({ action, reason: 'meshery-auth-1202', userId: owner.id });
});

describe('registering', () => {
  test('is for administrators, once, and answers no token', async () => {
    const certificateFingerprint = fingerprint(certificate('once'));
    const draft = { name: 'once', certificateFingerprint };
    const editor = await Caller.signUp(server, 'ed', 'editor');
    expect(await editor.post(tokens, draft)).toMatchObject({ status: 403, body: { code: 'meshery-auth-1202' } });
    const made = await owner.post(tokens, draft);
    const bare = certificateFingerprint.replaceAll(':', '').toLowerCase();
    expect(made.body).toMatchObject({ certificateFingerprint: bare, role: 'viewer' });
    expect(made.body).not.toHaveProperty('token');
    const again = await owner.post(tokens, { ...draft, certificateFingerprint: bare });
    expect(again).toMatchObject({ status: 409, body: { code: 'meshery-core-1007' } });
    const listed = { body: { tokens: [{ certificateFingerprint: bare }] } };
    expect(await owner.get(`${tokens}?search=once`)).toMatchObject(listed);
  });

  test.each(['', 'AA:BB', 'meshery_st_x', 'g'.repeat(64)])('refuses what is no fingerprint: "%s"', async (text) => {
    expect((await owner.post(tokens, { name: 'x', certificateFingerprint: text })).status).toBe(400);
  });

  test('lets nobody in over HTTP with what is kept of it', async () => {
    const pair = certificate('kept');
    await register(pair, 'admin');
    const bare = fingerprint(pair).replaceAll(':', '').toLowerCase();
    for (const token of [bare, `x5t#S256:${bare}`, `meshery_st_${bare}`]) {
      expect((await new Caller(server, token, owner).get('/api/user')).status).toBe(401);
    }
  });
});

test('a server does not start with authorities that it cannot use', async () => {
  const pair = certificate('no-authority');
  const file = join(folder, 'leaf.pem');
  await writeFile(file, pair.cert);
  await expect(startTestServer({ env: { MESHERY_GRPC_CLIENT_CA: file } })).rejects.toMatchObject({
    code: 'meshery-config-1100',
  });
});
