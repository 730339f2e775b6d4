import { readFile, stat, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { Metadata, credentials, status } from '@grpc/grpc-js';
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js';
import { RunVerdict, Source, Verdict } from '@meshery/contracts';
import type { BatchOutcome, OpenRunResponse } from '@meshery/contracts';
import { createIngestServiceClient, ingestServiceDefinition } from '@meshery/contracts/grpc';
import type { IngestServiceClient } from '@meshery/contracts/grpc';
import { waitUntil } from '@meshery/testing';
import { bridgeUri, createAuthority, issueCertificate } from '@meshery/security';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { Feed, feedIncarnation } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

let server: TestServer;
let address: string;
let files: Record<'ca' | 'cert' | 'key' | 'token', Buffer>;
const clients: IngestServiceClient[] = [];

beforeAll(async () => {
  const bindings = join(process.env['TMPDIR'] ?? '/tmp', `meshery-bindings-${String(process.pid)}.json`);
  const tokenSha256 = hash('sha256', 'edge-secret', 'hex');
  await writeFile(bindings, JSON.stringify({ bridges: [{ name: 'edge', clusters: ['c-edge'], tokenSha256 }] }));
  server = await startTestServer({ env: { MESHERY_INGEST_BINDINGS: bindings } });
  address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  const read = (name: string): Promise<Buffer> => readFile(join(server.folder, 'ingest', name));
  const [ca, cert, key, token] = await Promise.all(
    ['ca.pem', 'bridge.pem', 'bridge-key.pem', 'bridge-token'].map(read),
  );
  files = { ca, cert, key, token } as typeof files;
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

function client(channel: ChannelCredentials = credentials.createSsl(files.ca)): IngestServiceClient {
  const made = createIngestServiceClient(address, channel, {
    'grpc.max_send_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
  });
  clients.push(made);
  return made;
}

function bearer(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

interface Answer {
  readonly code: status;
  readonly meshery?: string | undefined;
  readonly response?: OpenRunResponse | undefined;
}

async function openRun(
  of: IngestServiceClient,
  { metadata = new Metadata(), clusterId = 'c1', incarnation = feedIncarnation, padding = '' } = {},
): Promise<Answer> {
  const request = {
    ...{ clusterId, incarnation, clusterName: `x${padding}`, apiServerUrl: 'https://x', agentVersion: 'v' },
    ...{ source: Source.SOURCE_AGENT, streamCreatedAtUnixMs: 0 },
  };
  return new Promise((resolve) => {
    of.openRun(request, metadata, { deadline: Date.now() + 30_000 }, (error: ServiceError | null, response) => {
      if (error === null) resolve({ code: status.OK, response });
      else resolve({ code: error.code, meshery: error.metadata.get('meshery-code')[0]?.toString() });
    });
  });
}

test('the files of a bridge on this machine are private', async () => {
  for (const name of ['bridge-key.pem', 'bridge-token', 'listener.json']) {
    expect((await stat(join(server.folder, 'ingest', name))).mode & 0o777).toBe(0o600);
  }
});

describe('who may call', () => {
  const authority = { name: 'Meshery ingest', ...createAuthority('Meshery ingest', Date.now()) };
  const foreign = issueCertificate(authority, { kind: 'client', uri: bridgeUri('local') }, Date.now());

  test('nobody without a certificate or token', async () => {
    expect(await openRun(client())).toMatchObject({ code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1200' });
  });

  test('a bridge certificate', async () => {
    const channel = credentials.createSsl(files.ca, files.key, files.cert);
    const answer = await openRun(client(channel));
    expect(answer).toMatchObject({ code: status.OK, response: { verdict: RunVerdict.RUN_VERDICT_ACCEPTED } });
  });

  test('a bridge token', async () => {
    expect(await openRun(client(), { metadata: bearer(files.token.toString()) })).toMatchObject({ code: status.OK });
  });

  test('neither a wrong token, nor a token of the user API, nor a certificate of another authority', async () => {
    const refused = { code: status.UNAUTHENTICATED };
    expect(await openRun(client(), { metadata: bearer('wrong') })).toMatchObject(refused);
    expect(await openRun(client(), { metadata: bearer(server.token) })).toMatchObject(refused);
    const channel = credentials.createSsl(files.ca, Buffer.from(foreign.key), Buffer.from(foreign.cert));
    // The connection itself may already be refused.
    expect([status.UNAUTHENTICATED, status.UNAVAILABLE]).toContain((await openRun(client(channel))).code);
  });

  test('not in plain text', async () => {
    expect((await openRun(client(credentials.createInsecure()))).code).toBe(status.UNAVAILABLE);
  });

  test('a bound bridge writes its own cluster and no other', async () => {
    const metadata = bearer('edge-secret');
    expect(await openRun(client(), { metadata, clusterId: 'c-edge' })).toMatchObject({ code: status.OK });
    const other = await openRun(client(), { metadata, clusterId: 'c1' });
    expect(other).toMatchObject({ code: status.PERMISSION_DENIED, meshery: 'meshery-messaging-1505' });
    expect(await openRun(client(), { metadata, clusterId: '' })).toMatchObject({ code: status.PERMISSION_DENIED });
  });
});

test('a malformed run is refused', async () => {
  const answer = await openRun(client(), { metadata: bearer(files.token.toString()), incarnation: 'zz' });
  expect(answer).toMatchObject({ code: status.INVALID_ARGUMENT, meshery: 'meshery-core-1001' });
});

test('a message over 12 MB is refused before it is decoded', async () => {
  const answer = await openRun(client(), {
    metadata: bearer(files.token.toString()),
    padding: 'x'.repeat(13 * 1024 ** 2),
  });
  expect(answer.code).toBe(status.RESOURCE_EXHAUSTED);
});

describe('Push', () => {
  test('answers every batch once, in order, after its commit', async () => {
    const metadata = bearer(files.token.toString());
    const feed = new Feed(server.store, 'c-push');
    const of = client();
    await openRun(of, { metadata, clusterId: 'c-push' });
    const call = of.push(metadata);
    const outcomes: BatchOutcome[] = [];
    const ended = new Promise((resolve) => call.once('end', resolve));
    call.on('data', ({ outcome }: { outcome: BatchOutcome }) => outcomes.push(outcome));
    call.write({ batch: feed.batch({ $case: 'snapshotBegin', value: {} }) });
    for (let index = 0; index < 300; index += 1) {
      call.write({
        batch: feed.batch({
          $case: 'changes',
          value: { objects: [feed.change({ name: `p-${String(index)}` })], resourceVersion: '' },
        }),
      });
    }
    const end = feed.batch({ $case: 'snapshotEnd', value: { resourceVersion: '9', objectCount: 300 } });
    call.write({ batch: end });
    call.write({ batch: end });
    call.end();
    await ended;
    expect(outcomes.map(({ sequence }) => sequence)).toEqual([
      ...Array.from({ length: 302 }, (_none, index) => index + 1),
      302,
    ]);
    expect(new Set(outcomes.slice(0, 302).map(({ verdict }) => verdict))).toEqual(new Set([Verdict.VERDICT_COMMITTED]));
    expect(outcomes[302]?.verdict).toBe(Verdict.VERDICT_DUPLICATE);
    const stored = await server.store.page(
      { clusterIds: ['c-push'], sort: 'name', descending: false, pageSize: 1 },
      false,
    );
    expect(stored.totalCount).toBe(300);
  });

  test('ends the stream for a batch of a cluster that is not bound, and stores nothing of it', async () => {
    const feed = new Feed(server.store, 'c-other');
    const call = client().push(bearer('edge-secret'));
    const error = new Promise<ServiceError>((resolve) => call.once('error', resolve));
    call.on('data', () => undefined);
    call.write({ batch: feed.batch({ $case: 'snapshotBegin', value: {} }) });
    expect((await error).code).toBe(status.PERMISSION_DENIED);
    expect((await server.store.clusters()).map(({ id }) => id)).not.toContain('c-other');
  });

  test('bridges and agents are in the list of components, with what ended the last stream', async () => {
    const listed = async () => {
      const answer = await server.get('/api/system/components?pagesize=all');
      const { components } = (await answer.json()) as { components: { kind: string; location: string }[] };
      return new Map(components.map((component) => [`${component.kind} ${component.location}`, component]));
    };
    await waitUntil({ what: 'the refused stream', timeoutMs: 60_000 }, async () => {
      const edge = (await listed()).get('bridge edge') as { state?: string } | undefined;
      return edge?.state === 'failing';
    });
    const components = await listed();
    expect(components.get('bridge edge')).toMatchObject({ lastError: { code: 'meshery-messaging-1505' } });
    expect(components.get('bridge local')).toMatchObject({ state: 'ready', lastError: null });
    expect(components.get('agent c-push')).toMatchObject({ clusterId: 'c-push', version: 'v', state: 'ready' });
    expect([...components.keys()]).not.toContain('agent c-other');
  });

  test('every method of the service refuses an anonymous caller', async () => {
    const called: string[] = [];
    for (const [name, definition] of Object.entries(ingestServiceDefinition)) {
      const code = await new Promise<status>((resolve) => {
        const of = client();
        const call = definition.requestStream ? of.push(new Metadata()) : undefined;
        call?.once('error', (error: ServiceError) => {
          resolve(error.code);
        });
        call?.on('data', () => undefined);
        if (call === undefined)
          void openRun(of).then((answer) => {
            resolve(answer.code);
          });
      });
      called.push(`${name} ${status[code]}`);
    }
    expect(called).toEqual(['openRun UNAUTHENTICATED', 'push UNAUTHENTICATED']);
  });
});
