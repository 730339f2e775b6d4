import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, credentials } from '@grpc/grpc-js';
import { PushRequest, PushResponse } from '@meshery/contracts';
import type { InventoryReset } from '@meshery/contracts';
import { createIngestServiceClient } from '@meshery/contracts/grpc';
import type { IngestServiceClient } from '@meshery/contracts/grpc';
import { waitUntil } from '@meshery/testing';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { damageInventory } from './damage.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

let server: TestServer;
let client: IngestServiceClient;
let metadata: Metadata;

beforeAll(async () => {
  server = await startTestServer();
  const read = (name: string): Promise<Buffer> => readFile(join(server.folder, 'ingest', name));
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  client = createIngestServiceClient(address, credentials.createSsl(await read('ca.pem')));
  metadata = new Metadata();
  metadata.set('authorization', `Bearer ${(await read('bridge-token')).toString()}`);
});

afterAll(async () => {
  client.close();
  await server.stop();
});

/** Opens a Push stream; gives what it says besides outcomes, and the way to ask it something that is answered. */
function openStream(clusterId: string) {
  const resets: InventoryReset[] = [];
  let outcomes = 0;
  const call = client.push(metadata);
  call.on('error', () => undefined);
  call.on('data', ({ outcome, reset }: PushResponse) => {
    if (reset !== undefined) resets.push(reset);
    if (outcome !== undefined) outcomes += 1;
  });
  const feed = new Feed(server.store, clusterId);
  const answered = async (): Promise<void> => {
    const before = outcomes;
    call.write({ batch: feed.batch({ $case: 'snapshotBegin', value: {} }) } satisfies PushRequest);
    await waitUntil({ what: 'an answer', timeoutMs: 60_000 }, () => outcomes > before);
  };
  return { call, resets, answered };
}

test('a cache that was made anew is told on every open stream, and on each stream that is opened later', async () => {
  const feed = new Feed(server.store, 'c-full');
  await feed.open();
  for (let part = 0; part < 30; part += 1) {
    const names = Array.from({ length: 50 }, (_none, index) => `p-${String(part)}-${String(index)}`);
    await feed.upsert(...names.map((name) => ({ name, spec: JSON.stringify({ text: 'x'.repeat(1000) }) })));
  }
  const open = [openStream('c-1'), openStream('c-2')];
  for (const { answered } of open) await answered();
  expect(open.map(({ resets }) => resets)).toEqual([[], []]);
  await damageInventory(server);
  const { at = '', reason } = server.store.health().recovered ?? {};
  const reset = { resetAtUnixMs: Date.parse(at), reason };
  await waitUntil({ what: 'both told', timeoutMs: 60_000 }, () => open.every(({ resets }) => resets.length > 0));
  const later = openStream('c-3');
  for (const { answered } of [...open, later]) await answered();
  expect([...open, later].map(({ resets }) => resets)).toEqual([[reset], [reset], [reset]]);
  for (const { call } of [...open, later]) call.cancel();
});
