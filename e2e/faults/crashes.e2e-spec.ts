import { SeededRandom, type ServiceProcess } from '@meshery/testing';
import { type AttachedStack, OperatorScene } from '../support/operator-scene.ts';
import { expectSurvival } from '../support/survival.ts';

const KILLS = 50;

describe('bridge and server killed at any moment', () => {
  let scene: OperatorScene;
  let attached: AttachedStack;

  beforeAll(async () => {
    scene = await OperatorScene.start();
    attached = await scene.attach();
  }, 300_000);

  afterAll(async () => {
    await attached.stop();
    await scene.stop();
  });

  test('bridge and server killed at random 50 times between receive, commit and ack', async () => {
    const random = new SeededRandom(50);
    const { bridge, server } = attached.stack;
    const killed = { bridge: 0, server: 0 };
    const writing = new AbortController();
    const deleted: string[] = [];
    const writes = writeUntil(writing.signal, deleted);
    while (killed.bridge + killed.server < KILLS) {
      const name = random.next() < 0.5 ? 'bridge' : 'server';
      const victim: ServiceProcess = name === 'bridge' ? bridge : server.service;
      // Anywhere from the first lines of its start to the middle of its work.
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 1_500)));
      const exit = await victim.kill();
      if (exit?.signal === 'SIGKILL') killed[name] += 1;
      await victim.spawn();
    }
    writing.abort();
    await writes;
    process.stdout.write(`killed: bridge ${String(killed.bridge)}, server ${String(killed.server)} times\n`);
    await server.service.ready();
    await bridge.ready();
    await expectSurvival({
      fault: 'bridge and server killed at random',
      injected: killed.bridge + killed.server,
      oracle: attached.oracle,
      recorder: attached.recorder,
      visible: {
        condition: /bridge not ready: |lagging\/|cluster (?!in-sync)/,
        metric: /^meshery_bridge_server_answers\{.*\} down$|^meshery_meshsync_publish_retries_total/,
        log: /the push stream ended|the server answers again|the batch stream cannot be made/,
      },
    });
    expect(killed.bridge).toBeGreaterThan(0);
    expect(killed.server).toBeGreaterThan(0);
    await expectGone(deleted);
  }, 480_000);

  async function writeUntil(signal: AbortSignal, deleted: string[]): Promise<void> {
    while (!signal.aborted) {
      deleted.push(...(await scene.churn(6)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function expectGone(names: readonly string[]): Promise<void> {
    const present = new Set<string>();
    for await (const { metadata } of attached.stack.server.client.rows(scene.clusterId)) present.add(metadata.name);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => present.has(name))).toEqual([]);
  }
});
