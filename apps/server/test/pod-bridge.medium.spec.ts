import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { Source } from '@meshery/contracts';
import { createIngestServiceClient } from '@meshery/contracts/grpc';
import { createAuthority, issueCertificate } from '@meshery/security';
import { makeTempDir } from '@meshery/testing';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { startTestServer } from './server-harness.ts';

const folder = makeTempDir('pod-bridge');
const tls = { cert: join(folder.path, 'tls.crt'), key: join(folder.path, 'tls.key') };

beforeAll(async () => {
  const authority = { name: 'users', ...createAuthority('users', Date.now()) };
  const made = issueCertificate(authority, { kind: 'server', names: ['meshery.example.com'] }, Date.now());
  await Promise.all([writeFile(tls.cert, made.cert), writeFile(tls.key, made.key)]);
});
afterAll(() => {
  folder.remove();
});

/** What the server says to the bridge that shows the keys in the server's folder. */
async function openRunAsBridge(...argv: readonly string[]): Promise<status> {
  return openRunAt('localhost', ...argv);
}

/** The same for a bridge that knows the server by another name. */
async function openRunAt(name: string, ...argv: readonly string[]): Promise<status> {
  const server = await startTestServer({ argv: ['--no-discovery', '--host', '0.0.0.0', ...argv] });
  const read = (name: string): Promise<Buffer> => readFile(join(server.folder, 'ingest', name));
  const [ca, key, cert] = await Promise.all(['ca.pem', 'bridge-key.pem', 'bridge.pem'].map(read));
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  const options = { 'grpc.ssl_target_name_override': name };
  const client = createIngestServiceClient(address, credentials.createSsl(ca, key, cert), options);
  const request = {
    ...{ clusterId: 'c1', incarnation: '01J00000000000000000000000', clusterName: 'x', apiServerUrl: 'https://x' },
    ...{ agentVersion: 'v', source: Source.SOURCE_AGENT, streamCreatedAtUnixMs: 0 },
  };
  try {
    return await new Promise((resolve) => {
      client.openRun(request, new Metadata(), { deadline: Date.now() + 30_000 }, (error: ServiceError | null) => {
        resolve(error === null ? status.OK : error.code);
      });
    });
  } finally {
    client.close();
    await server.stop();
  }
}

test.each([
  ['plain HTTP', ['--insecure']],
  ['a certificate for users', ['--tls-cert', tls.cert, '--tls-key', tls.key]],
])('a server with %s serves the bridge of its pod on loopback', async (_name, argv) => {
  expect(await openRunAsBridge(...argv, '--grpc-host', '127.0.0.1')).toBe(status.OK);
});

test('a bridge that may be anywhere needs a binding', async () => {
  expect(await openRunAsBridge('--insecure')).toBe(status.UNAUTHENTICATED);
});

test('a server that has a name serves the bridge with its keys by that name and by no other', async () => {
  const argv = ['--insecure', '--grpc-name', 'server.internal'];
  expect(await openRunAt('server.internal', ...argv)).toBe(status.OK);
  expect(await openRunAt('other.internal', ...argv)).toBe(status.UNAVAILABLE);
});
