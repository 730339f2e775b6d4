import { hash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, credentials, status } from '@grpc/grpc-js';
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js';
import { Source } from '@meshery/contracts';
import { createIngestServiceClient, createInventoryServiceClient } from '@meshery/contracts/grpc';
import { bridgeUri, createAuthority, issueCertificate } from '@meshery/security';
import { makeTempDir } from '@meshery/testing';
import { readConfig } from '../src/config.ts';
import { GrpcServices } from '../src/grpc/grpc-services.ts';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** A server whose gRPC port is on loopback for the bridge beside it, and on a second address for everybody else. */

const folder = makeTempDir('grpc-outside');
const place = (name: string): string => join(folder.path, name);
const outsideAddress = '127.0.0.2';
const token = 'the-token-of-an-agent-that-dials';
const authority = { name: 'users', ...createAuthority('users', Date.now()) };
let server: TestServer;

const keysOf = (name: string): { cert: Buffer; key: Buffer } => {
  const { cert, key } = issueCertificate(authority, { kind: 'client', uri: bridgeUri(name) }, Date.now());
  return { cert: Buffer.from(cert), key: Buffer.from(key) };
};

beforeAll(async () => {
  const names = ['meshery.example.com'];
  const made = issueCertificate(authority, { kind: 'server', names }, Date.now());
  const tokenSha256 = hash('sha256', token, 'hex');
  const bridges = [{ name: 'elsewhere', clusters: ['c1'], tokenSha256 }];
  await Promise.all([
    writeFile(place('tls.crt'), made.cert),
    writeFile(place('tls.key'), made.key),
    writeFile(place('ca.crt'), authority.cert),
    writeFile(place('bindings.json'), JSON.stringify({ bridges })),
  ]);
  server = await startTestServer({
    argv: [
      ...['--no-discovery', '--host', '0.0.0.0', '--grpc-host', '127.0.0.1', '--grpc-outside', outsideAddress],
      ...['--tls-cert', place('tls.crt'), '--tls-key', place('tls.key')],
    ],
    env: { MESHERY_INGEST_BINDINGS: place('bindings.json'), MESHERY_INGEST_CA: place('ca.crt') },
  });
}, 60_000);
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const named = { 'grpc.ssl_target_name_override': 'meshery.example.com' };
const outside = (): string => `${outsideAddress}:${String(server.service.app.get(IngestModule).outsidePort)}`;
const inside = (): string => `127.0.0.1:${String(server.service.app.get(IngestModule).port)}`;

/** What a call of a bridge or an agent is answered. */
async function openRun(address: string, channel: ChannelCredentials, bearer?: string): Promise<status> {
  const client = createIngestServiceClient(address, channel, address === outside() ? named : {});
  const request = {
    ...{ clusterId: 'c1', incarnation: '01J00000000000000000000000', clusterName: 'x', apiServerUrl: 'https://x' },
    ...{ agentVersion: 'v', source: Source.SOURCE_AGENT, streamCreatedAtUnixMs: 0 },
  };
  const metadata = new Metadata();
  if (bearer !== undefined) metadata.set('authorization', `Bearer ${bearer}`);
  const { promise, resolve } = Promise.withResolvers<status>();
  client.openRun(request, metadata, { deadline: Date.now() + 30_000 }, (error: ServiceError | null) => {
    resolve(error === null ? status.OK : error.code);
  });
  const code = await promise;
  client.close();
  return code;
}

const own = async (): Promise<ChannelCredentials> => {
  const files = ['ca.pem', 'bridge-key.pem', 'bridge.pem'];
  const [ca, key, cert] = await Promise.all(files.map((name) => readFile(join(server.folder, 'ingest', name))));
  return credentials.createSsl(ca, key, cert);
};
const shown = (name?: string): ChannelCredentials => {
  const ca = Buffer.from(authority.cert);
  if (name === undefined) return credentials.createSsl(ca);
  const { cert, key } = keysOf(name);
  return credentials.createSsl(ca, key, cert);
};

test('third parties reach it at the second address, with its own certificate and their token', async () => {
  const client = createInventoryServiceClient(outside(), shown(), named);
  const anything = { clusterIds: [], kinds: [], namespaces: [], apiVersions: [], labels: {}, search: '' };
  const list = (bearer?: string): Promise<status> => {
    const metadata = new Metadata();
    if (bearer !== undefined) metadata.set('authorization', `Bearer ${bearer}`);
    const { promise, resolve } = Promise.withResolvers<status>();
    const request = { selector: anything, pageSize: 0, pageToken: '', withJson: false };
    client.list(request, metadata, { deadline: Date.now() + 30_000 }, (error: ServiceError | null) => {
      resolve(error === null ? status.OK : error.code);
    });
    return promise;
  };
  expect([await list(server.token), await list()]).toEqual([status.OK, status.UNAUTHENTICATED]);
  client.close();
});

test('agents that dial and bridges elsewhere are let in by what binds them', async () => {
  expect(await openRun(outside(), shown(), token)).toBe(status.OK);
  expect(await openRun(outside(), shown('elsewhere'))).toBe(status.OK);
  expect(await openRun(outside(), shown('stranger'))).toBe(status.UNAUTHENTICATED);
});

test('the bridge beside the server is served on loopback, and nobody else can pass for it', async () => {
  expect(await openRun(inside(), await own())).toBe(status.OK);
  // The authority of bridges elsewhere cannot vouch for the one that was made here.
  expect(await openRun(outside(), shown('local'))).toBe(status.UNAUTHENTICATED);
});

test('it offers no reflection', () => {
  const { names } = server.service.app.get(GrpcServices, { strict: false });
  expect(names).toContain('meshery.v1.InventoryService');
  expect(names).not.toContain('grpc.reflection.v1.ServerReflection');
});

test('a second address without a certificate is refused', () => {
  const argv = ['--host', '0.0.0.0', '--insecure', '--grpc-outside', '0.0.0.0'];
  expect(() => readConfig({ argv, env: {} })).toThrow('needs a certificate');
});
