import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceRow } from '@meshery/contracts';
import { PostgresServer, freePort, subscribe, waitUntil } from '@meshery/testing';
import { ConnectionLife } from '../src/connections/connection-life.ts';
import { DiscoveryHost } from '../src/discovery/discovery-host.ts';
import { firstOrganizationId } from '../src/provider/local/first-records.ts';
import { Providers } from '../src/provider/providers.ts';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { allWritten, metadataAfterWriters } from './interleaved-writers.ts';
import { userContext } from './served-agent.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Two servers on one PostgreSQL. */

let database: PostgresServer;
let folder: string;
let servers: [TestServer, TestServer];

beforeAll(async () => {
  database = await PostgresServer.start();
  folder = await mkdtemp(join(tmpdir(), 'meshery-two-'));
  const argv = ['--database-url', database.url, '--kubeconfig', join(folder, 'none.yaml')];
  const env = { MESHERY_MASTER_KEY_FILE: join(folder, 'master.json'), MESHERY_BRIDGE_LEASE_MS: '5000' };
  servers = [await startTestServer({ argv, env }), await startTestServer({ argv, env })];
});

afterAll(async () => {
  for (const server of servers) await server.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a page that follows changes on one server hears what an agent reports to the other', async () => {
  const [one, other] = servers;
  const names: string[] = [];
  let resets = 0;
  const path = `/api/system/meshsync/resources/subscribe?clusterIds=${encodeURIComponent('["shared"]')}`;
  const stream = await subscribe(`${other.url}${path}`, Caller.owner(other).headers, ({ event, data }) => {
    if (event === 'reset') resets += 1;
    if (event === 'upsert') names.push((JSON.parse(data) as ResourceRow).metadata.name);
  });
  const feed = new Feed(one.store, 'shared');
  await feed.open();
  await feed.upsert({ name: 'web-1' });
  await feed.upsert({ name: 'web-2' });
  await waitUntil({ what: 'both pods', timeoutMs: 60_000, everyMs: 10 }, () => names.includes('web-2'));
  expect([names, resets]).toEqual([['web-1', 'web-2'], 0]);
  // The log of changes goes with a cluster.
  await one.store.removeCluster('shared');
  await waitUntil({ what: 'to start anew', timeoutMs: 60_000, everyMs: 10 }, () => resets > 0);
  stream.close();
});

test('what users and servers write into the metadata of a connection at the same time is all kept', async () => {
  const draft = { name: 'written', kind: 'github', status: 'registered', metadata: { a: 1 } };
  const { body } = await Caller.owner(servers[0]).post('/api/integrations/connections', draft);
  const { id } = body as { id: string };
  expect(await metadataAfterWriters(servers, id)).toEqual({ a: 1, ...allWritten(2) });
});

test('a kind of connection that one server registers, changes and removes is so at the other', async () => {
  const [one, other] = servers.map((server) => Caller.owner(server)) as [Caller, Caller];
  const kinds = '/api/registry/connections';
  const connections = '/api/integrations/connections';
  const kind = { name: 'Jenkins', kind: 'jenkins', connectionSchema: { type: 'object' } };
  const { id } = (await one.post(kinds, kind)).body as { id: string };
  // At once: nobody has to wait until the other server has heard of it.
  const { status, body } = await other.post(connections, { name: 'c', kind: 'jenkins' });
  const made = body as { readonly id: string; readonly status: string };
  expect([status, made.status]).toEqual([201, 'registered']);
  const path = `${connections}/${made.id}`;
  const life = { registered: [{ nextState: 'ignored' }] };
  expect((await one.put(`${kinds}/${id}`, { ...kind, transitionMap: life })).status).toBe(200);
  await waitUntil({ what: 'the other life', timeoutMs: 60_000, everyMs: 10 }, async () => {
    const { transitionMap } = (await other.get(path)).body as { transitionMap: object };
    return Object.keys(transitionMap).length === 1;
  });
  expect((await other.put(path, { status: 'connected' })).status).toBe(409);
  expect((await one.delete(`${kinds}/${id}`)).status).toBe(409);
  expect((await other.delete(path)).status).toBe(200);
  expect((await one.delete(`${kinds}/${id}`)).status).toBe(204);
  expect((await other.post(connections, { name: 'c', kind: 'jenkins' })).status).toBe(400);
});

