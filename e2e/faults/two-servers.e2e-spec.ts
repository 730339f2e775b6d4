import { join } from 'node:path';
import {
  type ControlPlane,
  KubeAdmin,
  MesheryServer,
  PostgresServer,
  type TempDir,
  makeTempDir,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';

/** Whoever says nothing for twice that time is taken for dead: longer than the machine stands still. */
const LEASE_MS = 6_000;
const configMaps = '/api/v1/namespaces/default/configmaps';

let plane: ControlPlane;
let admin: KubeAdmin;
let database: PostgresServer;
let dir: TempDir;
const servers: MesheryServer[] = [];

beforeAll(async () => {
  [plane, database] = await Promise.all([startControlPlane(), PostgresServer.start()]);
  admin = new KubeAdmin(plane);
  dir = makeTempDir('two-servers');
}, 300_000);

afterAll(async () => {
  for (const server of servers) await server.stop();
  admin.close();
  await Promise.all([plane.stop(), database.stop()]);
  dir.remove();
});

async function start(): Promise<MesheryServer> {
  const env = { MESHERY_MASTER_KEY_FILE: join(dir.path, 'master.json'), MESHERY_BRIDGE_LEASE_MS: String(LEASE_MS) };
  const launch = { databaseUrl: database.url, kubeconfig: plane.kubeconfigPath, env };
  const server = await MesheryServer.start(launch);
  servers.push(server);
  return server;
}

/** How many kinds of the cluster a server watches itself. */
async function watched(server: MesheryServer): Promise<number> {
  const { body } = await server.client.send('/metrics');
  const lines = body.toString('utf8').matchAll(/^meshery_discovery_kinds(?:\{.*\})? (\d+)$/gm);
  return [...lines].reduce((sum, [, kinds]) => sum + Number(kinds), 0);
}

async function expectWatching(server: MesheryServer): Promise<void> {
  await waitUntil({ what: 'kinds to be watched', timeoutMs: 60_000 }, async () => (await watched(server)) > 10);
}

/** Makes an object, and waits until each of these servers shows it. */
async function expectFollowed(name: string, ...shown: readonly MesheryServer[]): Promise<void> {
  await admin.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  for (const { client } of shown) {
    await waitUntil({ what: `${name} to be shown`, timeoutMs: 120_000 }, async () => {
      const { clusters } = await client.clusters();
      const pages = await Promise.all(
        clusters.filter(({ id }) => id !== '').map(({ id }) => client.page(id, `search=${name}`)),
      );
      return pages.some(({ totalCount }) => totalCount > 0);
    });
  }
}

/** Changes for longer than a second run needs to begin. */
async function expectOneRun(name: string, ...shown: readonly MesheryServer[]): Promise<void> {
  const startedAt = performance.now();
  for (let round = 0; round < 10 || performance.now() - startedAt < LEASE_MS; round += 1) {
    await expectFollowed(`${name}-${String(round)}`, ...shown);
  }
  for (const server of shown) expect(server.process.log()).not.toContain('a newer run discovers this cluster');
}

/** Loses an object, and asks a server that does not discover it to have everything read anew. */
async function expectReadAnew({ client }: MesheryServer): Promise<void> {
  const [{ id: clusterId } = { id: '' }] = (await client.clusters()).clusters;
  const find = () => client.page(clusterId, 'kind=Namespace&search=kube-public');
  const [lost] = (await find()).resources;
  const path = `/api/system/meshsync/resources/${encodeURIComponent(lost?.id ?? '')}`;
  await client.send(path, { method: 'DELETE' });
  expect((await find()).totalCount).toBe(0);
  const selector = '{ clearDB: "false", ReSync: "true", hardReset: "false" }';
  const query = `{ resyncCluster(selector: ${selector}, k8scontextID: "${clusterId}") }`;
  const asked = await client.send('/api/system/graphql/query', {
    ...{ method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json' } },
  });
  expect(JSON.parse(asked.body.toString('utf8'))).toEqual({ data: { resyncCluster: 'PROCESSING' } });
  await waitUntil({ what: 'what was lost', timeoutMs: 60_000 }, async () => (await find()).totalCount === 1);
}

test('a cluster is discovered by one of two servers, by the other when that is killed, and by no third run after its return', async () => {
  const one = await start();
  await expectFollowed('alone', one);
  const other = await start();
  await expectOneRun('together', one, other);
  await expectWatching(one);
  expect(await watched(other)).toBe(0);
  await expectReadAnew(other);
  await one.kill();
  await expectFollowed('taken-over', other);
  await expectWatching(other);
  await one.up();
  await expectOneRun('again', one, other);
  expect(await watched(one)).toBe(0);
}, 900_000);
