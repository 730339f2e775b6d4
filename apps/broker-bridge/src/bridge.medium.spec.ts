import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metadata, status } from '@grpc/grpc-js';
import {
  Batch,
  batchSubject,
  encodeResourceEvent,
  parkedSubject,
  publishedSubjects,
  toKubernetesResource,
} from '@meshery/contracts';
import { Registry, createLogger, systemClock } from '@meshery/observability';
import { NatsBroker, batchStream, parkedStream } from '@meshery/messaging';
import type { DurableMessage } from '@meshery/messaging';
import { ManagedProcess, NatsServer, makeTempDir, waitUntil } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';
import { monotonicFactory } from 'ulid';
import { Bridge } from './bridge.ts';
import { createBridgeMetrics } from './bridge-metrics.ts';
import { ConnectionFolder } from './connections/connection-folder.ts';
import { ScriptedAgent, podChange, pods } from './testing/scripted-agent.ts';
import { StoreServer } from './testing/store-server.ts';
import { wholeShare } from './sharing/link-share.ts';

const clusterId = '5d1c8a4e-0d4f-4a47-8b9c-3d2f6c1e7a90';
const logger = createLogger({ service: 'test', level: 'silent' });
const nextId = monotonicFactory();
const never = new AbortController().signal;

let nats: NatsServer;
let server: StoreServer;
let dir: TempDir;
let registry: Registry;
const cleanups: (() => Promise<void> | void)[] = [];

function writeConnection(changes: object = {}): void {
  mkdirSync(join(dir.path, 'connections'), { recursive: true });
  writeFileSync(
    join(dir.path, 'connections', 'one.yaml'),
    JSON.stringify({ name: 'one', url: `nats://127.0.0.1:${nats.port}`, clusterId, ...changes }),
  );
}

function startBridge(): Bridge {
  registry = new Registry();
  const bridge = new Bridge({
    sources: [new ConnectionFolder({ path: join(dir.path, 'connections'), clock: systemClock, logger, pollMs: 200 })],
    share: wholeShare,
    server: { address: server.address },
    limits: { gapWaitMs: 500, quietMs: 700, maxInFlight: 64 },
    clock: systemClock,
    logger,
    metrics: createBridgeMetrics(registry),
    ids: () => nextId(Date.now()),
  });
  bridge.start();
  cleanups.push(() => bridge.stop());
  return bridge;
}

async function startAgent(): Promise<ScriptedAgent> {
  const agent = new ScriptedAgent(nats.url, clusterId);
  cleanups.push(() => agent.stop());
  await agent.open();
  return agent;
}

const inSync = (agent: ScriptedAgent, timeoutMs = 15_000): Promise<boolean> =>
  waitUntil(
    {
      what: 'equal sets',
      timeoutMs,
      explain: async () =>
        `agent ${agent.rows().length}, store ${(await server.rows()).length}, controls ${JSON.stringify(agent.controls)}`,
    },
    async () => JSON.stringify(await server.rows()) === JSON.stringify(agent.rows()),
  );

const emptyStream = (agent: ScriptedAgent): Promise<boolean> =>
  waitUntil(
    { what: 'an empty stream', timeoutMs: 10_000 },
    async () => (await agent.broker.ensureStream(batchStream(), never)).messages === 0,
  );

const ready = (bridge: Bridge): Promise<boolean> =>
  waitUntil({ what: 'readiness', timeoutMs: 10_000 }, () => bridge.statuses().length > 0 && bridge.readiness().ready);

async function plainClient(): Promise<NatsBroker> {
  const broker = new NatsBroker({ url: nats.url, name: 'test', reconnectMs: 50 }, { clock: systemClock, logger });
  await broker.open(AbortSignal.timeout(10_000));
  cleanups.push(() => broker.close());
  return broker;
}

