import { encodeReply, parseEnvelope, publishedSubjects } from '@meshery/contracts';
import { customResourceDefinitions } from '@meshery/contracts/crds';
import { NatsBroker } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { KubeAdmin, NatsServer, issue, newAuthority, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/**
 * Ad hoc tests and synthetic checks of operator, MeshSync and broker of a real API server: what the operator answers is
 * said by the test, in the words of its contract; the broker is a real one.
 */

const path = '/api/integrations/connections';
const deployments = '/apis/apps/v1/namespaces/default/deployments';
const own = '/apis/meshery.io/v1alpha2/namespaces/default';
const configMap = '/api/v1/namespaces/default/configmaps/meshery-probe';

let plane: ControlPlane;
let admin: KubeAdmin;
let nats: NatsServer;
let agent: NatsBroker;
let server: TestServer;
let owner: Caller;
let clusterConnection: string;
beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  nats = await NatsServer.start({ users: { bridge: 'right' } });
  const url = `nats://bridge:right@127.0.0.1:${String(nats.port)}`;
  const logger = createLogger({ service: 'agent', level: 'silent' });
  agent = new NatsBroker({ url, name: 'agent' }, { clock: systemClock, logger });
  await agent.open(AbortSignal.timeout(30_000));
  server = await startTestServer({ argv: ['--kubeconfig', plane.kubeconfigPath] });
  owner = Caller.owner(server);
  for (const definition of customResourceDefinitions()) {
    await admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
  }
  clusterConnection = await waitUntil({ what: 'the cluster in sync', timeoutMs: 60_000 }, async () => {
    const { clusters } = (await owner.get('/api/system/clusters')).body;
    const { connections } = (await owner.get(`${path}?kind=kubernetes`)).body;
    return clusters.some(({ state }: { state: string }) => state === 'in-sync') ? connections[0]?.id : undefined;
  });
});
afterAll(async () => {
  await server.stop();
  await agent.close();
  await nats.stop();
  admin.close();
  await plane.stop();
});

async function make(kind: string, fields: object = {}): Promise<string> {
  const metadata = { kubernetesConnectionId: clusterConnection };
  const { status, body } = await owner.post(path, { name: 'c', kind, status: 'discovered', metadata, ...fields });
  expect([status, body]).toEqual([201, expect.anything()]);
  return body.id as string;
}

const ping = (id: string): Promise<Answer> => owner.post(`${path}/${id}/ping`);
const check = (id: string): Promise<Answer> => owner.post(`${path}/${id}/check`);

/** Creates one of our objects as soon as its kind is served. */
async function create(plural: string, kind: string, name: string): Promise<void> {
  const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name }, spec: {} };
  await waitUntil({ what: kind, timeoutMs: 60_000 }, () => admin.create(`${own}/${plural}`, object).catch(() => false));
}

interface Annotated {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

const probeOf = async (): Promise<string | undefined> =>
  (await admin.json<Annotated>({ path: `${own}/meshsyncs/meshery-meshsync` })).metadata.annotations?.[
    'meshery.io/probe'
  ];

/** What comes of a question that has an operator probe, which answers as it is told. */
async function answered(
  ask: () => Promise<Answer>,
  probe: { readonly hop: string; readonly result: string; readonly message?: string },
): Promise<Answer> {
  const before = await probeOf();
  const answer = ask();
  const id = await waitUntil({ what: 'a probe', timeoutMs: 60_000 }, async () => {
    const now = await probeOf();
    return now === before ? undefined : now;
  });
  const status = { probe: { ...probe, id, time: '2026-01-01T00:00:00Z' } };
  await admin.patch(`${own}/meshsyncs/meshery-meshsync/status`, { status });
  return answer;
}

describe('operator and MeshSync', () => {
  test('that are not deployed are named', async () => {
    for (const kind of ['operator', 'meshsync']) {
      const { status, body } = await ping(await make(kind));
      expect([status, body.code, body.error]).toEqual([
        500,
        'meshery-connection-1716',
        'The API server answers, but the operator does not: it is not there.',
      ]);
    }
  });

  test('an operator that was given nothing to run is judged by its Deployment', async () => {
    const labels = { 'app.kubernetes.io/name': 'meshery-operator' };
    const containers = [{ name: 'operator', image: 'example.com/operator:0.9.1' }];
    await admin.create(deployments, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'meshery-operator', labels },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    });
    const id = await make('operator');
    expect((await ping(id)).body.error).toContain('none of its pods is ready');
    await admin.patch(`${deployments}/meshery-operator/status`, {
      status: { replicas: 1, readyReplicas: 1, observedGeneration: 1 },
    });
    expect(await ping(id)).toMatchObject({ status: 200, body: { version: '0.9.1' } });
    expect((await ping(await make('meshsync'))).body.code).toBe('meshery-connection-1717');
  });

  test('are asked hop by hop: server, API server, operator, MeshSync; the hop that fails is named', async () => {
    await create('meshsyncs', 'MeshSync', 'meshery-meshsync');
    const [operator, meshSync] = [await make('operator'), await make('meshsync')];
    const asked = (id: string, probe: Parameters<typeof answered>[1]): Promise<Answer> =>
      answered(() => ping(id), probe);
    expect(await asked(meshSync, { hop: 'broker', result: 'ok' })).toMatchObject({ status: 200, body: {} });
    expect((await owner.get(`${path}/${meshSync}`)).body.status).toBe('registered');
    const broken = await asked(meshSync, { hop: 'meshsync', result: 'failed', message: 'No pod of it runs.' });
    expect(broken.body).toMatchObject({
      code: 'meshery-connection-1717',
      error: 'The API server answers, but the MeshSync does not: No pod of it runs.',
    });
    // What comes after it on the way is not its failure.
    expect((await asked(meshSync, { hop: 'broker', result: 'failed' })).status).toBe(200);
    expect(await asked(operator, { hop: 'meshsync', result: 'failed' })).toMatchObject({
      status: 200,
      body: { version: '0.9.1' },
    });
    expect((await ping(operator)).body).toMatchObject({
      code: 'meshery-connection-1716',
      error: expect.stringContaining('it did not answer within 7 s'),
    });
  });

