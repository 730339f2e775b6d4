import { waitUntil } from '@meshery/testing';
import { OperatorScene, connections, definitions, deployed, rbac, versions } from './operator-scene.ts';
import type { Live } from './operator-scene.ts';

/** What is in the way of an operator that is wanted, against a real API server. */

let scene: OperatorScene;
beforeAll(async () => {
  scene = await OperatorScene.open();
});
afterAll(() => scene.close());

describe('what is in the way', () => {
  interface Told {
    readonly reason: string;
    readonly message: string;
  }

  /** What the list of clusters says about operators. */
  const told = async (): Promise<readonly Told[]> => {
    const { clusters } = (await scene.owner.get('/api/system/clusters')).body as {
      clusters: readonly Told[];
    };
    const ours = clusters.filter(({ reason }) => reason.startsWith('meshery-connection-'));
    return ours.map(({ reason, message }) => ({ reason, message }));
  };

  /** The list says it soon after the operation ended. */
  const isTold = (what: string, isIt: (now: readonly Told[]) => boolean): Promise<unknown> =>
    waitUntil({ what, timeoutMs: 60_000, explain: async () => JSON.stringify(await told()) }, async () =>
      isIt(await told()),
    );

  test('a credential without the rights changes nothing, and each missing right is named', async () => {
    await scene.admin.create('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'limited' } });
    const everything = {
      apiGroups: ['*'],
      resources: ['*'],
      verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
    };
    await scene.bind('limited', [everything]);
    const id = await scene.upload('limited', 'operator', await scene.tokenOf('limited'));
    const { error } = await scene.ended(id, 'operator.deploy', 'failed');
    expect(error?.code).toBe('meshery-connection-1706');
    const roles = ['meshery-operator', 'meshery-reader-core', 'meshery-reader-core-kinds', 'meshery-reader-all'];
    for (const role of roles)
      expect(error?.message).toContain(`escalate, bind clusterroles.rbac.authorization.k8s.io ${role}`);
    expect(error?.message).toContain('roles.rbac.authorization.k8s.io meshery-operator-leader in namespace meshery');
    expect(error?.message).not.toMatch(/create|patch|delete|deployments/);
    expect([...(await scene.inCluster()).keys(), await scene.parts(id)]).toEqual([{}]);
    await isTold('the missing rights', ([one, ...more]) => {
      const isNamed = one?.message.includes('escalate, bind clusterroles') === true;
      return isNamed && one.reason === 'meshery-connection-1706' && more.length === 0;
    });
    await scene.bind('deploys', documentedRights, 'limited');
    await scene.admin.delete(`${rbac}/clusterrolebindings/limited`);
    await scene.setMode(id, 'operator');
    await waitUntil(
      { what: 'deployed', timeoutMs: 60_000 },
      async () => (await scene.inCluster()).size === deployed.length,
    );
    await scene.ended(id, 'operator.deploy');
    await isTold('nothing in the way', (now) => now.length === 0);
    expect((await scene.owner.delete(`${connections}/${id}`)).status).toBe(200);
    await scene.gone();
  });

  test('a credential without any right learns about all of them', async () => {
    await scene.admin.create('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'nobody' } });
    await scene.bind('nobody', [
      { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
    ]);
    const id = await scene.upload('nobody', 'operator', await scene.tokenOf('nobody'));
    const { error } = await scene.ended(id, 'operator.deploy', 'failed');
    expect(error?.code).toBe('meshery-connection-1706');
    expect(error?.message).toContain(
      'get, create, patch, delete deployments.apps meshery-operator in namespace meshery',
    );
    expect(error?.message).toContain('get, create, patch, delete namespaces meshery;');
    expect(error?.message).toContain('list brokers.meshery.io');
    expect((await scene.inCluster()).size).toBe(0);
    await scene.owner.delete(`${connections}/${id}`);
  });

  test("somebody else's operator is used where it works, and never written to", async () => {
    await scene.admin.create('/api/v1/namespaces', { metadata: { name: 'theirs' } });
    const labels = { 'app.kubernetes.io/name': 'meshery-operator' };
    const theirs = '/apis/apps/v1/namespaces/theirs/deployments';
    const containers = [{ name: 'operator', image: 'example.com/operator:0.9.1' }];
    const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
    await scene.admin.create(theirs, { metadata: { name: 'meshery-operator', labels }, spec });
    const id = await scene.upload('shared', 'operator');
    expect((await scene.ended(id, 'operator.deploy', 'failed')).error).toMatchObject({
      code: 'meshery-connection-1707',
      message: expect.stringContaining('theirs/meshery-operator') as string,
    });
    const status = { status: { replicas: 1, readyReplicas: 1, observedGeneration: 1 } };
    await scene.admin.patch(`${theirs}/meshery-operator/status`, status);
    await scene.partsAre(id, { operator: 'connected' });
    const live = JSON.parse(
      (await scene.admin.send({ path: `${theirs}/meshery-operator` })).body.toString('utf8'),
    ) as Live;
    expect(JSON.stringify(live.metadata.managedFields)).not.toContain('meshery-server');
    expect((await scene.inCluster()).size).toBe(0);
    await scene.owner.delete(`${connections}/${id}`);
    await scene.partsAre(id, {});
    expect((await scene.admin.send({ path: `${theirs}/meshery-operator` })).status).toBe(200);
    await scene.admin.delete(`${theirs}/meshery-operator`);
  });

  test('leftovers of somebody else are named and stay as they are', async () => {
    const role = { metadata: { name: 'meshery-reader-all' }, rules: [] };
    await scene.admin.create(`${rbac}/clusterroles`, role);
    const before = versions(await scene.inCluster());
    const id = await scene.upload('leftovers', 'operator');
    expect((await scene.ended(id, 'operator.deploy', 'failed')).error).toMatchObject({
      code: 'meshery-connection-1707',
      message: expect.stringContaining('clusterroles.rbac.authorization.k8s.io meshery-reader-all') as string,
    });
    expect(versions(await scene.inCluster())).toEqual(before);
    const { status, body } = await scene.admin.send({ path: `${rbac}/clusterroles/meshery-reader-all` });
    expect([status, JSON.parse(body.toString('utf8')).rules]).toEqual([200, null]);
    await scene.admin.delete(`${rbac}/clusterroles/meshery-reader-all`);
    await scene.setMode(id, 'operator');
    await waitUntil(
      { what: 'deployed', timeoutMs: 60_000 },
      async () => (await scene.inCluster()).size === deployed.length,
    );
  });

  test('kinds that somebody else uses stay', async () => {
    const id = (await scene.owner.get(`${connections}?kind=kubernetes`)).body.connections[0].id as string;
    const theirs = '/apis/meshery.io/v1alpha2/namespaces/theirs/brokers';
    await scene.admin.create(theirs, {
      apiVersion: 'meshery.io/v1alpha2',
      kind: 'Broker',
      metadata: { name: 'b' },
      spec: {},
    });
    await scene.setMode(id, 'embedded');
    const { targets } = await scene.ended(id, 'operator.undeploy');
    expect(targets[0]?.message).toContain('brokers.meshery.io theirs/b');
    expect([...(await scene.inCluster()).keys()]).toEqual([
      `${definitions}/brokers.meshery.io`,
      `${definitions}/meshsyncs.meshery.io`,
    ]);
    expect((await scene.admin.send({ path: `${theirs}/b` })).status).toBe(200);
  });
});

const rbacGroup = 'rbac.authorization.k8s.io';
const written = ['get', 'create', 'patch', 'delete'];

/** As docs/guides/connect-a-cluster.md gives them. */
const documentedRights: Parameters<OperatorScene['bind']>[1] = [
  { apiGroups: [rbacGroup], resources: ['clusterroles', 'roles'], verbs: [...written, 'escalate', 'bind'] },
  { apiGroups: [rbacGroup], resources: ['clusterrolebindings', 'rolebindings'], verbs: written },
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: written },
  { apiGroups: ['meshery.io'], resources: ['brokers', 'meshsyncs'], verbs: [...written, 'list', 'watch'] },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: written },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: [...written, 'list'] },
  { apiGroups: [''], resources: ['serviceaccounts', 'services'], verbs: [...written, 'list'] },
  { apiGroups: [''], resources: ['namespaces'], verbs: written },
  { apiGroups: [''], resources: ['configmaps', 'persistentvolumeclaims', 'pods', 'secrets'], verbs: ['list'] },
  { apiGroups: ['apps'], resources: ['daemonsets', 'statefulsets'], verbs: ['list'] },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: ['list'] },
];
