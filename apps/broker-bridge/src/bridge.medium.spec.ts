import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metadata, status } from '@grpc/grpc-js';
import { Batch, batchSubject, parkedSubject } from '@meshery/contracts';
import { batchStream } from '@meshery/messaging';
import { ManagedProcess, waitUntil } from '@meshery/testing';
import { BridgeUnderTest, clusterId, ready } from './testing/bridge-under-test.ts';
import { ScriptedAgent, podChange, pods } from './testing/scripted-agent.ts';

const never = new AbortController().signal;

let parts: BridgeUnderTest;
beforeEach(async () => {
  parts = await BridgeUnderTest.start();
});
afterEach(async () => {
  await parts.stop();
});

const inSync = (agent: ScriptedAgent): Promise<boolean> =>
  waitUntil(
    {
      what: 'equal sets',
      timeoutMs: 60_000,
      explain: async () =>
        `agent ${agent.rows().length}, store ${(await parts.server.rows()).length}, controls ${JSON.stringify(agent.controls)}`,
    },
    async () => JSON.stringify(await parts.server.rows()) === JSON.stringify(agent.rows()),
  );

const emptyStream = (agent: ScriptedAgent): Promise<boolean> =>
  waitUntil(
    { what: 'an empty stream', timeoutMs: 60_000 },
    async () => (await agent.broker.ensureStream(batchStream(), never)).messages === 0,
  );

function fill(agent: ScriptedAgent, count: number): void {
  for (let index = 0; index < count; index += 1) agent.objects.set(`p${index}`, '1');
  agent.snapshot();
}

