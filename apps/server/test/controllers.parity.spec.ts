import { customResourceDefinitions } from '@meshery/contracts/crds';
import { KubeAdmin, startControlPlane, subscribe, waitUntil } from '@meshery/testing';
import type { ControlPlane, SentEvent } from '@meshery/testing';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Operator, MeshSync and broker: of a cluster whose API server is asked, and of one that only its agent is known of. */

const base = '/api/system/controllers';
const pollMs = 50;
const env = { MESHERY_CONTROLLERS_POLL_MS: String(pollMs), MESHERY_HEARTBEAT_MS: '200' };
const deployments = '/apis/apps/v1/namespaces/default/deployments';
const own = '/apis/meshery.io/v1alpha2/namespaces/default';
const ready = {
  type: 'Ready',
  status: 'True',
  reason: 'Ready',
  message: 'all is well',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};

interface Row {
  readonly connectionId: string;
  readonly controller: string;
  readonly status: string;
  readonly version: string;
}

let plane: ControlPlane;
let admin: KubeAdmin;
let server: TestServer;
let owner: Caller;
let cluster: string;
let connectionId: string;
let feed: Feed;
beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  server = await startTestServer({ argv: ['--kubeconfig', plane.kubeconfigPath], env });
  owner = Caller.owner(server);
  feed = new Feed(server.store, 'fed-cluster');
  await feed.open();
  cluster = await waitUntil({ what: 'the cluster in sync', timeoutMs: 60_000 }, async () => {
    const { clusters } = (await owner.get('/api/system/clusters')).body;
    return clusters.find(
      ({ source, state }: { source: string; state: string }) => source === 'embedded' && state === 'in-sync',
    )?.id;
  });
  const { connections } = (await owner.get('/api/integrations/connections?kind=kubernetes')).body;
  connectionId = connections[0].id;
});
afterAll(async () => {
  await server.stop();
  admin.close();
  await plane.stop();
});

async function deployOperator(): Promise<void> {
  const labels = { 'app.kubernetes.io/name': 'meshery-operator' };
  const containers = [{ name: 'operator', image: 'example.com/operator:0.9.1' }];
  const template = { metadata: { labels }, spec: { containers } };
  const spec = { selector: { matchLabels: labels }, template };
  await admin.create(deployments, {
    ...named('meshery-operator', labels),
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    spec,
  });
}

function named(name: string, labels: Record<string, string> = {}): { metadata: object } {
  return { metadata: { name, labels } };
}

const status = async (what: string, id = cluster): Promise<Row> =>
  (await owner.get(`${base}/${what}/status?connectionId=${id}`)).body as Row;

test('GET operator/status follows the Deployment of the operator', async () => {
  expect(await status('operator')).toEqual({
    connectionId,
    connection_id: connectionId,
    controller: 'OPERATOR',
    status: 'NOTDEPLOYED',
    version: '',
  });
  await deployOperator();
  const told = (state: string) => async () => (await status('operator')).status === state;
  await waitUntil({ what: 'deploying', timeoutMs: 60_000 }, told('DEPLOYING'));
  await admin.patch(`${deployments}/meshery-operator/status`, {
    status: { replicas: 1, readyReplicas: 1, observedGeneration: 1 },
  });
  await waitUntil({ what: 'deployed', timeoutMs: 60_000 }, told('DEPLOYED'));
  expect((await status('operator')).version).toBe('0.9.1');
});

test('GET broker/status and meshsync/status follow the custom resources', async () => {
  expect(await status('broker')).toMatchObject({
    name: 'MesheryBroker',
    status: 'NOTDEPLOYED',
    connection_id: connectionId,
  });
  expect(await status('meshsync')).toMatchObject({ name: 'MeshSync', status: 'RUNNING' });
  for (const definition of customResourceDefinitions()) {
    await admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
  }
  const broker = { apiVersion: 'meshery.io/v1alpha2', kind: 'Broker', ...named('meshery-broker'), spec: {} };
  await waitUntil({ what: 'the kinds served', timeoutMs: 60_000 }, async () =>
    admin.create(`${own}/brokers`, broker).catch(() => undefined),
  );
  await waitUntil({ what: 'the broker starting', timeoutMs: 60_000 }, async () => {
    return (await status('broker')).status === 'DEPLOYING';
  });
  await admin.patch(`${own}/brokers/meshery-broker/status`, {
    status: {
      endpoint: { internal: '10.0.0.9:4222', external: '192.0.2.9:4222' },
      version: '2.15.2',
      conditions: [ready],
    },
  });
  await waitUntil({ what: 'the broker ready', timeoutMs: 60_000 }, async () => {
    return (await status('broker')).status === 'DEPLOYED';
  });
  expect((await status('broker')).version).toBe('2.15.2');
});