async function parkedMessages(client: NatsBroker, count: number): Promise<readonly DurableMessage[]> {
  const parked: DurableMessage[] = [];
  const stop = new AbortController();
  await client.ensureStream(parkedStream(), never);
  const consumed = client.consume(
    { stream: parkedStream().name, name: 'reader', ackWaitMs: 10_000, maxInFlight: 100 },
    {
      onStart: () => undefined,
      onMessage: (message) => {
        parked.push(message);
        message.ack();
      },
    },
    stop.signal,
  );
  cleanups.push(() => {
    stop.abort();
    return consumed;
  });
  await waitUntil(
    { what: `${count} parked messages`, timeoutMs: 10_000, explain: () => `${parked.length} are` },
    () => parked.length >= count,
  );
  return parked;
}

beforeEach(async () => {
  dir = makeTempDir('bridge');
  nats = await NatsServer.start();
  server = await StoreServer.start();
  writeConnection();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await server.stop();
  await nats.stop();
  dir.remove();
});

function fill(agent: ScriptedAgent, count: number): void {
  for (let index = 0; index < count; index += 1) agent.objects.set(`p${index}`, '1');
  agent.snapshot();
}

describe('native batches', () => {
  test('reach the store, and leave the stream after the commit', async () => {
    const bridge = startBridge();
    const agent = await startAgent();
    fill(agent, 300);
    agent.upsert('p1', '2');
    agent.delete('p2');
    await inSync(agent);
    await emptyStream(agent);
    await ready(bridge);
    expect(bridge.statuses()[0]).toMatchObject({ clusterId, unsettled: 0, pending: 0 });
    expect(await registry.metrics()).toContain('meshery_bridge_batches_total{link="one",verdict="committed"}');
  });

  test('resume from the checkpoint of the run before', async () => {
    startBridge();
    const first = await startAgent();
    fill(first, 10);
    await inSync(first);
    const second = new ScriptedAgent(nats.url, clusterId);
    cleanups.push(() => second.stop());
    const opened = await second.open();
    expect(opened.checkpoints).toContainEqual(
      expect.objectContaining({ kind: pods, resourceVersion: '1', objectCount: 10 }),
    );
    first.upsert('late', '9');
    await waitUntil({ what: 'the control', timeoutMs: 10_000 }, () =>
      first.controls.some((control) => control.type === 'superseded'),
    );
    expect(second.controls).toEqual([]);
    expect(await server.rows()).toHaveLength(10);
  });

  test('of an agent that is too old for the server stop, and the agent hears why', async () => {
    startBridge();
    const metadata = new Metadata();
    metadata.set('meshery-code', 'meshery-messaging-1510');
    const details = 'This server does not work with the agent of version 0.0.9. Upgrade the agent.';
    server.refusal = { code: status.FAILED_PRECONDITION, details, metadata };
    const agent = new ScriptedAgent(nats.url, clusterId);
    cleanups.push(() => agent.stop());
    const opening = agent.open().catch(() => undefined);
    await waitUntil({ what: 'the control', timeoutMs: 10_000 }, () => agent.controls.length > 0);
    expect(agent.controls).toEqual([{ type: 'superseded', reason: details }]);
    await agent.stop();
    await opening;
  });

  test('sent twice and out of order come to the same end', async () => {
    startBridge();
    const agent = await startAgent();
    const client = await plainClient();
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
    startBridge();
    const agent = await startAgent();
    fill(agent, 5);
    await inSync(agent);
    agent.objects.set('lost', '1');
    agent.changes(podChange('lost', '1'));
    agent.upsert('after', '1');
    await waitUntil({ what: 'the control', timeoutMs: 10_000 }, () => agent.controls.length > 0);
    expect(agent.controls[0]).toMatchObject({ type: 'snapshot', kind: pods });
    await inSync(agent);
    await emptyStream(agent);
  });

  test('over max_payload are chunked and put together again', async () => {
    startBridge();
    const agent = await startAgent();
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
    expect((await server.store.find('u-big'))?.json).toBe(json);
  });

  test('of no use are parked with their reason, the rest flows', async () => {
    startBridge();
    const agent = await startAgent();
    const client = await plainClient();
    const publish = (id: string, data: Uint8Array, headers: Record<string, string> = {}) =>
      client.publishDurable(batchSubject(clusterId), data, { messageId: id, headers, signal: never });
    await publish('p1', Buffer.from('{"not":"a batch"}'));
    await publish('p2', Batch.encode({ ...agent.begin(), clusterId: 'another' }).finish());
    await publish('p3', Buffer.from('x'), { 'Meshery-Chunk': '0/20/99999999', 'Meshery-Message-Id': 'huge' });
    await publish('p4', Buffer.from('x'), { 'Meshery-Chunk': '7/2/10', 'Meshery-Message-Id': 'odd' });
    fill(agent, 20);
    await inSync(agent);
    await emptyStream(agent);
    const parked = await parkedMessages(client, 4);
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
    expect(await registry.metrics()).toContain('meshery_bridge_parked_total{link="one",reason="malformed"} 1');
  });
});