describe('native batches', () => {
  test('reach the store, and leave the stream after the commit', async () => {
    const bridge = parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 300);
    agent.upsert('p1', '2');
    agent.delete('p2');
    await inSync(agent);
    await emptyStream(agent);
    await ready(bridge);
    expect(bridge.statuses()[0]).toMatchObject({ clusterId, unsettled: 0, pending: 0 });
    expect(await parts.registry.metrics()).toContain('meshery_bridge_batches_total{link="one",verdict="committed"}');
  });

  test('resume from the checkpoint of the run before', async () => {
    parts.startBridge();
    const first = await parts.startAgent();
    fill(first, 10);
    await inSync(first);
    // With the end of its snapshot, which comes after its rows.
    await emptyStream(first);
    const second = new ScriptedAgent(parts.nats.url, clusterId);
    parts.cleanUp(() => second.stop());
    const opened = await second.open();
    expect(opened.checkpoints).toContainEqual(
      expect.objectContaining({ kind: pods, resourceVersion: '1', objectCount: 10 }),
    );
    first.upsert('late', '9');
    await waitUntil({ what: 'the control', timeoutMs: 60_000 }, () =>
      first.controls.some((control) => control.type === 'superseded'),
    );
    expect(second.controls).toEqual([]);
    expect(await parts.server.rows()).toHaveLength(10);
  });

  test('of an agent that is too old for the server stop, and the agent hears why', async () => {
    parts.startBridge();
    const metadata = new Metadata();
    metadata.set('meshery-code', 'meshery-messaging-1510');
    const details = 'This server does not work with the agent of version 0.0.9. Upgrade the agent.';
    parts.server.refusal = { code: status.FAILED_PRECONDITION, details, metadata };
    const agent = new ScriptedAgent(parts.nats.url, clusterId);
    parts.cleanUp(() => agent.stop());
    const opening = agent.open().catch(() => undefined);
    await waitUntil({ what: 'the control', timeoutMs: 60_000 }, () => agent.controls.length > 0);
    expect(agent.controls).toEqual([{ type: 'superseded', reason: details }]);
    await agent.stop();
    await opening;
  });

  test('sent twice and out of order come to the same end', async () => {
    parts.startBridge();
    const agent = await parts.startAgent();
    const client = await parts.plainClient();
    const batches = [
      agent.begin(),
      agent.changes(podChange('a', '1')),
      agent.changes(podChange('b', '1')),
      agent.end(),
      agent.changes(podChange('a', '2')),
    ];
    for (const [turn, index] of [0, 2, 4, 1, 1, 3, 0, 2, 4].entries()) {
      const batch = batches[index];
      if (batch === undefined) throw new Error('no batch');
      await client.publishDurable(batchSubject(clusterId), Batch.encode(batch).finish(), {
        messageId: `x${turn}`,
        signal: never,
      });
    }
    agent.objects.set('a', '2').set('b', '1');
    await inSync(agent);
    await emptyStream(agent);
    expect(agent.controls).toEqual([]);
  });

  test('that miss a predecessor for good make the bridge ask for a snapshot of the kind', async () => {
    parts.startBridge(500);
    const agent = await parts.startAgent();
    fill(agent, 5);
    await inSync(agent);
    agent.objects.set('lost', '1');
    agent.changes(podChange('lost', '1'));
    agent.upsert('after', '1');
    await waitUntil({ what: 'the control', timeoutMs: 60_000 }, () => agent.controls.length > 0);
    expect(agent.controls[0]).toMatchObject({ type: 'snapshot', kind: pods });
    await inSync(agent);
    await emptyStream(agent);
  });

  test('over max_payload are chunked and put together again', async () => {
    parts.startBridge();
    const agent = await parts.startAgent();
    agent.objects.set('big', '1');
    const json = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'big', uid: 'u-big' },
      data: 'ü'.repeat(1_500_000),
    });
    for (const batch of [agent.begin(), agent.changes(podChange('big', '1', { json })), agent.end()]) agent.send(batch);
    await inSync(agent);
    await emptyStream(agent);
    expect((await parts.server.store.find('u-big'))?.json).toBe(json);
  });

  test('of no use are parked with their reason, the rest flows', async () => {
    parts.startBridge();
    const agent = await parts.startAgent();
    const client = await parts.plainClient();
    const publish = (id: string, data: Uint8Array, headers: Record<string, string> = {}) =>
      client.publishDurable(batchSubject(clusterId), data, { messageId: id, headers, signal: never });
    await publish('p1', Buffer.from('{"not":"a batch"}'));
    await publish('p2', Batch.encode({ ...agent.begin(), clusterId: 'another' }).finish());
    await publish('p3', Buffer.from('x'), { 'Meshery-Chunk': '0/20/99999999', 'Meshery-Message-Id': 'huge' });
    await publish('p4', Buffer.from('x'), { 'Meshery-Chunk': '7/2/10', 'Meshery-Message-Id': 'odd' });
    fill(agent, 20);
    await inSync(agent);
    await emptyStream(agent);
    const parked = await parts.parkedMessages(client, 4);
    expect(parked.map((message) => message.headers['Meshery-Reason']).sort()).toEqual([
      'foreign-cluster',
      'malformed',
      'too-large',
      'too-large',
    ]);
    expect(parked[0]?.headers).toMatchObject({
      'Meshery-Subject': batchSubject(clusterId),
      'Meshery-Detail': expect.stringMatching(/.{5}/) as string,
    });
    expect(parkedSubject).toBe('meshery.parked');
    expect(await parts.registry.metrics()).toContain('meshery_bridge_parked_total{link="one",reason="malformed"} 1');
  });
});

