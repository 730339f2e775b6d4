import { Batch, batchSubject, parkedSubject } from '@meshery/contracts';
import { SeededRandom, configMapObject, kubectlRaw, waitUntil } from '@meshery/testing';
import { type AttachedStack, OperatorScene } from '../support/operator-scene.ts';
import { BrokerTap, type TappedMessage } from '../support/broker-tap.ts';
import { expectSurvival } from '../support/survival.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const OUTAGE_MS = 120_000;
const MANY_MB = 11;

describe('faults of the broker and of what it carries', () => {
  let scene: OperatorScene;
  /** The stack whose broker is down for two minutes while the other tests run. */
  let deprived: AttachedStack;
  let outageBegan = 0;

  beforeAll(async () => {
    scene = await OperatorScene.start();
    deprived = await scene.attach();
    await deprived.stack.nats.kill();
    outageBegan = performance.now();
  }, 300_000);

  afterAll(async () => {
    await deprived.stop();
    await scene.stop();
  });

  test('nats-server restarted empty', async () => {
    await using attached = await scene.attach();
    const { nats } = attached.stack;
    await nats.kill();
    nats.wipeStore();
    await scene.churn();
    await nats.up();
    await scene.churn();
    await expectSurvival({
      fault: 'nats-server restarted empty',
      injected: 1,
      oracle: attached.oracle,
      recorder: attached.recorder,
      visible: {
        condition: /(meshsync|bridge) not ready: .*broker/,
        metric: /^meshery_bridge_broker_connected\{.*\} down$/,
        log: /not connected to the broker/,
      },
      withinMs: 30_000,
    });
  });

  test('an old agent that comes back beside a new one stops and changes nothing', async () => {
    await using attached = await scene.attach();
    const { stack, options } = attached;
    const old = stack.meshsync.process;
    old.freeze();
    const { agent } = await stack.anotherAgent(options);
    try {
      await agent.up();
      await agent.ready();
      await scene.churn();
      await attached.oracle.expectInSync(60_000);
      old.thaw();
      await scene.churn();
      await waitUntil(
        { what: 'the old agent stopping', timeoutMs: 60_000, explain: () => old.logTail() },
        () => !old.alive,
      );
      // The condition of an agent that must not run any more is its end: its exit status, which a pod's status shows.
      expect(old.exit).toMatchObject({ signal: null });
      expect(old.exit?.code).toBeGreaterThan(0);
      await expectSurvival({
        fault: 'old agent beside a new one',
        injected: old.exit === undefined ? 0 : 1,
        oracle: attached.oracle,
        recorder: attached.recorder,
        visible: {
          condition: 'elsewhere',
          metric: /superseded/,
          log: /meshery-discovery-1401|newer run|superseded/i,
        },
      });
    } finally {
      await agent.stop();
    }
  });

  test('duplicated, reordered and very late messages', async () => {
    await using attached = await scene.attach();
    const { stack } = attached;
    await using tap = await BrokerTap.open(stack.nats.port, batchSubject(scene.clusterId));
    const deleted: string[] = [];
    // How many changes share a batch is the agent's business.
    await waitUntil({ what: 'a dozen batches', timeoutMs: 60_000 }, async () => {
      deleted.push(...(await scene.churn()));
      return tap.messages.length > 10;
    });
    await attached.oracle.expectInSync(60_000);
    const early = [...tap.messages];
    await scene.churn(6);
    await replay(tap, early);
    await scene.churn(6);
    const recording = await expectSurvival({
      fault: 'duplicated, reordered and very late messages',
      injected: early.length * 2,
      oracle: attached.oracle,
      recorder: attached.recorder,
      visible: {
        condition: 'absorbed',
        metric: /^meshery_bridge_batches_total\{.*verdict="duplicate"/,
        log: /service is listening/,
      },
    });
    expect([...recording.metrics].filter((metric) => metric.includes('superseded'))).toEqual([]);
    for (const name of deleted) {
      const { totalCount } = await stack.server.client.page(scene.clusterId, `kind=ConfigMap&search=${name}`);
      expect(totalCount).toBe(0);
    }
  });

  /** Everything twice, backwards the second time and shuffled the first. */
  async function replay(tap: BrokerTap, messages: readonly TappedMessage[]): Promise<void> {
    const random = new SeededRandom(13);
    const shuffled = messages
      .map((message) => ({ message, at: random.next() }))
      .sort((one, other) => one.at - other.at);
    for (const { message } of shuffled) await tap.store(message);
    for (const message of messages.toReversed()) await tap.store(message);
  }

  test('messages that are of no use are parked with their reason, the rest flows', async () => {
    await using attached = await scene.attach();
    const { stack } = attached;
    const subject = batchSubject(scene.clusterId);
    await using tap = await BrokerTap.open(stack.nats.port, subject);
    await scene.churn(3);
    await attached.oracle.expectInSync(60_000);
    const poison = [...garbage(subject), ...oversized(subject), ...tooDeep(tap.messages)];
    for (const message of poison) await tap.store(message);
    tap.publish('meshery.meshsync.core', `{"ObjectType":"meshsync-data","Object":${'['.repeat(10_000)}`);
    await scene.churn();
    const recording = await expectSurvival({
      fault: 'messages of no use',
      injected: poison.length,
      oracle: attached.oracle,
      recorder: attached.recorder,
      visible: {
        condition: /ready: .*messages parked since the start/,
        metric: /^meshery_bridge_parked_total\{/,
        log: /a message was parked/,
      },
      withinMs: 30_000,
    });
    const reasons = [...recording.metrics].map(
      (metric) => /^meshery_bridge_parked_total\{.*reason="([^"]+)"/.exec(metric)?.[1],
    );
    expect(reasons).toEqual(expect.arrayContaining(['malformed', 'too-large']));
    // What was parked is kept beside its reason, for whoever looks.
    const parked = await tap.stored(parkedSubject);
    const kept = parked.map(({ headers }) => new Map(headers).get('Meshery-Reason'));
    expect(kept).toEqual(expect.arrayContaining(['malformed', 'too-large']));
  });

  function garbage(subject: string): TappedMessage[] {
    const texts = ['not a batch', '{"half": ', '\u0000\uffff', ''];
    return texts.map((text) => ({ subject, data: Buffer.from(text), headers: [] }));
  }

  /** The parts of a message of more than 10 MB. */
  function oversized(subject: string): TappedMessage[] {
    const part = Buffer.alloc(900_000, 'x');
    const count = Math.ceil((MANY_MB * 1_000_000) / part.length);
    return Array.from({ length: count }, (_, index) => ({
      subject,
      data: part,
      headers: [
        ['Meshery-Chunk', `${String(index)}/${String(count)}/${String(count * part.length)}`],
        ['Meshery-Message-Id', 'e2e-oversized'],
      ],
    }));
  }

  /** A real batch whose object nests 10,000 deep. */
  function tooDeep(messages: readonly TappedMessage[]): TappedMessage[] {
    const json = `{"spec":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`;
    for (const message of messages) {
      const batch = Batch.decode(message.data);
      if (batch.body?.$case !== 'changes') continue;
      const [object] = batch.body.value.objects;
      if (object === undefined) continue;
      const deep = { ...object, uid: 'deep', name: 'deep', json };
      const body = { $case: 'changes' as const, value: { ...batch.body.value, objects: [deep] } };
      const sequence = batch.sequence;
      return [{ ...message, data: Batch.encode({ ...batch, sequence, kind: 'deeps.v1.example.com', body }).finish() }];
    }
    return [];
  }

  test('objects far over max_payload arrive whole', async () => {
    await using attached = await scene.attach({ nats: { maxPayload: 65_536 } });
    const random = new SeededRandom(21);
    const made: string[] = [];
    for (const [index, bytes] of [60_000, 70_000, 500_000, 1_000_000].entries()) {
      const object = configMapObject({ name: `wide-${String(index)}`, namespace: 'default' }, random, bytes);
      const { metadata } = await scene.admin.create(CONFIG_MAPS, object);
      made.push(metadata.uid);
    }
    const { tookMs } = await attached.oracle.expectInSync(60_000);
    process.stdout.write(
      `objects over max_payload: ${String(made.length)} arrived after ${(tookMs / 1000).toFixed(1)} s\n`,
    );
    for (const [index, uid] of made.entries()) {
      const { body } = await attached.stack.server.client.send(
        `/api/system/meshsync/resources/${uid}?format=kubernetes`,
      );
      const truth = await kubectlRaw(scene.plane.kubeconfigPath, `${CONFIG_MAPS}/wide-${String(index)}`);
      const dataOf = (text: Buffer): unknown => (JSON.parse(text.toString('utf8')) as { data: unknown }).data;
      expect(dataOf(body)).toEqual(dataOf(truth));
    }
    for (const index of made.keys()) await scene.admin.delete(`${CONFIG_MAPS}/wide-${String(index)}`);
    await attached.oracle.expectInSync(60_000);
  });

  test('nats-server down for two minutes', async () => {
    const { nats } = deprived.stack;
    const left = OUTAGE_MS - (performance.now() - outageBegan);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
    await scene.churn();
    const downMs = performance.now() - outageBegan;
    await nats.up();
    await expectSurvival({
      fault: `nats-server down for ${(downMs / 1000).toFixed(0)} s`,
      injected: downMs >= OUTAGE_MS ? 1 : 0,
      oracle: deprived.oracle,
      recorder: deprived.recorder,
      visible: {
        condition: /(meshsync|bridge) not ready: .*broker/,
        metric: /^meshery_bridge_broker_connected\{.*\} down$/,
        log: /not connected to the broker/,
      },
      withinMs: 30_000,
    });
  }, 360_000);
});
