import {
  ClusterView,
  type CustomKind,
  SeededRandom,
  crdObject,
  customCollection,
  customKind,
  customObject,
  waitUntil,
} from '@meshery/testing';
import { EmbeddedScene, type ServedScene } from '../support/embedded-scene.ts';
import { expectSurvival } from '../support/survival.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ROLES = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const BINDINGS = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';

describe('kinds that come, go and are refused', () => {
  let scene: EmbeddedScene;

  beforeAll(async () => {
    scene = await EmbeddedScene.start(50);
  }, 300_000);

  afterAll(() => scene.stop());

  /** Makes a service account that may read everything but ConfigMaps, and gives its token. */
  async function tokenWithoutConfigMaps(): Promise<string> {
    await using view = await ClusterView.open(scene.plane.kubeconfigPath);
    const keys = (await view.resources()).map(({ key }) => key.split('.'));
    const rules = keys
      .filter(([plural]) => plural !== 'configmaps')
      .map(([plural = '', , ...group]) => ({
        apiGroups: [group.join('.')],
        resources: [plural],
        verbs: ['get', 'list', 'watch'],
      }));
    await scene.admin.create('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'agent' } });
    await grant('most', rules);
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } };
    const path = '/api/v1/namespaces/default/serviceaccounts/agent/token';
    const answer = await scene.admin.json<{ status: { token: string } }>({ method: 'POST', path, body: request });
    return answer.status.token;
  }

  async function grant(name: string, rules: readonly object[]): Promise<void> {
    const subjects = [{ kind: 'ServiceAccount', name: 'agent', namespace: 'default' }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
    await scene.admin.create(ROLES, { metadata: { name }, rules });
    await scene.admin.create(BINDINGS, { metadata: { name }, subjects, roleRef });
  }

  const stateOf = async (served: ServedScene, resource: string) => {
    const { clusters } = await served.server.client.clusters();
    return clusters[0]?.kinds.find((kind) => kind.resource === resource);
  };

  test('403 on one kind is shown with its remedy, and the kind comes in when it is granted', async () => {
    const token = await tokenWithoutConfigMaps();
    await using served = await scene.serve('tcp', { token, except: ['configmaps.v1.'] });
    const refused = await stateOf(served, 'configmaps.v1.');
    expect(refused).toMatchObject({ state: 'forbidden', count: 0 });
    expect(refused?.message).toMatch(/grant/i);
    await grant('the-rest', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] }]);
    await waitUntil({ what: 'the kind being tried again', timeoutMs: 90_000, everyMs: 200 }, async () => {
      return (await stateOf(served, 'configmaps.v1.'))?.state === 'synced';
    });
    await using oracle = await served.strictOracle();
    await expectSurvival({
      fault: '403 on one kind',
      injected: refused === undefined ? 0 : 1,
      oracle,
      recorder: served.recorder,
      visible: {
        condition: /configmaps\.v1\. forbidden\//,
        metric: /^meshery_discovery_reconnects_total\{.*configmaps.*[Ff]orbidden/,
        log: /[Ff]orbidden/,
      },
    });
  });

  async function addKind(kind: CustomKind, objects: number): Promise<void> {
    await scene.admin.create(CRDS, crdObject(kind));
    const collection = customCollection(kind, 'default');
    await waitUntil({ what: 'the kind being served', timeoutMs: 60_000 }, async () => {
      return (await scene.admin.send({ path: collection })).status === 200;
    });
    const random = new SeededRandom(3);
    for (let index = 0; index < objects; index += 1) {
      await scene.admin.create(
        collection,
        customObject(kind, { name: `one-${String(index)}`, namespace: 'default' }, random),
      );
    }
  }

  /** The definition may stay for a moment: its name is free when it is gone. */
  async function removeKind({ plural, group }: CustomKind): Promise<void> {
    const path = `${CRDS}/${plural}.${group}`;
    await scene.admin.delete(path);
    await waitUntil({ what: 'the definition being gone', timeoutMs: 60_000 }, async () => {
      return (await scene.admin.send({ path })).status === 404;
    });
  }

  test('CRD deleted while watched takes its rows along, and comes back as a new kind', async () => {
    const kind = customKind('comet');
    await addKind(kind, 5);
    await using served = await scene.serve('tcp');
    const clusterId = (await served.server.client.clusters()).clusters[0]?.id ?? '';
    const rows = async () => (await served.server.client.page(clusterId, `kind=${kind.kind}`)).totalCount;
    expect(await rows()).toBe(5);
    await removeKind(kind);
    await waitUntil({ what: 'the rows being gone', timeoutMs: 60_000 }, async () => (await rows()) === 0);
    await waitUntil({ what: 'the kind being gone', timeoutMs: 60_000 }, () => {
      return Promise.resolve(served.recorder.conditions.has('comets.v1.example.com gone'));
    });
    await served.oracle.expectInSync(60_000);
    await addKind(kind, 2);
    await expectSurvival({
      fault: 'CRD deleted while watched',
      injected: 1,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: /comets\.v1\.example\.com gone/,
        metric: /^meshery_discovery_(reconnects|snapshots)_total\{.*comets/,
        log: /comets/,
      },
    });
    expect(await rows()).toBe(2);
  });

  test('CRD deleted and made again at once leaves none of the old objects', async () => {
    const kind = customKind('meteor');
    await addKind(kind, 5);
    await using served = await scene.serve('tcp');
    const clusterId = (await served.server.client.clusters()).clusters[0]?.id ?? '';
    await removeKind(kind);
    await addKind(kind, 2);
    await expectSurvival({
      fault: 'CRD deleted and made again at once',
      injected: 1,
      oracle: served.oracle,
      recorder: served.recorder,
      // Made again before the next look at the API's kinds, it never went; what counts is that the rows are the new ones.
      visible: {
        condition: 'elsewhere',
        metric: /^meshery_discovery_(reconnects|snapshots)_total\{.*meteors/,
        log: /meteors/,
      },
    });
    expect((await served.server.client.page(clusterId, `kind=${kind.kind}`)).totalCount).toBe(2);
  });
});