describe('faults', () => {
  test('the broker is killed and comes back with its store', async () => {
    parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 50);
    let kills = 0;
    for (let index = 0; index < 200; index += 1) {
      agent.upsert(`n${index}`, '1');
      if (index % 70 === 30) {
        await parts.nats.kill();
        kills += 1;
        await parts.nats.up();
      }
    }
    await inSync(agent);
    await emptyStream(agent);
    expect(kills).toBe(3);
  });

  test('the broker comes back empty: the agent is asked for everything, nothing is lost', async () => {
    parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 50);
    await inSync(agent);
    parts.server.down();
    for (let index = 0; index < 50; index += 1) agent.upsert(`lost${index}`, '1');
    await agent.stored();
    await parts.nats.kill();
    parts.nats.wipeStore();
    await parts.nats.up();
    await parts.server.up();
    await waitUntil({ what: 'the control', timeoutMs: 60_000 }, () =>
      agent.controls.some((control) => control.type === 'snapshot-all'),
    );
    await inSync(agent);
    await emptyStream(agent);
  });

  test('the inventory is lost: an idle agent is asked for everything at once, once for each loss', async () => {
    parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 50);
    await inSync(agent);
    await emptyStream(agent);
    await parts.server.loseInventory();
    await inSync(agent);
    parts.server.down();
    await parts.server.loseInventory();
    await parts.server.up();
    await inSync(agent);
    for (let turn = 0; turn < 2; turn += 1) {
      parts.server.down();
      await parts.server.up();
      agent.upsert('later', String(turn));
      await inSync(agent);
    }
    const asked = { type: 'snapshot-all', reason: 'damaged' };
    expect(agent.controls).toEqual([asked, asked]);
  });

  test('the server goes away and comes back, again and again', async () => {
    const bridge = parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 50);
    for (let turn = 0; turn < 8; turn += 1) {
      for (let index = 0; index < 40; index += 1) agent.upsert(`t${turn}-${index}`, '1');
      const before = parts.server.answered;
      await waitUntil({ what: 'some answers', timeoutMs: 60_000, everyMs: 1 }, () => parts.server.answered > before);
      parts.server.down();
      await waitUntil({ what: 'redness', timeoutMs: 60_000 }, () => !bridge.readiness().ready);
      await parts.server.up();
    }
    await inSync(agent);
    await emptyStream(agent);
    await ready(bridge);
    expect(agent.controls).toEqual([]);
  });

  test('an idle link says truthfully whether the server is there', async () => {
    const bridge = parts.startBridge();
    await ready(bridge);
    parts.server.down();
    await waitUntil({ what: 'redness', timeoutMs: 60_000 }, () => !bridge.readiness().ready);
    expect(bridge.readiness().reason).toContain('one');
    await parts.server.up();
    await ready(bridge);
  });

  test('the bridge is killed between receive, commit and acknowledgement, ten times', async () => {
    const agent = new ScriptedAgent(parts.nats.url, clusterId);
    parts.cleanUp(() => agent.stop());
    const script = new URL('./testing/bridge-process.ts', import.meta.url).pathname;
    const start = (turn: number) =>
      ManagedProcess.start({
        name: 'bridge',
        file: process.execPath,
        args: [script, join(parts.dir.path, 'connections'), parts.server.address],
        logPath: join(parts.dir.path, `bridge-${turn}.log`),
      });
    let bridge = await start(0);
    await agent.open();
    fill(agent, 50);
    let kills = 0;
    for (let turn = 1; turn <= 10; turn += 1) {
      const before = parts.server.answered;
      for (let index = 0; index < 100; index += 1) agent.upsert(`k${turn}-${index}`, '1');
      await waitUntil(
        { what: 'some answers', timeoutMs: 60_000, everyMs: 1 },
        () => parts.server.answered > before + turn,
      );
      await bridge.kill();
      kills += 1;
      bridge = await start(turn);
    }
    await inSync(agent);
    await emptyStream(agent);
    await bridge.stop();
    expect(kills).toBe(10);
    expect(agent.controls).toEqual([]);
  });

  test('a bad connection file is a condition, the others run; a corrected one is taken up', async () => {
    const bad = join(parts.dir.path, 'connections', 'two.json');
    writeFileSync(bad, '{"name":"two","url":"nats://secret@127.0.0.1:1"}');
    const bridge = parts.startBridge();
    await ready(bridge);
    expect([...bridge.conditions()]).toMatchObject([
      ['two.json', { code: 'meshery-config-1100', reason: expect.stringContaining('url') as string }],
    ]);
    expect(JSON.stringify([...bridge.conditions()])).not.toContain('secret');
    writeFileSync(bad, JSON.stringify({ name: 'two', url: `127.0.0.1:${parts.nats.port}`, mode: 'published' }));
    await waitUntil({ what: 'the second link', timeoutMs: 60_000 }, () => bridge.statuses().length === 2);
    expect(bridge.conditions().size).toBe(0);
  });

  test('one broker that is down slows no other', async () => {
    writeFileSync(join(parts.dir.path, 'connections', 'dead.yaml'), 'name: dead\nurl: nats://127.0.0.1:1\n');
    const bridge = parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 100);
    await inSync(agent);
    expect(bridge.readiness()).toMatchObject({ ready: false, reason: expect.stringContaining('dead') as string });
  });

  test('stopping drains: what is committed is acknowledged', async () => {
    const bridge = parts.startBridge();
    const agent = await parts.startAgent();
    fill(agent, 500);
    await agent.stored();
    await bridge.stop();
    const left = await agent.broker.ensureStream(batchStream(), never);
    expect(left.messages + parts.server.answered).toBe(10);
  });
});
