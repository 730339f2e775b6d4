import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResourcePage } from '@meshery/contracts';
import { startControlPlane, subscribe, waitUntil } from '@meshery/testing';
import type { ControlPlane, SentEvent } from '@meshery/testing';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const resources = '/api/system/meshsync/resources';
const everything = encodeURIComponent('["all"]');

let plane: ControlPlane;
let server: TestServer;

beforeAll(async () => {
  plane = await startControlPlane();
  server = await startTestServer({ argv: ['--kubeconfig', plane.kubeconfigPath] });
});

afterAll(async () => {
  await server.stop();
  await plane.stop();
});

async function list(): Promise<ResourcePage> {
  const response = await server.get(`${resources}?clusterIds=${everything}&kind=ClusterRole&pagesize=1`);
  return (await response.json()) as ResourcePage;
}

/** Overwrites everything behind the first pages of the cache while the server has it open. */
async function damage(): Promise<void> {
  const file = join(server.folder, 'inventory.db');
  const bytes = await readFile(file);
  bytes.fill(0xff, 4096 * 4);
  await writeFile(file, bytes);
}

test('a cache that is damaged while in use fills itself again, and subscribers start anew', async () => {
  await waitUntil({ what: 'the first sync', timeoutMs: 30_000 }, async () => (await list()).totalCount > 50);
  const before = (await list()).totalCount;
  const heard: SentEvent[] = [];
  const stream = await subscribe(
    `${server.url}${resources}/subscribe?clusterIds=${everything}`,
    { authorization: `Bearer ${server.token}` },
    (event) => heard.push(event),
  );
  await waitUntil({ what: 'the log copied back into the file', timeoutMs: 10_000 }, async () => {
    return (await readFile(join(server.folder, 'inventory.db'))).length > 4096 * 40;
  });
  await damage();
  // Reading texts meets the damaged pages; whatever it answers, the cache must come back.
  await waitUntil({ what: 'the damage is met', timeoutMs: 30_000 }, async () => {
    await (await server.get(`${resources}?clusterIds=${everything}&format=kubernetes`)).text().catch(() => '');
    return server.store.health().recovered !== undefined;
  });
  await waitUntil({ what: 'a reset on the stream', timeoutMs: 10_000 }, () =>
    heard.find(({ event }) => event === 'reset'),
  );
  await waitUntil({ what: 'all rows back', timeoutMs: 30_000 }, async () => (await list()).totalCount === before);
  stream.close();
});