describe('faults', () => {
  test('the broker is killed and comes back with its store', async () => {
    startBridge();
    const agent = await startAgent();
    fill(agent, 50);
    let kills = 0;
    for (let index = 0; index < 200; index += 1) {
      agent.upsert(`n${index}`, '1');
      if (index % 70 === 30) {
        await nats.kill();
        kills += 1;
        await nats.up();
      }
    }
    await inSync(agent, 20_000);
    await emptyStream(agent);
    expect(kills).toBe(3);
  }, 60_000);

  test('the broker comes back empty: the agent is asked for everything, nothing is lost', async () => {
    startBridge();
    const agent = await startAgent();
    fill(agent, 50);
    await inSync(agent);
    server.down();
    for (let index = 0; index < 50; index += 1) agent.upsert(`lost${index}`, '1');
    await agent.stored();
    await nats.kill();
    nats.wipeStore();
    await nats.up();
    await server.up();
    await waitUntil({ what: 'the control', timeoutMs: 10_000 }, () =>
      agent.controls.some((control) => control.type === 'snapshot-all'),
    );
    await inSync(agent, 20_000);
    await emptyStream(agent);
  }, 60_000);

  test('the inventory is lost: an idle agent is asked for everything at once, once for each loss', async () => {
    startBridge();
    const agent = await startAgent();
    fill(agent, 50);
    await inSync(agent);
    await emptyStream(agent);
    await server.loseInventory();
    await inSync(agent, 5000);
    server.down();
    await server.loseInventory();
    await server.up();
    await inSync(agent, 5000);
    for (let turn = 0; turn < 2; turn += 1) {
      server.down();
      await server.up();
      agent.upsert('later', String(turn));
      await inSync(agent, 5000);
    }
    const asked = { type: 'snapshot-all', reason: 'damaged' };
    expect(agent.controls).toEqual([asked, asked]);
  });

  test('the server goes away and comes back, again and again', async () => {
    const bridge = startBridge();
    const agent = await startAgent();
    fill(agent, 50);
    for (let turn = 0; turn < 8; turn += 1) {
      for (let index = 0; index < 40; index += 1) agent.upsert(`t${turn}-${index}`, '1');
      const before = server.answered;
      await waitUntil({ what: 'some answers', timeoutMs: 10_000, everyMs: 1 }, () => server.answered > before);
      server.down();
      await waitUntil({ what: 'redness', timeoutMs: 5000 }, () => !bridge.readiness().ready);
      await server.up();
    }
    await inSync(agent, 20_000);
    await emptyStream(agent);
    await ready(bridge);
    expect(agent.controls).toEqual([]);
  }, 60_000);

  test('an idle link says truthfully whether the server is there', async () => {
    const bridge = startBridge();
    await ready(bridge);
    server.down();
    await waitUntil({ what: 'redness', timeoutMs: 5000 }, () => !bridge.readiness().ready);
    expect(bridge.readiness().reason).toContain('one');
    await server.up();
    await ready(bridge);
  });

  test('the bridge is killed between receive, commit and acknowledgement, ten times', async () => {
    const agent = new ScriptedAgent(nats.url, clusterId);
    cleanups.push(() => agent.stop());
    const script = new URL('./testing/bridge-process.ts', import.meta.url).pathname;
    const start = (turn: number) =>
      ManagedProcess.start({
        name: 'bridge',
        file: process.execPath,
        args: [script, join(dir.path, 'connections'), server.address],
        logPath: join(dir.path, `bridge-${turn}.log`),
      });
    let bridge = await start(0);
    await agent.open();
    fill(agent, 50);
    let kills = 0;
    for (let turn = 1; turn <= 10; turn += 1) {
      const before = server.answered;
      for (let index = 0; index < 100; index += 1) agent.upsert(`k${turn}-${index}`, '1');
      await waitUntil({ what: 'some answers', timeoutMs: 15_000, everyMs: 1 }, () => server.answered > before + turn);
      await bridge.kill();
      kills += 1;
      bridge = await start(turn);
    }
    await inSync(agent, 20_000);
    await emptyStream(agent);
    await bridge.stop();
    expect(kills).toBe(10);
    expect(agent.controls).toEqual([]);
  }, 120_000);

  test('a bad connection file is a condition, the others run; a corrected one is taken up', async () => {
    const bad = join(dir.path, 'connections', 'two.json');
    writeFileSync(bad, '{"name":"two","url":"nats://secret@127.0.0.1:1"}');
    const bridge = startBridge();
    await ready(bridge);
    expect([...bridge.conditions()]).toMatchObject([
      ['two.json', { code: 'meshery-config-1100', reason: expect.stringContaining('url') as string }],
    ]);
    expect(JSON.stringify([...bridge.conditions()])).not.toContain('secret');
    writeFileSync(bad, JSON.stringify({ name: 'two', url: `127.0.0.1:${nats.port}`, mode: 'published' }));
    await waitUntil({ what: 'the second link', timeoutMs: 5000 }, () => bridge.statuses().length === 2);
    expect(bridge.conditions().size).toBe(0);
  });

  test('one broker that is down slows no other', async () => {
    writeFileSync(join(dir.path, 'connections', 'dead.yaml'), 'name: dead\nurl: nats://127.0.0.1:1\n');
    const bridge = startBridge();
    const agent = await startAgent();
    fill(agent, 100);
    await inSync(agent, 10_000);
    expect(bridge.readiness()).toMatchObject({ ready: false, reason: expect.stringContaining('dead') as string });
  });

  test('stopping drains: what is committed is acknowledged', async () => {
    const bridge = startBridge();
    const agent = await startAgent();
    fill(agent, 500);
    await agent.stored();
    await bridge.stop();
    const left = await agent.broker.ensureStream(batchStream(), never);
    expect(left.messages + server.answered).toBe(10);
  });
});

