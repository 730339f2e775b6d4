import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { Batch, OpenRunRequest, OpenRunResponse, RunVerdict, Source, Verdict } from '@meshery/contracts';
import type { PushResponse } from '@meshery/contracts';
import { createIngestServiceClient, openRunEncoded, pushEncoded } from '@meshery/contracts/grpc';
import type { IngestServiceClient } from '@meshery/contracts/grpc';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { Feed, feedIncarnation } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Agents and bridges of other versions than the server. */

let server: TestServer;
let client: IngestServiceClient;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  const read = (name: string): Promise<Buffer> => readFile(join(server.folder, 'ingest', name));
  token = (await read('bridge-token')).toString();
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  client = createIngestServiceClient(address, credentials.createSsl(await read('ca.pem')), {});
}, 60_000);
afterAll(async () => {
  client.close();
  await server.stop();
});

/** Field 200 of any message, a text: what a later version may add. */
const laterField = Buffer.from([0xc2, 0x0c, 3, ...Buffer.from('new')]);
const tooOld = { code: status.FAILED_PRECONDITION, meshery: 'meshery-messaging-1510' };

function metadataOf(bridgeVersion?: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  if (bridgeVersion !== undefined) metadata.set('meshery-version', bridgeVersion);
  return metadata;
}

interface Peer {
  readonly agent?: string;
  readonly bridge?: string;
  readonly clusterId?: string;
  readonly source?: Source;
  readonly more?: Buffer;
}

async function open({ agent = '', bridge, clusterId = 'c1', source = Source.SOURCE_AGENT, more }: Peer) {
  const names = { clusterId, incarnation: feedIncarnation, clusterName: 'x', apiServerUrl: 'https://x' };
  const request = OpenRunRequest.encode({ ...names, agentVersion: agent, source, streamCreatedAtUnixMs: 0 }).finish();
  const call = { metadata: metadataOf(bridge), deadline: Date.now() + 30_000 };
  try {
    const answer = await openRunEncoded(client, Buffer.concat([request, more ?? Buffer.alloc(0)]), call);
    return { verdict: OpenRunResponse.decode(answer).verdict };
  } catch (error) {
    const { code, details, metadata } = error as ServiceError;
    return { code, details, meshery: metadata.get('meshery-code')[0] };
  }
}

test('an agent that is too old is refused with what to do, and nothing is known of its cluster', async () => {
  const answer = await open({ agent: 'v0.0.9', clusterId: 'c-old' });
  expect(answer).toMatchObject(tooOld);
  expect(answer.details).toContain('the agent of version v0.0.9. Upgrade the agent to 0.1.0 or newer');
  expect((await server.store.clusters()).map(({ id }) => id)).not.toContain('c-old');
});

test('a bridge that is too old is refused with what to do, at every call', async () => {
  const answer = await open({ bridge: '0.0.9' });
  expect(answer).toMatchObject(tooOld);
  expect(answer.details).toContain('Upgrade the bridge to 0.1.0 or newer');
  const push = pushEncoded(client, metadataOf('0.0.9'));
  push.on('data', () => undefined);
  const ended = await new Promise<ServiceError>((resolve) => push.once('error', resolve));
  expect({ code: ended.code, meshery: ended.metadata.get('meshery-code')[0] }).toEqual(tooOld);
});

test.each<[string, Peer]>([
  ['that say no version, as before there was a handshake', {}],
  ['of this version', { agent: '0.1.0', bridge: '0.1.0' }],
  ['of a later version', { agent: '99.0.0', bridge: '99.0.0', more: laterField }],
  ['that somebody built', { agent: 'my-branch', bridge: 'my-branch' }],
  ['of a published agent, which has versions of its own', { agent: '0.0.9', source: Source.SOURCE_PUBLISHED }],
])('an agent and a bridge %s are taken', async (_, peer) => {
  expect(await open({ ...peer, clusterId: `c-taken` })).toEqual({ verdict: RunVerdict.RUN_VERDICT_ACCEPTED });
});

test('what a later version adds to batches is ignored, the rest is stored', async () => {
  const feed = new Feed(server.store, 'c-later');
  await open({ clusterId: 'c-later', agent: '99.0.0' });
  const push = pushEncoded(client, metadataOf('99.0.0'));
  const outcomes: unknown[] = [];
  push.on('data', ({ outcome }: PushResponse) => outcomes.push(outcome?.verdict));
  const ended = new Promise((resolve) => push.once('end', resolve));
  const objects = [feed.change({ name: 'kept' })];
  for (const body of [
    { $case: 'snapshotBegin', value: {} },
    { $case: 'changes', value: { objects, resourceVersion: '' } },
    { $case: 'snapshotEnd', value: { resourceVersion: '9', objectCount: 1 } },
  ] as const)
    push.write(Buffer.concat([Batch.encode(feed.batch(body)).finish(), laterField]));
  push.end();
  await ended;
  expect(outcomes).toEqual(Array(3).fill(Verdict.VERDICT_COMMITTED));
  const of = { clusterIds: ['c-later'], sort: 'name', descending: false, pageSize: 1 } as const;
  expect((await server.store.page(of, false)).totalCount).toBe(1);
});