test('what was found out is in the list of components, and so is the discovery of this server', async () => {
  const listed = async (): Promise<Record<string, unknown>> => {
    const { components } = (await owner.get('/api/system/components?pagesize=all')).body;
    return Object.fromEntries((components as { kind: string }[]).map((component) => [component.kind, component]));
  };
  await waitUntil({ what: 'the broker in the list', timeoutMs: 60_000 }, async () => {
    const { broker } = await listed();
    return (broker as { state?: string } | undefined)?.state === 'ready';
  });
  expect(await listed()).toMatchObject({
    operator: { location: cluster, clusterId: cluster, version: '0.9.1', state: 'ready' },
    broker: { clusterId: cluster, version: '2.15.2', lastError: { code: 'meshery-connection-1705' } },
    discovery: { location: connectionId, clusterId: cluster, state: 'ready', lastError: null },
  });
});

test('a connection shows the controllers of its cluster, under its own id, also before it was ever reached', async () => {
  const path = '/api/integrations/connections';
  const shown = async (id: string) => owner.get(`${path}/${id}/controllers`);
  expect(await status('operator', connectionId)).toEqual(await status('operator'));
  const { body } = await shown(connectionId);
  expect(body.controllers).toMatchObject([
    { controller: 'OPERATOR', status: 'DEPLOYED', connection_id: connectionId },
    { controller: 'MESHSYNC', connectionId },
    { controller: 'BROKER', status: 'DEPLOYED', connectionId },
  ]);
  const { metadata } = (await owner.get(`${path}/${connectionId}`)).body;
  expect(metadata.kubernetesServerId).toBe(cluster);
  const made = async (kind: string) =>
    (await owner.post(path, { name: 'new', kind, status: 'discovered', url: 'http://127.0.0.1:1' })).body.id as string;
  const unknown = await shown(await made('kubernetes'));
  expect(unknown.body.controllers.map((row: Row) => row.status)).toEqual(['UNKOWN', 'UNKOWN', 'UNKOWN']);
  expect([(await shown(await made('github'))).status, (await shown(cluster)).status]).toEqual([404, 404]);
  const stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
  expect((await stranger.get(`${path}/${connectionId}/controllers`)).status).toBe(404);
  expect((await stranger.get(`${base}/operator/status?connectionId=${connectionId}`)).status).toBe(404);
});

test('a cluster of an agent is judged by what was discovered of it', async () => {
  await feed.upsert(
    {
      ...{ name: 'meshery-operator', kind: 'Deployment', apiVersion: 'apps/v1' },
      spec: '{"template":{"spec":{"containers":[{"image":"op:7"}]}}}',
      status: '{"readyReplicas":1}',
    },
    {
      ...{ name: 'meshery-broker', kind: 'Broker', apiVersion: 'meshery.io/v1alpha1' },
      status: '{"endpoint":{"external":"192.0.2.7:4222","internal":"10.0.0.7:4222"}}',
    },
    {
      ...{ name: 'meshery-meshsync', kind: 'MeshSync', apiVersion: 'meshery.io/v1alpha1' },
      status: '{"publishing-to":"10.0.0.7:4222","version":"0.8.0"}',
    },
    { name: 'other-broker', kind: 'Broker', apiVersion: 'eventing.knative.dev/v1' },
  );
  expect(await status('operator', 'fed-cluster')).toMatchObject({ status: 'DEPLOYED', version: '7' });
  expect(await status('broker', 'fed-cluster')).toMatchObject({ status: 'Connected 192.0.2.7:4222' });
  expect(await status('meshsync', 'fed-cluster')).toMatchObject({
    status: 'Connected 10.0.0.7:4222',
    version: '0.8.0',
  });
});

test('GET diagnostics says what is wrong and what to do', async () => {
  const { status: code, body } = await owner.get(`${base}/diagnostics?connection_id=fed-cluster`);
  expect([code, body]).toEqual([
    200,
    expect.objectContaining({ connectionId: 'fed-cluster', healthy: true, diagnostics: [] }),
  ]);
  await feed.upsert({
    name: 'meshery-broker',
    kind: 'Broker',
    apiVersion: 'meshery.io/v1alpha1',
    uid: 'uid-default-meshery-broker',
  });
  await waitUntil({ what: 'a finding', timeoutMs: 60_000 }, async () => {
    const answer = await owner.get(`${base}/diagnostics?connectionId=fed-cluster`);
    return answer.body.healthy === false && answer.body.diagnostics[0].code === 'broker_not_ready';
  });
});

