import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MesheryServer, makeTempDir, waitUntil } from '@meshery/testing';
import { BrokerScene } from '../support/broker-scene.ts';
import { write } from '../support/two-clusters.ts';

/** Where pods find the server that runs outside of the cluster. */
const name = 'outside.meshery.svc';
const meshSync = { resource: 'meshsyncs/meshery-meshsync' };
const token = 'token-of-this-cluster';

const undo = new AsyncDisposableStack();
let scene: BrokerScene;
let server: MesheryServer;
let clusterId: string;

beforeAll(async () => {
  scene = await BrokerScene.start({ images: ['operator', 'meshsync'] });
  undo.defer(() => scene.stop());
  const { cluster } = scene.installed;
  clusterId = (await cluster.admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
  const host = new URL(cluster.access.url).hostname;
  server = await startServer(host);
  undo.defer(() => server.stop());
  await cluster.admin.create('/api/v1/namespaces/meshery/services', {
    metadata: { name: 'outside' },
    spec: { ports: [{ name: 'grpc', port: 9082, targetPort: server.grpcPort }] },
  });
  await cluster.admin.create('/apis/discovery.k8s.io/v1/namespaces/meshery/endpointslices', {
    metadata: { name: 'outside', labels: { 'kubernetes.io/service-name': 'outside' } },
    ...{ addressType: 'IPv4', ports: [{ name: 'grpc', port: server.grpcPort }], endpoints: [{ addresses: [host] }] },
  });
  await secret('meshery-server-token', { token });
  await secret('meshery-server-ca', { 'ca.crt': readFileSync(join(server.dataDir, 'ingest', 'ca.pem'), 'utf8') });
}, 600_000);

afterAll(() => undo.disposeAsync(), 120_000);

/** One that lets the agent of this cluster in, on the address of the nodes' network. */
function startServer(host: string): Promise<MesheryServer> {
  const dir = makeTempDir('bindings');
  undo.defer(() => {
    dir.remove();
  });
  const bindings = join(dir.path, 'bindings.json');
  const agent = { name: 'agent', clusters: [clusterId], tokenSha256: hash('sha256', token, 'hex') };
  writeFileSync(bindings, JSON.stringify({ bridges: [agent] }));
  const env = { MESHERY_INGEST_BINDINGS: bindings, MESHERY_GRPC_HOST: host, MESHERY_GRPC_NAME: name };
  return MesheryServer.start({ env });
}

async function secret(secretName: string, stringData: Readonly<Record<string, string>>): Promise<void> {
  const path = '/api/v1/namespaces/meshery/secrets';
  await scene.installed.cluster.admin.create(path, { metadata: { name: secretName }, stringData });
}

async function has(object: string): Promise<boolean> {
  return (await server.client.page(clusterId, `kind=ConfigMap&search=${object}`)).totalCount === 1;
}

const arrives = (object: string) =>
  waitUntil({ what: `${object} in the server`, timeoutMs: 120_000, explain: () => scene.installed.explain() }, () =>
    has(object),
  );

test('an agent of a MeshSync without a broker dials the server, and goes on after an outage of it', async () => {
  await scene.create('MeshSync', 'meshery-meshsync', {
    server: { address: `${name}:9082`, tokenSecret: 'meshery-server-token', caSecret: 'meshery-server-ca' },
  });
  await write(scene.installed, 'before');
  await arrives('before');
  await scene.condition(meshSync, { type: 'Ready', status: 'True' });

  await server.kill();
  await scene.condition(meshSync, { type: 'BrokerConnected', status: 'False' });
  await write(scene.installed, 'meanwhile');
  await server.up();
  await arrives('meanwhile');
  await scene.condition(meshSync, { type: 'BrokerConnected', status: 'True' });
}, 900_000);