test('two servers register one kind at the same time once', async () => {
  const kind = { name: 'Raced', kind: 'raced', connectionSchema: { type: 'object' } };
  const asked = servers.flatMap((server) =>
    [1, 2].map(() => Caller.owner(server).post('/api/registry/connections', kind)),
  );
  expect((await Promise.all(asked)).map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

test('what both servers could discover one of them does, both show how it goes, and none does when it is disconnected or removed at one of them', async () => {
  for (const [name, end] of [
    ['disconnected', (path: string) => Caller.owner(servers[1]).put(path, { status: 'disconnected' })],
    ['removed', (path: string) => Caller.owner(servers[0]).delete(path)],
  ] as const) {
    const id = await connectAway(name, 'embedded');
    for (const { service } of servers) await service.app.get(ConnectionLife).refresh(userContext(), id);
    const discovering = (): Promise<boolean[]> => Promise.all(servers.map((server) => isCondition(server, name)));
    await waitUntil({ what: `both to show ${name}`, timeoutMs: 60_000 }, async () =>
      (await discovering()).every(Boolean),
    );
    const agents = servers.flatMap(({ service }) => service.app.get(DiscoveryHost).ownConditions());
    expect(agents.filter(({ connectionId }) => connectionId === id)).toHaveLength(1);
    expect((await end(`/api/integrations/connections/${id}`)).status).toBeLessThan(300);
    await waitUntil({ what: `nobody to discover ${name}`, timeoutMs: 60_000 }, async () => {
      return !(await discovering()).some(Boolean);
    });
  }
});

test('a discovered cluster is tested, and an operator looked after, by one of the servers, and by the other when that ends', async () => {
  const owner = Caller.owner(servers[0]);
  for (const server of servers) await Caller.owner(server).put('/api/system/log-level', { level: 'debug' });
  expect(await servers[0].userData.leads('discovered clusters')).toBe(true);
  expect(await servers[0].userData.leads('operators')).toBe(true);
  const connectionId = await uploadAway(owner);
  const operatorId = await connectAway('operated', 'operator');
  const looks = (server: TestServer): boolean =>
    server.lines.some((line) => line.includes(operatorId) && line.includes('operator not as wanted'));
  const tests = (server: TestServer): number =>
    server.lines.filter((line) => line.includes(connectionId) && line.includes('does not answer yet')).length;
  await waitUntil({ what: 'three tests', timeoutMs: 60_000 }, () => tests(servers[0]) + tests(servers[1]) >= 3);
  const [leader, idle] = servers;
  await waitUntil({ what: 'a look at the operator', timeoutMs: 60_000 }, () => looks(leader));
  expect([tests(idle), looks(idle)]).toEqual([0, false]);
  await leader.stop();
  await waitUntil({ what: 'a test and a look of the other', timeoutMs: 60_000 }, () => tests(idle) > 0 && looks(idle));
});

/** A connected cluster that cannot be reached, made at the first server; its id. */
async function connectAway(name: string, mode: 'embedded' | 'operator'): Promise<string> {
  const ctx = userContext();
  const { credentials, connections } = servers[0].service.app.get(Providers).of(ctx);
  const organizationId = firstOrganizationId;
  const secret = { kubeconfig: await kubeconfigOfNobody(name) };
  const { id: credentialId } = await credentials.create(ctx, { name, type: 'kubernetes', organizationId, secret });
  const kind = { kind: 'kubernetes', type: 'platform', subType: 'orchestration', status: 'connected' } as const;
  const texts = { description: '', url: '', origin: 'user' } as const;
  const none = { styles: {}, contextId: null, controllersConfig: null };
  const metadata = { meshsyncDeploymentMode: mode };
  const draft = { ...kind, ...texts, ...none, name, organizationId, metadata, credentialId };
  return (await connections.create(ctx, draft, 'A test made it.')).id;
}

/** True while a server tries in vain to read a cluster. */
async function isCondition(server: TestServer, name: string): Promise<boolean> {
  const { body } = await Caller.owner(server).get('/api/system/clusters');
  return JSON.stringify(body).includes(`"${name}"`);
}

async function kubeconfigOfNobody(name: string): Promise<string> {
  return JSON.stringify({
    clusters: [{ name, cluster: { server: `http://127.0.0.1:${String(await freePort())}` } }],
    users: [{ name, user: { token: 'none' } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

/** Uploads a cluster that cannot be reached; the id of its connection. */
async function uploadAway(owner: Caller): Promise<string> {
  const form = new FormData();
  form.set('k8sfile', new Blob([await kubeconfigOfNobody('away')]), 'config');
  const { body } = await owner.upload('/api/system/kubernetes', form);
  return (body as { registeredContexts: [{ connectionId: string }] }).registeredContexts[0].connectionId;
}
