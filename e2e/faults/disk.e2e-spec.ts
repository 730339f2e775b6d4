import { join } from 'node:path';
import { waitUntil } from '@meshery/testing';
import { EmbeddedScene, type ServedScene } from '../support/embedded-scene.ts';
import { type SmallDisk, mountSmallDisk } from '../support/small-disk.ts';
import { expectSurvival } from '../support/survival.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describe('a disk that takes no more writes', () => {
  let scene: EmbeddedScene;
  let disk: SmallDisk;
  let served: ServedScene;
  let undo: AsyncDisposableStack;

  beforeAll(async () => {
    scene = await EmbeddedScene.start(100);
  }, 300_000);

  beforeEach(async () => {
    undo = new AsyncDisposableStack();
    disk = await mountSmallDisk(48);
    undo.defer(() => disk.unmount());
    served = undo.use(await scene.serve('tcp', { dataDir: join(disk.path, 'data') }));
  }, 300_000);

  afterEach(() => undo.disposeAsync());

  afterAll(() => scene.stop());

  const pid = (): number => served.server.process.pid;

  /** Writes until the server says that it cannot store any more. */
  async function untilNoticed(): Promise<void> {
    await waitUntil(
      { what: 'the fault in the log', timeoutMs: 60_000, explain: () => served.server.process.logTail() },
      async () => {
        await scene.admin.create(CONFIG_MAPS, scene.configMap(8_000));
        return /inventory cannot be written|meshery-store-1600/.test(served.server.process.log());
      },
    );
  }

  /** What is stored is still answered, and readiness tells the truth. */
  async function expectServing(): Promise<void> {
    const { clusters } = await served.server.client.clusters();
    expect(clusters).toHaveLength(1);
    const page = await served.server.client.page(clusters[0]?.id ?? '', 'pagesize=10');
    expect(page.resources).toHaveLength(10);
  }

  test.each<[string, () => number | Promise<void>, () => void | Promise<void>]>([
    [
      'full',
      () => disk.fill(),
      () => {
        disk.empty();
      },
    ],
    ['read-only', () => disk.makeReadOnly(), () => disk.makeWritable()],
  ])('disk %s while writing, and good again', async (name, harm, heal) => {
    const before = pid();
    await harm();
    await untilNoticed();
    await expectServing();
    await served.sees(/cluster (?!in-sync)|lagging\/|server not ready/);
    await heal();
    await expectSurvival({
      fault: `disk ${name}`,
      injected: 1,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: /cluster (?!in-sync)|lagging\/|server not ready/,
        metric: /^meshery_(inventory|discovery)_\w*(fail|fault|error)\w*/,
        log: /inventory cannot be written|meshery-store-1600/,
      },
      withinMs: 30_000,
    });
    expect(pid()).toBe(before);
  });
});
