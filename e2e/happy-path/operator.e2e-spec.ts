import {
  ClusterView,
  type ControlPlane,
  KubeAdmin,
  OperatorStack,
  Oracle,
  SeededRandom,
  bulkLoad,
  configMapObject,
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
    const { objects } = await oracle.expectInSync(20_000);
    expect(objects).toBeGreaterThan(200);
    const { clusters } = await stack.server.client.clusters();
    expect(clusters).toMatchObject([{ id: clusterId, source: 'agent', state: 'in-sync' }]);
    await stack.meshsync.ready(5_000);
    await stack.bridge.ready(5_000);
  });

  test('an object is in REST within a second and gone within a second', async () => {
    await admin.create(CONFIG_MAPS, configMapObject({ name: 'seen', namespace: 'default' }, new SeededRandom(1)));
    await waitUntil({ what: 'the row', timeoutMs: 1_000, everyMs: 10 }, async () => (await total('seen')) === 1);
    await admin.delete(`${CONFIG_MAPS}/seen`);
    await waitUntil(
      { what: 'the end of the row', timeoutMs: 1_000, everyMs: 10 },
      async () => (await total('seen')) === 0,
    );
  });
});
