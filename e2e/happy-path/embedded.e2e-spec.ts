import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SentEvent, inOneTurn, runCommand, subscribe, waitUntil } from '@meshery/testing';
import { EmbeddedScene, type ServedScene } from '../support/embedded-scene.ts';

describe('one real object, embedded mode', () => {
  let scene: EmbeddedScene;
  let served: ServedScene;
  let clusterId = '';

  beforeAll(async () => {
    scene = await EmbeddedScene.start(20);
    served = await scene.serve('tcp');
    clusterId = (await served.server.client.clusters()).clusters[0]?.id ?? '';
  }, 300_000);

  afterAll(async () => {
    await served.stop();
    await scene.stop();
  });

  const kubectl = (...args: string[]): Promise<string> =>
    runCommand('kubectl', ['--kubeconfig', scene.plane.kubeconfigPath, ...args]);

  const total = async (name: string): Promise<number> =>
    (await served.server.client.page(clusterId, `kind=ConfigMap&search=${name}`)).totalCount;

  /** Makes an object and deletes it. */
  async function expectSeenAtOnce(name: string, events: readonly SentEvent[]): Promise<void> {
    const manifest = join(scene.dir.path, `${name}.yaml`);
    writeFileSync(
      manifest,
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  a: b\n`,
    );
    const told = (kind: string): boolean =>
      events.some(({ event, data }) => event === kind && data.includes(`"${name}"`));

    await kubectl('apply', '-f', manifest);
    await waitUntil({ what: 'the row and its event', timeoutMs: 1_000, everyMs: 10 }, async () => {
      return told('upsert') && (await total(name)) === 1;
    });

    await kubectl('delete', '-f', manifest, '--wait=false');
    await waitUntil({ what: 'the row being gone and the event of it', timeoutMs: 1_000, everyMs: 10 }, async () => {
      return told('delete') && (await total(name)) === 0;
    });
  }

  test('kubectl apply is in REST and in the event stream within a second, kubectl delete takes it away', async () => {
    const events: SentEvent[] = [];
    const clusters = encodeURIComponent(JSON.stringify([clusterId]));
    const url = `${served.server.url}/api/system/meshsync/resources/subscribe?clusterIds=${clusters}`;
    const subscription = await subscribe(url, served.server.client.headers, (event) => events.push(event));
    const turn = (number: number): Promise<void> => expectSeenAtOnce(`seen-${String(number)}`, events);
    await inOneTurn('an object that came and went in time', turn);
    subscription.close();
    await served.oracle.expectInSync(60_000);
  });

  test('nobody else can read what the server keeps', () => {
    const { dataDir } = served.server;
    const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    const paths = names.map((name) => join(dataDir, name));
    expect(paths.some((path) => path.endsWith('inventory.db'))).toBe(true);
    expect(paths.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
  });
});
