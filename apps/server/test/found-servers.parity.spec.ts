import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@meshery/object-model';
import { KubeAdmin, closeServer, portOf, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Prometheus and Grafana servers among the Services of a real cluster. */

const path = '/api/integrations/connections';
const services = '/api/v1/namespaces/default/services';

let plane: ControlPlane;
let admin: KubeAdmin;
let folder: string;
let server: TestServer;
let owner: Caller;
let far: Server;
let heard: string[] = [];
let isUp = false;

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  folder = await mkdtemp(join(tmpdir(), 'meshery-found-'));
  far = createServer(({ url = '' }, response) => {
    heard.push(url);
    if (isUp) response.end(JSON.stringify({ status: 'success', data: { version: '3.5.0' }, database: 'ok' }));
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  await start();
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
  await closeServer(far);
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = await startTestServer({ folder, argv: ['--kubeconfig', join(folder, 'none.yaml')] });
  owner = Caller.owner(server);
}

async function upload(by: Caller): Promise<string> {
  const cluster = { server: plane.url, 'certificate-authority-data': Buffer.from(plane.caPem).toString('base64') };
  const config = {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: plane.adminToken } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  };
  const form = new FormData();
  form.set('k8sfile', new Blob([JSON.stringify(config)]), 'config.yaml');
  form.set('meshsync_deployment_mode', 'embedded');
  const { body } = await by.upload('/api/system/kubernetes', form);
  return body.connectedContexts[0].connectionId as string;
}

async function deploy(name: string, labels: object, spec: object = {}): Promise<void> {
  const ports = [
    { name: 'metrics', port: 9999 },
    { name: 'web', port: portOf(far) },
  ];
  const metadata = { name, labels };
  await admin.create(services, { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports, ...spec } });
}

const label = (name: string, component?: string) => ({
  'app.kubernetes.io/name': name,
  ...(component === undefined ? {} : { 'app.kubernetes.io/component': component }),
});

async function found(by = owner): Promise<readonly Connection[]> {
  const kinds = encodeURIComponent('["prometheus","grafana"]');
  const { body } = await by.get(`${path}?kind=${kinds}&order=name&pagesize=100`);
  return body.connections as Connection[];
}

const named = async (name: string): Promise<Connection | undefined> =>
  (await found()).find((connection) => connection.name === `default/${name}`);

function isIn(name: string, status: string): Promise<Connection> {
  const explain = async (): Promise<string> => JSON.stringify(await found());
  return waitUntil({ what: `${name} ${status}`, timeoutMs: 60_000, explain }, async () => {
    const connection = await named(name);
    return connection?.status === status ? connection : undefined;
  });
}

test('Services that are such servers are discovered, what is only named like them is not', async () => {
  await deploy('metrics', label('prometheus', 'server'));
  await deploy('alerts', label('prometheus', 'alertmanager'));
  await deploy('each-pod', label('prometheus'), { clusterIP: 'None' });
  await deploy('elsewhere', label('grafana'), { type: 'ExternalName', externalName: 'grafana.example' });
  await deploy('prometheus', label('shop'));
  await deploy('boards', { app: 'grafana' });
  await upload(owner);
  const metrics = await isIn('metrics', 'discovered');
  await isIn('boards', 'discovered');
  expect((await found()).map(({ name, kind }) => [name, kind])).toEqual([
    ['default/boards', 'grafana'],
    ['default/metrics', 'prometheus'],
  ]);
  expect(metrics).toMatchObject({
    url: `http://metrics.default.svc:${String(portOf(far))}`,
    type: 'telemetry',
    subType: 'metrics',
    metadata: { namespace: 'default', name: 'metrics', kubernetesServerId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  const { body } = await owner.get(`${path}/${metrics.id}/history`);
  expect(body.history).toMatchObject([{ from: null, to: 'discovered', by: 'system' }]);
});

test('one that goes is not found, one that comes back is discovered again, under another address', async () => {
  await admin.delete(`${services}/metrics`);
  const gone = await isIn('metrics', 'not found');
  await deploy('metrics', label('prometheus'), { type: 'LoadBalancer' });
  const loadBalancer = { ingress: [{ ip: '127.0.0.1' }] };
  await admin.patch(`${services}/metrics/status`, { status: { loadBalancer } });
  const url = `http://127.0.0.1:${String(portOf(far))}`;
  await waitUntil({ what: 'its address', timeoutMs: 60_000 }, async () => (await named('metrics'))?.url === url);
  expect(await named('metrics')).toMatchObject({ id: gone.id, status: 'discovered' });
  expect(await found()).toHaveLength(2);
});

test('one that a user deletes stays away', async () => {
  await owner.delete(`${path}/${(await named('boards'))?.id ?? ''}`);
  await deploy('more', { app: 'grafana' });
  await isIn('more', 'discovered');
  expect(await named('boards')).toBeUndefined();
});

test('what answers is registered by the server itself, and only a user goes on; what is used keeps its address', async () => {
  await waitUntil({ what: 'a test that failed', timeoutMs: 60_000 }, () => heard.length > 0);
  expect((await named('metrics'))?.status).toBe('discovered');
  isUp = true;
  const { id } = await isIn('metrics', 'registered');
  expect(await owner.put(`${path}/${id}`, { status: 'connected' })).toMatchObject({ body: { status: 'connected' } });
  await admin.patch(`${services}/metrics/status`, { status: { loadBalancer: { ingress: [{ ip: '127.0.0.2' }] } } });
  await deploy('last', { app: 'grafana' });
  await isIn('last', 'discovered');
  expect(await named('metrics')).toMatchObject({ url: `http://127.0.0.1:${String(portOf(far))}`, status: 'connected' });
  await admin.delete(`${services}/metrics`);
  await admin.delete(`${services}/last`);
  await isIn('last', 'not found');
  expect((await named('metrics'))?.status).toBe('connected');
});

test('another organization with the same cluster finds them too, as its own', async () => {
  const other = await Caller.signUp(server, 'otto', 'admin', 'own');
  expect(await found(other)).toEqual([]);
  const id = await upload(other);
  const more = await waitUntil({ what: 'it found', timeoutMs: 60_000 }, async () =>
    (await found(other)).find(({ name }) => name === 'default/more'),
  );
  expect(more.id).not.toBe((await named('more'))?.id);
  await other.delete(`${path}/${id}`);
  await waitUntil({ what: 'it lost', timeoutMs: 60_000 }, async () =>
    (await found(other)).every(({ status }) => status === 'not found'),
  );
  expect((await named('more'))?.status).toBe('discovered');
});

test('to be found calls nobody', async () => {
  const quiet = await startTestServer();
  heard = [];
  const feed = new Feed(quiet.store, 'fed');
  await feed.open();
  const spec = JSON.stringify({ ports: [{ port: portOf(far) }] });
  const status = JSON.stringify({ loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } });
  await feed.upsert({ name: 'metrics', kind: 'Service', labels: label('prometheus'), spec, status });
  await waitUntil({ what: 'it found', timeoutMs: 60_000 }, async () => (await found(Caller.owner(quiet))).length === 1);
  expect(heard).toEqual([]);
  await quiet.stop();
});
