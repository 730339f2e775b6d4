import type { ClusterList, ResourcePage } from '@meshery/contracts';
import { startControlPlane, subscribe, waitUntil } from '@meshery/testing';
import type { ControlPlane, SentEvent } from '@meshery/testing';
import { damageInventory } from './damage.ts';
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

async function clusterList(): Promise<ClusterList> {
  return (await (await server.get('/api/system/clusters')).json()) as ClusterList;
}

/** Everything about clusters but times and counts. */
async function clusters(): Promise<string> {
  const lines = (await clusterList()).clusters.flatMap(({ id, name, apiServerUrl, source, state, kinds }) => [
    [id, name, apiServerUrl, source, state].join(' '),
    ...kinds.map((kind) => `${kind.resource} ${kind.state}/${kind.reason}`).sort(),
  ]);
  return lines.join('\n');
}

test('a cache that is damaged while in use fills itself again, and subscribers start anew', async () => {
  await waitUntil({ what: 'all kinds in sync', timeoutMs: 60_000, explain: clusters }, async () => {
    const [cluster, ...others] = (await clusterList()).clusters;
    return cluster?.state === 'in-sync' && others.length === 0;
  });
  const before = (await list()).totalCount;
  expect(before).toBeGreaterThan(50);
  const known = await clusters();
  const heard: SentEvent[] = [];
  const stream = await subscribe(
    `${server.url}${resources}/subscribe?clusterIds=${everything}`,
    { authorization: `Bearer ${server.token}` },
    (event) => heard.push(event),
  );
  await damageInventory(server);
  await waitUntil({ what: 'a reset on the stream', timeoutMs: 60_000 }, () =>
    heard.find(({ event }) => event === 'reset'),
  );
  await waitUntil({ what: 'all rows back', timeoutMs: 60_000 }, async () => (await list()).totalCount === before);
  const told = {
    what: 'the cluster told as before',
    timeoutMs: 60_000,
    explain: async () => `${known}\n--- now\n${await clusters()}`,
  };
  await waitUntil(told, async () => (await clusters()) === known);
  stream.close();
});