describe('a published agent', () => {
  const objectText = (name: string, version: string) =>
    `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"${name}","namespace":"shop","uid":"u-${name}","resourceVersion":"${version}","labels":{"app":"${name}"}},"spec":{"replicas":9007199254740993}}`;
  const event = (type: 'ADDED' | 'MODIFIED' | 'DELETED', name: string, version: string) =>
    encodeResourceEvent(type, toKubernetesResource(objectText(name, version), clusterId));

  test('is asked for everything, and its objects are stored, changed and deleted', async () => {
    const client = await plainClient();
    const asked: string[] = [];
    client.subscribe(publishedSubjects.request, (message) => void asked.push(Buffer.from(message.data).toString()), {
      signal: never,
    });
    await client.flush();
    const bridge = startBridge();
    await waitUntil({ what: 'the requests', timeoutMs: 5000 }, () => asked.length >= 2);
    expect(asked[0]).toBe(
      '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"resync-discovery","Payload":null},"Object":null}',
    );
    expect(asked[1]).toContain('"Entity":"informer-store","Payload":{"Reply":"meshery-server.meshsync.store"}');
    await ready(bridge);
    for (const name of ['a', 'b', 'c']) client.publish(publishedSubjects.core, event('ADDED', name, '1'));
    client.publish(publishedSubjects.core, event('MODIFIED', 'a', '2'));
    client.publish(publishedSubjects.core, event('DELETED', 'b', '1'));
    client.publish(
      publishedSubjects.store,
      JSON.stringify({
        ObjectType: '',
        EventType: '',
        Request: null,
        Object: ['d', 'e'].map((name) => toKubernetesResource(objectText(name, '1'), clusterId)),
      }),
    );
    const wanted = JSON.stringify(['u-a@2', 'u-c@1', 'u-d@1', 'u-e@1']);
    await waitUntil(
      { what: 'the rows', timeoutMs: 10_000, explain: async () => JSON.stringify(await server.rows()) },
      async () => JSON.stringify(await server.rows()) === wanted,
    );
    expect((await server.store.find('u-a'))?.json).toContain('"replicas":9007199254740993');
    expect((await server.store.clusters())[0]).toMatchObject({ id: clusterId, source: 'published' });
  });

  test('is asked for everything when the inventory is lost', async () => {
    const client = await plainClient();
    const all = () => {
      for (const name of ['a', 'b']) client.publish(publishedSubjects.core, event('ADDED', name, '1'));
    };
    const stored = () =>
      waitUntil({ what: 'both rows', timeoutMs: 5000 }, async () => (await server.rows()).length === 2);
    await ready(startBridge());
    all();
    await stored();
    await waitUntil({ what: 'silence', timeoutMs: 5000 }, () => server.lastAnswered === 'snapshotEnd');
    client.subscribe(publishedSubjects.request, all, { signal: never });
    await client.flush();
    await server.loseInventory();
    await stored();
    expect((await server.store.clusters())[0]).toMatchObject({ id: clusterId, source: 'published' });
  });

  test('that does not name a row again makes it stale, never deleted', async () => {
    const client = await plainClient();
    const bridge = startBridge();
    await ready(bridge);
    for (const name of ['a', 'b']) client.publish(publishedSubjects.core, event('ADDED', name, '1'));
    await waitUntil({ what: 'both rows', timeoutMs: 10_000 }, async () => (await server.rows()).length === 2);
    await bridge.stop();
    const again = startBridge();
    await ready(again);
    client.publish(publishedSubjects.core, event('ADDED', 'a', '1'));
    await waitUntil(
      { what: 'the stale row', timeoutMs: 10_000 },
      async () => ((await server.store.find('u-b')) as { staleSince?: string } | undefined)?.staleSince !== undefined,
    );
    expect(((await server.store.find('u-a')) as { staleSince?: string } | undefined)?.staleSince).toBeUndefined();
    expect(await server.rows()).toHaveLength(2);
  });

  test('whose messages cannot be used has them parked, the rest flows', async () => {
    const client = await plainClient();
    const bridge = startBridge();
    await ready(bridge);
    client.publish(publishedSubjects.core, 'not json');
    client.publish(publishedSubjects.core, `{"Object":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    client.publish(publishedSubjects.core, event('ADDED', 'x', '1').replaceAll(clusterId, 'another-cluster'));
    client.publish(publishedSubjects.core, event('ADDED', 'a', '1'));
    await waitUntil(
      { what: 'the good row', timeoutMs: 10_000 },
      async () => JSON.stringify(await server.rows()) === '["u-a@1"]',
    );
    const parked = await parkedMessages(client, 3);
    expect(parked.map((message) => message.headers['Meshery-Reason']).sort()).toEqual([
      'foreign-cluster',
      'malformed',
      'malformed',
    ]);
  });
});
