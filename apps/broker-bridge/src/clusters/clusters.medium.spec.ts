import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inClusterAccess } from '@meshery/kube';
import { systemClock } from '@meshery/observability';
import type { NatsBrokerOptions } from '@meshery/messaging';
import {
  KubeAdmin,
  NatsServer,
  issue,
  makeTempDir,
  newAuthority,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import type { ControlPlane, NatsOptions, TempDir } from '@meshery/testing';
import { BrokerResource, clusterIdOf, installBrokerKind } from '../testing/broker-resource.ts';
import { ClusterBridge, kubeconfigs } from '../testing/cluster-bridge.ts';
import { ScriptedAgent } from '../testing/scripted-agent.ts';
import { StoreServer } from '../testing/store-server.ts';
import { ownCluster } from './cluster-entry.ts';

const published = 'meshery-nats-auth';
const ours = 'meshery-nats-bridge';
const cluster = 'prod.admin';
const cleanups: (() => unknown)[] = [];
let plane: ControlPlane;
let admin: KubeAdmin;
let clusterId: string;
let server: StoreServer;
let dir: TempDir;
let turn = 0;

beforeAll(async () => {
  plane = await startControlPlane({ controllers: [] });
  admin = new KubeAdmin(plane);
  await waitUntil({ what: 'namespace kube-system', timeoutMs: 60_000 }, async () => {
    return (await admin.send({ path: '/api/v1/namespaces/kube-system' })).status === 200;
  });
  clusterId = await clusterIdOf(admin);
}, 300_000);

afterAll(async () => {
  admin.close();
  await plane.stop();
});

beforeEach(async () => {
  turn += 1;
  dir = makeTempDir('clusters');
  mkdirSync(join(dir.path, 'kubeconfigs'));
  server = await StoreServer.start();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await server.stop();
  dir.remove();
});

function kubeconfig(file: string, name: string, changes: { server?: string; token?: string } = {}): void {
  const path = join(dir.path, 'kubeconfigs', file);
  writeKubeconfig({ path, name, server: plane.url, caPem: plane.caPem, token: plane.adminToken, ...changes });
}

function startBridge(lists = [kubeconfigs(join(dir.path, 'kubeconfigs'))], namespace = 'meshery'): ClusterBridge {
  const started = new ClusterBridge(lists, server, { namespace });
  cleanups.push(() => started.bridge.stop());
  return started;
}

async function startNats(options: NatsOptions = {}): Promise<NatsServer> {
  const nats = await NatsServer.start(options);
  cleanups.push(() => nats.stop());
  return nats;
}

/** A Broker in a namespace of its own, as the operator of `nats` would write it. */
async function startBroker(secrets: Readonly<Record<string, Readonly<Record<string, string>>>>, status: object) {
  const broker = new BrokerResource(admin, `shop-${turn}`);
  cleanups.push(() => broker.delete());
  await broker.create();
  for (const [name, data] of Object.entries(secrets)) await broker.setSecret(name, data);
  await broker.setStatus(status);
  return broker;
}

const at = (nats: NatsServer) => ({ endpoint: { external: `127.0.0.1:${nats.port}` } });
const linkName = (namespace = `shop-${turn}`) => `${cluster}/${namespace}/meshery-broker`;

async function startAgent(url: string, options: Partial<NatsBrokerOptions> = {}): Promise<ScriptedAgent> {
  const agent = new ScriptedAgent(url, clusterId, options);
  cleanups.push(() => agent.stop());
  await agent.open();
  return agent;
}

function fill(agent: ScriptedAgent, count: number): void {
  for (let index = 0; index < count; index += 1) agent.objects.set(`p${index}`, '1');
  agent.snapshot();
}

const inSync = (agent: ScriptedAgent): Promise<boolean> =>
  waitUntil(
    {
      what: 'equal sets',
      timeoutMs: 60_000,
      explain: async () => `${agent.rows().length}, ${(await server.rows()).length}`,
    },
    async () => JSON.stringify(await server.rows()) === JSON.stringify(agent.rows()),
  );

test('a cluster without the kind Broker is a condition; it is taken up when the kind and a Broker come', async () => {
  kubeconfig('prod.yaml', 'Admin');
  const started = startBridge();
  expect(await started.condition(cluster, 'meshery-kube-1313')).toContain('Broker');
  expect(started.bridge.readiness()).toMatchObject({ ready: true, reason: expect.stringContaining(cluster) as string });
  expect(await started.metrics()).toContain('meshery_bridge_source_conditions{reason="meshery-kube-1313"} 1');
  await installBrokerKind(admin);
  const nats = await startNats({ token: 'secret' });
  await waitUntil({ what: 'the kind', timeoutMs: 60_000 }, async () => {
    return (await admin.send({ path: '/apis/meshery.io/v1alpha2/brokers' })).status === 200;
  });
  await startBroker({ [published]: { token: 'secret' } }, at(nats));
  expect(await started.connected(linkName())).toMatchObject({ clusterId });
  expect(started.bridge.conditions().size).toBe(0);
});

test('a published Broker, with one token for everybody, delivers', async () => {
  kubeconfig('prod.yaml', 'admin');
  const nats = await startNats({ token: 'secret' });
  await startBroker({ [published]: { token: 'secret' } }, at(nats));
  startBridge();
  const agent = await startAgent(nats.url);
  fill(agent, 200);
  await inSync(agent);
});

test('a Broker with users and TLS delivers; the certificate names its Service', async () => {
  kubeconfig('prod.yaml', 'admin');
  const authority = newAuthority('broker');
  const service = `meshery-nats.shop-${turn}.svc`;
  const tls = issue(authority, { subject: { commonName: service }, names: [service] });
  const nats = await startNats({ users: { bridge: 'pass:word', agent: 'agent' }, tls });
  const secrets = {
    [published]: { token: 'not this one' },
    [ours]: { token: 'bridge:pass:word' },
    authority: { 'ca.crt': authority.certificatePem },
  };
  await startBroker(secrets, { ...at(nats), tls: { mode: 'required', caSecret: 'authority' } });
  const started = startBridge();
  await started.connected(linkName());
  const agent = await startAgent(nats.url, {
    token: () => 'agent:agent',
    tls: { ca: authority.certificatePem, servername: service },
  });
  fill(agent, 200);
  await inSync(agent);
});

test('a broker that goes away and comes back empty is told everything again', async () => {
  kubeconfig('prod.yaml', 'admin');
  const nats = await startNats({ token: 'secret' });
  await startBroker({ [published]: { token: 'secret' } }, at(nats));
  const started = startBridge();
  const agent = await startAgent(nats.url);
  fill(agent, 50);
  await inSync(agent);
  await nats.kill();
  nats.wipeStore();
  await waitUntil({ what: 'redness', timeoutMs: 60_000 }, () => !started.bridge.readiness().ready);
  await nats.up();
  agent.upsert('later', '1');
  await inSync(agent);
  await started.connected(linkName());
});

test('credentials that are rotated are taken up when the broker refuses the old ones', async () => {
  kubeconfig('prod.yaml', 'admin');
  const nats = await startNats({ users: { bridge: 'old', agent: 'agent' } });
  const broker = await startBroker({ [ours]: { token: 'bridge:old' } }, at(nats));
  const started = startBridge();
  await started.connected(linkName());
  // From now on only the loss of the broker makes it look again soon.
  await waitUntil({ what: 'steadiness', timeoutMs: 60_000 }, () => started.longestSleepMs > 40_000);
  const agent = await startAgent(nats.url, { token: () => 'agent:agent' });
  fill(agent, 50);
  await inSync(agent);
  nats.configure({ users: { bridge: 'new', agent: 'agent' } });
  nats.reload();
  await waitUntil({ what: 'the refusal', timeoutMs: 60_000 }, () => !started.bridge.readiness().ready);
  agent.upsert('meanwhile', '1');
  await broker.setSecret(ours, { token: 'bridge:new' });
  await inSync(agent);
});

test('a Secret that is gone is a condition of its link; another one in its place is taken up', async () => {
  kubeconfig('prod.yaml', 'admin');
  const nats = await startNats({ token: 'first' });
  const broker = await startBroker({ [published]: { token: 'first' } }, at(nats));
  const started = startBridge();
  await started.connected(linkName());
  await broker.deleteSecret(published);
  nats.configure({ token: 'second' });
  await nats.down();
  await nats.up();
  expect(await started.condition(linkName(), 'meshery-messaging-1508')).toContain(published);
  await broker.setSecret(published, { token: 'second' });
  await started.connected(linkName());
  await started.condition(linkName(), undefined);
});

test('only the link of what changed is made anew; a Broker that is deleted ends its link', async () => {
  kubeconfig('prod.yaml', 'admin');
  const [one, two, moved] = [await startNats(), await startNats(), await startNats()];
  const broker = await startBroker({ [published]: { token: 'any' } }, at(one));
  const other = new BrokerResource(admin, `other-${turn}`, 'second');
  await other.create();
  cleanups.push(() => other.delete());
  await other.setSecret('second-nats-auth', { token: 'any' });
  await other.setStatus(at(two));
  const started = startBridge();
  const [link, untouched] = [linkName(), `${cluster}/other-${turn}/second`];
  await started.connected(link);
  await started.connected(untouched);
  const connections = async (nats: NatsServer) =>
    ((await (await fetch(`${nats.monitorUrl}/varz`)).json()) as { total_connections: number }).total_connections;
  const before = await connections(two);
  await broker.setStatus(at(moved));
  await waitUntil({ what: 'the move', timeoutMs: 60_000 }, async () => (await connections(moved)) > 0);
  await started.connected(link);
  await broker.delete();
  await waitUntil({ what: 'the end', timeoutMs: 60_000 }, () => started.link(link) === undefined);
  expect(await connections(two)).toBe(before);
  expect(started.link(untouched)).toMatchObject({ brokerConnected: true });
});

test('an endpoint that does not answer, without a port-forward, is a condition that names it', async () => {
  kubeconfig('prod.yaml', 'admin');
  const broker = await startBroker({ [published]: { token: 'any' } }, { endpoint: { external: '127.0.0.1:1' } });
  const started = startBridge();
  expect(await started.condition(linkName(), 'meshery-messaging-1509')).toContain('127.0.0.1:1');
  const nats = await startNats();
  await broker.setStatus(at(nats));
  await started.connected(linkName());
});

test('bad clusters are conditions with their codes, slow no other, and are taken up when they are right', async () => {
  const nats = await startNats({ token: 'secret' });
  await startBroker({ [published]: { token: 'secret' } }, at(nats));
  kubeconfig('gone.yaml', 'a', { server: 'https://127.0.0.1:1' });
  kubeconfig('odd.yaml', 'a', { token: 'nobody' });
  writeFileSync(join(dir.path, 'kubeconfigs', 'text.yaml'), 'apiVersion: [');
  writeFileSync(join(dir.path, 'kubeconfigs', 'exec.yaml'), execKubeconfig());
  kubeconfig('prod.yaml', 'admin');
  const started = startBridge();
  await started.connected(linkName());
  await started.condition('gone.a', 'meshery-kube-1303');
  await started.condition('odd.a', 'meshery-kube-1304');
  await started.condition('text.yaml', 'meshery-kube-1301');
  await started.condition('exec.a', 'meshery-kube-1305');
  kubeconfig('gone.yaml', 'a');
  await started.condition('gone.a', undefined);
  // Both ways lead to the same broker now: the first by name has it.
  expect(await started.condition(linkName(), 'meshery-core-1007')).toContain('gone.a');
  expect(started.bridge.statuses()).toHaveLength(1);
});

function execKubeconfig(): string {
  const text = readFileSync(join(dir.path, 'kubeconfigs', 'odd.yaml'), 'utf8');
  const config = JSON.parse(text) as { users: { user: object }[] };
  for (const user of config.users)
    user.user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' } };
  return JSON.stringify(config);
}

test('a bridge in the cluster uses the internal endpoint; a kubeconfig of the same cluster makes no second link', async () => {
  const [nats, elsewhere] = [await startNats({ token: 'secret' }), await startNats({ token: 'secret' })];
  const [internal, external] = [`127.0.0.1:${nats.port}`, `127.0.0.1:${elsewhere.port}`];
  await startBroker({ [published]: { token: 'secret' } }, { endpoint: { internal, external } });
  kubeconfig('prod.yaml', 'admin');
  writeFileSync(join(dir.path, 'ca.crt'), plane.caPem);
  writeFileSync(join(dir.path, 'token'), plane.adminToken);
  const { hostname: host, port } = new URL(plane.url);
  const own = ownCluster(() => inClusterAccess({ host, port, serviceAccountDir: dir.path, clock: systemClock }));
  const started = startBridge([own, kubeconfigs(join(dir.path, 'kubeconfigs'))]);
  const name = `in-cluster/shop-${turn}/meshery-broker`;
  expect(await started.connected(name)).toMatchObject({ clusterId });
  expect(await started.condition(linkName(), 'meshery-core-1007')).toContain(name);
  const agent = await startAgent(nats.url);
  fill(agent, 20);
  await inSync(agent);
  expect(started.bridge.statuses()).toHaveLength(1);
});

test('an account that may see one namespace only has its Brokers taken up; without a role it is a condition', async () => {
  const nats = await startNats({ token: 'secret' });
  await startBroker({ [published]: { token: 'secret' } }, at(nats));
  const namespace = `shop-${turn}`;
  const account = await admin.create(`/api/v1/namespaces/${namespace}/serviceaccounts`, {
    metadata: { name: 'bridge' },
  });
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account.metadata.name}/token`;
  const { status } = await admin.json<{ status: { token: string } }>({ method: 'POST', path, body: { spec: {} } });
  kubeconfig('prod.yaml', 'admin', { token: status.token });
  const started = startBridge(undefined, namespace);
  await started.condition(cluster, 'meshery-kube-1306');
  const subject = { kind: 'ServiceAccount', name: 'bridge', namespace };
  await allow('kube-system', subject, { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] });
  expect(await started.condition(cluster, 'meshery-kube-1308')).toContain('list brokers.meshery.io');
  const secrets = { apiGroups: [''], resources: ['secrets'], resourceNames: [published, ours], verbs: ['get'] };
  const brokers = { apiGroups: ['meshery.io'], resources: ['brokers'], verbs: ['list', 'watch'] };
  await allow(namespace, subject, secrets, brokers);
  expect(await started.connected(linkName())).toMatchObject({ clusterId });
});

async function allow(namespace: string, subject: object, ...rules: readonly object[]): Promise<void> {
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const metadata = { name: `bridge-${turn}` };
  await admin.create(`${rbac}/roles`, { metadata, rules });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name };
  await admin.create(`${rbac}/rolebindings`, { metadata, roleRef, subjects: [subject] });
}
