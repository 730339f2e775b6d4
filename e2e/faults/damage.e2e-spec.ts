import { damageInventory, untilMadeAnew } from '../support/damage.ts';
import { type AttachedStack, OperatorScene } from '../support/operator-scene.ts';
import { expectSurvival } from '../support/survival.ts';

/** No object changes here, and the bookmarks of an idle kind come about once a minute. */
const WITHIN_MS = 10_000;

describe('a cache that is damaged, filled by an agent behind a broker', () => {
  let scene: OperatorScene;
  let attached: AttachedStack;

  beforeAll(async () => {
    scene = await OperatorScene.start(300);
  }, 300_000);

  beforeEach(async () => {
    attached = await scene.attach();
  }, 300_000);

  afterEach(() => attached.stop());

  afterAll(() => scene.stop());

  async function expectRefilled(fault: string): Promise<void> {
    const { stack, oracle, recorder } = attached;
    await expectSurvival({
      fault,
      injected: 1,
      oracle,
      recorder,
      visible: {
        condition: 'elsewhere',
        metric: /^meshery_inventory_rebuilds_total/,
        log: /inventory is damaged, rebuilding it/,
      },
      withinMs: WITHIN_MS,
    });
    expect(stack.meshsync.process.log()).toContain('"control":"snapshot-all"');
  }

  test('cache damaged while in use is full again at once', async () => {
    const { server } = attached.stack;
    await damageInventory(server, 4);
    await untilMadeAnew(server);
    await expectRefilled('cache damaged while in use');
  });

  test('cache damaged while the server is down is full again at once', async () => {
    const { server } = attached.stack;
    await server.down();
    await damageInventory(server, 0);
    await server.up();
    await expectRefilled('cache damaged while the server is down');
  });
});