  test.each(['operator', 'meshsync'])('%s is not disconnected by itself: the remedy says what to do', async (kind) => {
    const id = await make(kind, { status: 'registered' });
    const connect = (): Promise<Answer> => owner.put(`${path}/${id}`, { status: 'connected' });
    expect((await answered(connect, { hop: 'broker', result: 'ok' })).body.status).toBe('connected');
    const { status, body } = await owner.put(`${path}/${id}`, { status: 'disconnected' });
    expect([status, body.code]).toEqual([409, 'meshery-connection-1700']);
    expect(body.suggestedRemediation[0]).toMatch(/^Disconnect its cluster, or undeploy the operator\./);
    expect((await owner.get(`${path}/${id}`)).body).toMatchObject({ status: 'connected' });
  });

  test('the API server is the hop that is named where it is not known, or does not answer', async () => {
    const kubeconfig = JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'c', user: { token: 't' } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
      'current-context': 'c',
    });
    const dead = await make('kubernetes', { credentialSecret: { kubeconfig } });
    const stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
    const { body: hidden } = await stranger.post(path, {
      name: 'c',
      kind: 'kubernetes',
      credentialSecret: { kubeconfig },
    });
    for (const kubernetesConnectionId of ['x', undefined, hidden.id, dead]) {
      for (const kind of ['operator', 'meshsync']) {
        const { body } = await ping(await make(kind, { metadata: { kubernetesConnectionId } }));
        expect(body.code).toBe('meshery-connection-1715');
      }
    }
    const broker = await make('broker', { metadata: { kubernetesConnectionId: dead } });
    expect((await ping(broker)).body.error).toMatch(/^The cluster of "c" does not answer as it has to: /);
  });
});

describe('the broker of a cluster', () => {
  test('is dialled where its operator exposed it, with what its operator made, whatever URL somebody entered', async () => {
    const id = await make('broker', { url: 'nats://127.0.0.1:1' });
    const { body } = await ping(id);
    expect([body.code, body.error]).toEqual([
      'meshery-connection-1718',
      'The cluster has no broker that says where it is.',
    ]);
    await create('brokers', 'Broker', 'meshery-broker');
    const endpoint = { internal: '10.0.0.9:4222', external: `127.0.0.1:${String(nats.port)}` };
    await admin.patch(`${own}/brokers/meshery-broker/status`, { status: { endpoint } });
    expect((await ping(id)).body.code).toBe('meshery-connection-1713');
    await admin.create('/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'meshery-nats-bridge' },
      stringData: { token: 'bridge:right' },
    });
    expect(await ping(id)).toMatchObject({ status: 200, body: { version: expect.stringMatching(/^2\./) } });
    expect((await check(id)).body).toMatchObject({ result: 'ok' });
  });

  test('with TLS is known by the name of its Service, and by the authority of its operator', async () => {
    const authority = newAuthority('operator');
    const names = ['meshery-nats.default.svc'];
    const { certificatePem, keyPem } = issue(authority, { subject: { commonName: 'nats' }, names });
    await using encrypted = await NatsServer.start({ users: { bridge: 'right' }, tls: { certificatePem, keyPem } });
    const status = `${own}/brokers/meshery-broker/status`;
    const endpoint = { external: `127.0.0.1:${String(encrypted.port)}` };
    const tls = { mode: 'required', caSecret: 'meshery-nats-ca' };
    await admin.patch(status, { status: { endpoint, tls } });
    const id = await make('broker');
    expect((await ping(id)).body.code).toBe('meshery-connection-1712');
    await admin.create('/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'meshery-nats-ca' },
      stringData: { 'ca.crt': authority.certificatePem },
    });
    expect((await ping(id)).status).toBe(200);
    await admin.patch(status, {
      status: { endpoint: { external: `127.0.0.1:${String(nats.port)}` }, tls: { mode: 'off' } },
    });
  });
});

describe('the check of MeshSync', () => {
  let id: string;
  beforeAll(async () => {
    id = await make('meshsync');
  });

  test('says that no agent answers on its broker', async () => {
    expect((await check(id)).body).toMatchObject({
      result: 'failed',
      code: 'meshery-connection-1717',
      message: expect.stringContaining('no agent answered'),
    });
  });

  test('is an answer of the agent, and an annotation of a ConfigMap that reaches the store and is taken away', async () => {
    agent.subscribe(
      publishedSubjects.request,
      ({ data }) => {
        const parsed = parseEnvelope(data);
        if (!parsed.ok || parsed.value.Request?.Entity !== 'meshsync-meta') return;
        agent.publish(publishedSubjects.meta, encodeReply('v0.9.1'));
      },
      { signal: new AbortController().signal },
    );
    await agent.flush();
    const { body } = await check(id);
    expect(body).toMatchObject({ result: 'ok', latencyMs: expect.any(Number) });
    expect((await admin.send({ path: configMap })).status).toBe(404);
  });

  test('fails when nothing reaches the store any more; the ConfigMap is taken away then, too', async () => {
    await owner.put(`${path}/${clusterConnection}`, { status: 'disconnected' });
    expect((await check(id)).body).toMatchObject({
      result: 'failed',
      code: 'meshery-connection-1719',
      message: expect.stringContaining('within 5 s'),
      details: { step: 'store' },
    });
    expect((await admin.send({ path: configMap })).status).toBe(404);
  });
});