test.each(['operator/status', 'meshsync/status', 'broker/status', 'diagnostics'])(
  'GET %s refuses what names no connection',
  async (path) => {
    for (const query of ['', '?connectionId=', '?connectionId=a&connectionId=b', '?connectionId=%00'])
      expect((await owner.get(`${base}/${path}${query}`)).status).toBe(400);
    for (const id of ['nothing', '..%2F..', "'%20OR%201=1--"])
      expect((await owner.get(`${base}/${path}?connectionId=${id}`)).body.code).toBe('meshery-core-1002');
  },
);

describe('GET status/subscribe', () => {
  const headers = (): Record<string, string> => ({ authorization: `Bearer ${server.token}` });
  const follow = async (query: string, onEvent: (event: SentEvent) => void) =>
    subscribe(`${server.url}${base}/status/subscribe${query}`, headers(), onEvent);

  test('sends everything at first and whenever something changes', async () => {
    const heard: Row[][] = [];
    const stream = await follow(
      `?connectionIds=${cluster}&connectionIds=fed-cluster&connectionIds=unknown`,
      ({ data }) => heard.push(JSON.parse(data) as Row[]),
    );
    await waitUntil({ what: 'the first states', timeoutMs: 60_000 }, () => heard.length > 0);
    expect(heard[0]?.map(({ connectionId, controller }: Row) => [connectionId, controller])).toEqual(
      [connectionId, 'fed-cluster'].flatMap((id) => ['OPERATOR', 'MESHSYNC', 'BROKER'].map((name) => [id, name])),
    );
    const broker = (): string | undefined => heard.at(-1)?.find(({ controller }) => controller === 'BROKER')?.status;
    expect(broker()).not.toBe('NOTDEPLOYED');
    await admin.delete(`${own}/brokers/meshery-broker`);
    await waitUntil({ what: 'the change', timeoutMs: 60_000 }, () => broker() === 'NOTDEPLOYED');
    stream.close();
  });

  test('sends an empty list for what is unknown, and comments while nothing happens', async () => {
    const response = await server.get(`${base}/status/subscribe?connectionIds=unknown`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    await waitUntil({ what: 'a comment', timeoutMs: 60_000 }, async () => {
      text += (await reader?.read())?.value ?? '';
      return text.includes(': alive');
    });
    expect(text).toMatch(/^data: \[\]\n\n(: alive\n\n)+$/);
    await reader?.cancel();
  });

  test('takes a bounded number of connections', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `connectionIds=c${String(index)}`).join('&');
    expect((await owner.get(`${base}/status/subscribe?${many}`)).status).toBe(400);
  });
});

describe('config', () => {
  test('PUT replaces the defaults, GET answers them, and they outlive the server', async () => {
    expect((await owner.get(`${base}/config`)).body).toMatchObject({
      operator: { deploymentMode: 'operator' },
      broker: { service: { type: 'ClusterIP' } },
    });
    const wanted = { meshsync: { replicas: 3, watchList: { blacklist: ['leases.v1.coordination.k8s.io'] } } };
    const kept = await owner.put(`${base}/config`, wanted);
    expect([kept.status, kept.body]).toEqual([200, expect.objectContaining({ schema_version: expect.any(String) })]);
    expect(kept.body).toMatchObject(wanted);
    const { folder } = server;
    await server.service.stop();
    const second = await startTestServer({ folder });
    try {
      expect((await Caller.owner(second).get(`${base}/config`)).body).toEqual(kept.body);
    } finally {
      await second.service.stop();
    }
    server = await startTestServer({ folder, argv: ['--kubeconfig', plane.kubeconfigPath], env });
    owner = Caller.owner(server);
    expect((await owner.put(`${base}/config`, {})).body).toMatchObject({ meshsync: { replicas: 1 } });
  });

  test('a wrong configuration is refused and changes nothing', async () => {
    const before = (await owner.get(`${base}/config`)).body;
    for (const body of [
      [],
      'x',
      { meshsync: { replicas: 99 } },
      { broker: { service: { type: 'x' } } },
      { other: 1 },
    ]) {
      expect((await owner.put(`${base}/config`, body)).body.code).toBe('meshery-core-1001');
    }
    expect((await owner.get(`${base}/config`)).body).toEqual(before);
  });

  test('is for administrators to change and for all to read', async () => {
    const editor = await Caller.signUp(server, 'edda', 'editor');
    expect((await editor.put(`${base}/config`, {})).status).toBe(403);
    expect((await editor.get(`${base}/config`)).status).toBe(200);
  });
});
