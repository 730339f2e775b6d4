import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCluster, makeTempDir, waitUntil } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';
import { BrokerResource, clusterIdOf, installBrokerKind } from '../testing/broker-resource.ts';
import { ClusterBridge, kubeconfigs } from '../testing/cluster-bridge.ts';
import { ScriptedAgent } from '../testing/scripted-agent.ts';
import { StoreServer } from '../testing/store-server.ts';

const namespace = 'meshery';
const link = `node.meshery-admin/${namespace}/meshery-broker`;
const pods = `/api/v1/namespaces/${namespace}/pods`;
const cleanups: (() => unknown)[] = [];
let cluster: NodeCluster;
let image: string;
let clusterId: string;
let broker: BrokerResource;
let server: StoreServer;
let dir: TempDir;

beforeAll(async () => {
  cluster = await NodeCluster.start();
  image = (await cluster.importImages('nats-server')).get('nats-server') ?? '';
  clusterId = await clusterIdOf(cluster.admin);
  await installBrokerKind(cluster.admin);
  await waitUntil({ what: 'the kind', timeoutMs: 60_000 }, async () => {
    return (await cluster.admin.send({ path: '/apis/meshery.io/v1alpha2/brokers' })).status === 200;
  });
  broker = new BrokerResource(cluster.admin, namespace);
  await broker.create();
  await broker.setSecret('meshery-nats-auth', { token: 'secret' });
  await broker.setStatus({ endpoint: { internal: 'meshery-nats.meshery.svc:4222' } });
}, 300_000);

afterAll(() => cluster.stop(), 120_000);

beforeEach(async () => {
  dir = makeTempDir('forward');
  server = await StoreServer.start();
  mkdirSync(join(dir.path, 'kubeconfigs'));
  const text = readFileSync(cluster.kubeconfigPath, 'utf8').replaceAll(cluster.name, 'admin');
  writeFileSync(join(dir.path, 'kubeconfigs', 'node.yaml'), text);
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await server.stop();
  dir.remove();
});

/** A pod as the operator makes it; answers its address once it is ready. */
async function startPod(name: string): Promise<string> {
  await waitUntil({ what: 'the account of the namespace', timeoutMs: 60_000 }, async () => {
    return (
      (await cluster.admin.send({ path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` })).status === 200
    );
  });
  const labels = { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'meshery-nats' };
  const args = ['-js', '-sd', '/data', '-m', '8222', '--auth', 'secret'];
  const readinessProbe = { httpGet: { path: '/healthz', port: 8222 }, periodSeconds: 1 };
  const container = { name: 'nats', image, imagePullPolicy: 'Never', args, readinessProbe };
  const spec = { terminationGracePeriodSeconds: 0, containers: [container] };
  await cluster.admin.create(pods, { metadata: { name, labels }, spec });
  cleanups.push(() => cluster.admin.delete(`${pods}/${name}`));
  let address = '';
  await waitUntil({ what: `pod ${name}`, timeoutMs: 60_000 }, async () => {
    const { status } = await cluster.admin.json<{ status: PodStatus }>({ path: `${pods}/${name}` });
    address = status.podIP ?? '';
    return status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;
  });
  return address;
}

interface PodStatus {
  readonly podIP?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

function startBridge(): ClusterBridge {
  const started = new ClusterBridge([kubeconfigs(join(dir.path, 'kubeconfigs'))], server, { mayForward: true });
  cleanups.push(() => started.bridge.stop());
  return started;
}

async function deliver(address: string, name: string): Promise<ScriptedAgent> {
  const agent = new ScriptedAgent(`nats://secret@${address}:4222`, clusterId);
  cleanups.push(() => agent.stop());
  await agent.open();
  agent.objects.set(name, '1');
  agent.snapshot();
  await waitUntil({ what: name, timeoutMs: 60_000 }, async () => (await server.rows()).join() === `u-${name}@1`);
  return agent;
}

test('a broker without an external endpoint delivers through the API server, and a pod in place of a dead one is found', async () => {
  const started = startBridge();
  expect(await started.condition(link, 'meshery-messaging-1509')).toContain('No pod');
  const first = await startPod('meshery-nats-0');
  await started.connected(link);
  await started.condition(link, undefined);
  const agent = await deliver(first, 'one');
  await agent.stop();
  await cluster.admin.delete(`${pods}/meshery-nats-0`);
  const second = await startPod('meshery-nats-1');
  expect(second).not.toBe(first);
  await deliver(second, 'two');
  await started.connected(link);
});
