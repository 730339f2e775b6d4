import type { InventoryClient } from '@meshery/testing';
import { inOneTurn, waitUntil } from '@meshery/testing';
import { InstalledScene } from '@meshery/testing';
import type { Installer } from '@meshery/testing';

/** From the API server's answer to the row in REST: long before the pod runs. */
const VISIBLE_MS = 2000;
/** What a node has; what it does here is of no interest. */
const image = 'localhost/meshery-ts/operator:0.1.0';

let scene: InstalledScene;

beforeAll(async () => {
  scene = await InstalledScene.start();
}, 600_000);

afterAll(() => scene.stop());

describe.each<Installer>(['kustomize', 'helm'])('installed by %s', (installer) => {
  let client: InventoryClient;
  let clusterId: string;

  beforeAll(async () => {
    await scene.install('operator', installer);
    await scene.install('server', installer);
    await scene.holds('broker/meshery-broker');
    await scene.holds('meshsync/meshery-meshsync');
    client = await scene.signIn();
    clusterId = await waitUntil(
      { what: 'the cluster in the server', timeoutMs: 60_000, explain: () => scene.explain() },
      async () => {
        const [cluster] = (await client.clusters()).clusters;
        return cluster?.id;
      },
    );
  }, 720_000);

  async function hasPod(name: string): Promise<boolean> {
    const page = await client.page(clusterId, `kind=Pod&search=${name}&pagesize=5`);
    return page.resources.some(({ metadata }) => metadata.name === name);
  }

  test('a pod that is started is in the REST API within 2 s, and gone within 2 s', async () => {
    await waitUntil({ what: 'the broker pod in the server', timeoutMs: 60_000 }, () => hasPod('meshery-nats-0'));
    const turn = async (number: number): Promise<void> => {
      const name = `visible-${installer}-${String(number)}`;
      await scene.kubectl('run', name, '--image', image, '--image-pull-policy=Never', '--', '--help');
      await waitUntil({ what: 'the pod in the server', timeoutMs: VISIBLE_MS }, () => hasPod(name));
      await scene.kubectl('delete', 'pod', name, '--now', '--wait=true');
      const gone = { what: 'the end of the pod in the server', timeoutMs: VISIBLE_MS };
      await waitUntil(gone, async () => !(await hasPod(name)));
    };
    await inOneTurn('a pod that came and went in time', turn, 120_000);
  });

  test('clients of the broker must use TLS', async () => {
    const text = await scene.kubectl(
      '-n',
      'meshery',
      'get',
      'broker',
      'meshery-broker',
      '-o',
      'jsonpath={.status.tls.mode}',
    );
    expect(text).toBe('required');
  });

  test('uninstalled, nothing is left', async () => {
    client.close();
    await scene.uninstall('server', installer);
    await scene.uninstall('operator', installer);
    await waitUntil({ what: 'nothing being left', timeoutMs: 60_000 }, async () => {
      // Helm leaves alone a namespace that it made, and in it the volume with what users made.
      expect(await scene.leftovers()).toEqual(installer === 'helm' ? ['namespace/meshery'] : []);
      return true;
    });
    if (installer === 'helm') await scene.kubectl('delete', 'namespace', 'meshery', '--timeout=180s');
  }, 720_000);
});
