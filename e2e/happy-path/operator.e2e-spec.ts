import { customResourceDefinitions } from '@meshery/contracts/crds';
import {
  ClusterView,
  type ControlPlane,
  KubeAdmin,
  OperatorStack,
  Oracle,
  SeededRandom,
  bulkLoad,
  configMapObject,
  inOneTurn,
  loadItem,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describe('one real object, operator mode', () => {
  let plane: ControlPlane;
  let admin: KubeAdmin;
  let stack: OperatorStack;
  let oracle: Oracle;
  let clusterId = '';

  beforeAll(async () => {
    plane = await startControlPlane();
    admin = new KubeAdmin(plane, 20);
    const random = new SeededRandom(5);
    const place = (index: number) => ({ name: `before-${String(index)}`, namespace: 'default' });
    await bulkLoad(
      admin,
      Array.from({ length: 200 }, (_, index) => loadItem(configMapObject(place(index), random, 2_000))),
    );
    await using view = await ClusterView.open(plane.kubeconfigPath);
    clusterId = await view.clusterId();
    stack = await OperatorStack.start({ kubeconfig: plane.kubeconfigPath, clusterId });
    oracle = await Oracle.open({ kubeconfig: plane.kubeconfigPath, client: () => stack.server.client });
  }, 300_000);

  afterAll(async () => {
    await oracle.close();
    await stack.stop();
    admin.close();
    await plane.stop();
  });

  const total = async (name: string): Promise<number> =>
    (await stack.server.client.page(clusterId, `kind=ConfigMap&search=${name}`)).totalCount;

  test('what was there before is in sync, through the agent, the broker and the bridge', async () => {
    const { objects } = await oracle.expectInSync(60_000);
    expect(objects).toBeGreaterThan(200);
    const { clusters } = await stack.server.client.clusters();
    expect(clusters).toMatchObject([{ id: clusterId, source: 'agent', state: 'in-sync' }]);
    await stack.meshsync.ready();
    await stack.bridge.ready();
  });

  test('an object is in REST within a second and gone within a second', async () => {
    await inOneTurn('an object that came and went in time', async (turn) => {
      const name = `seen-${String(turn)}`;
      await admin.create(CONFIG_MAPS, configMapObject({ name, namespace: 'default' }, new SeededRandom(1)));
      await waitUntil({ what: 'the row', timeoutMs: 1_000, everyMs: 10 }, async () => (await total(name)) === 1);
      await admin.delete(`${CONFIG_MAPS}/${name}`);
      const gone = { what: 'the end of the row', timeoutMs: 1_000, everyMs: 10 };
      await waitUntil(gone, async () => (await total(name)) === 0);
    });
  });

  /** What the server answers to a request that changes something. */
  async function post<T>(path: string, body: object = {}): Promise<T> {
    const answer = await stack.server.client.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = answer.body.toString('utf8');
    if (answer.status > 201) throw new Error(`${path} answered ${String(answer.status)}: ${text}`);
    return JSON.parse(text) as T;
  }

  /** The Broker and the MeshSync that an operator would have for this stack. */
  async function customResources(): Promise<void> {
    for (const definition of customResourceDefinitions()) {
      await admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    }
    const own = '/apis/meshery.io/v1alpha2/namespaces/default';
    for (const [kind, plural, name] of [
      ['MeshSync', 'meshsyncs', 'meshery-meshsync'],
      ['Broker', 'brokers', 'meshery-broker'],
    ] as const) {
      const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name }, spec: {} };
      await waitUntil({ what: kind, timeoutMs: 60_000 }, () =>
        admin.create(`${own}/${plural}`, object).catch(() => false),
      );
    }
    const status = { endpoint: { external: `127.0.0.1:${String(stack.nats.port)}` } };
    await admin.patch(`${own}/brokers/meshery-broker/status`, { status });
  }

  test('MeshSync and broker are checked from the server to the cluster and back', async () => {
    await customResources();
    const connections = '/api/integrations/connections';
    const kubeconfig = JSON.stringify({
      clusters: [
        {
          name: 'c',
          cluster: {
            server: plane.url,
            'certificate-authority-data': Buffer.from(plane.caPem).toString('base64'),
          },
        },
      ],
      users: [{ name: 'c', user: { token: plane.adminToken } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
      'current-context': 'c',
    });
    const made = { name: 'c', kind: 'kubernetes', status: 'discovered', credentialSecret: { kubeconfig } };
    const { id: kubernetesConnectionId } = await post<{ id: string }>(connections, made);
    await post(`${connections}/${kubernetesConnectionId}/ping`);
    for (const kind of ['broker', 'meshsync']) {
      const tied = { name: kind, kind, status: 'discovered', metadata: { kubernetesConnectionId } };
      const { id } = await post<{ id: string }>(connections, tied);
      let said: { readonly result?: string } = {};
      const explain = (): string => JSON.stringify(said);
      await waitUntil({ what: `the check of the ${kind}`, timeoutMs: 60_000, explain }, async () => {
        said = await post(`${connections}/${id}/check`);
        return said.result === 'ok';
      });
    }
    expect((await admin.send({ path: `${CONFIG_MAPS}/meshery-probe` })).status).toBe(404);
  });
});
