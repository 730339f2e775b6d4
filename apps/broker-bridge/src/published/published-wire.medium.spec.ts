import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry, createLogger, systemClock } from '@meshery/observability';
import { NatsServer, makeTempDir, waitUntil } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';
import { monotonicFactory } from 'ulid';
import { Bridge } from '../bridge.ts';
import { createBridgeMetrics } from '../bridge-metrics.ts';
import { ConnectionFolder } from '../connections/connection-folder.ts';
import { wholeShare } from '../sharing/link-share.ts';
import { PublishedAgent } from '../testing/published-agent.ts';
import { publishedCluster, publishedObjects } from '../testing/published-objects.ts';
import { StoreServer } from '../testing/store-server.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const nextId = monotonicFactory();
const all = Object.keys(publishedObjects);
const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);
const cleanups: (() => unknown)[] = [];

let nats: NatsServer;
let server: StoreServer;
let dir: TempDir;

beforeEach(async () => {
  // As the operator configures it: a user of its own for each side.
  nats = await NatsServer.start({ users: { agent: 'a-secret', bridge: 'b-secret' } });
  server = await StoreServer.start();
  dir = makeTempDir('published');
  mkdirSync(join(dir.path, 'connections'));
  writeFileSync(join(dir.path, 'token'), 'bridge:b-secret');
  const connection = { name: 'one', url: `nats://127.0.0.1:${nats.port}`, tokenFile: join(dir.path, 'token') };
  writeFileSync(join(dir.path, 'connections', 'one.json'), JSON.stringify(connection));
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await server.stop();
  await nats.stop();
  dir.remove();
});

async function startBridge(): Promise<Bridge> {
  const bridge = new Bridge({
    sources: [new ConnectionFolder({ path: join(dir.path, 'connections'), clock: systemClock, logger, pollMs: 200 })],
    share: wholeShare,
    server: { address: server.address },
    limits: { gapWaitMs: 500, quietMs: 700, maxInFlight: 64 },
    clock: systemClock,
    logger,
    metrics: createBridgeMetrics(new Registry()),
    ids: () => nextId(Date.now()),
  });
  bridge.start();
  cleanups.push(() => bridge.stop());
  await until('readiness', () => bridge.statuses().length > 0 && bridge.readiness().ready);
  return bridge;
}

async function startAgent(names: readonly string[] = all): Promise<PublishedAgent> {
  const agent = await PublishedAgent.start({ port: nats.port, user: 'agent', password: 'a-secret' }, names);
  cleanups.push(() => {
    agent.close();
  });
  return agent;
}

const stored = async (name: string): Promise<unknown> => {
  const row = await server.store.find(`u-${name}`);
  return row === undefined ? undefined : JSON.parse(row.json);
};
const isStale = async (name: string): Promise<boolean> =>
  ((await server.store.find(`u-${name}`)) as { staleSince?: string } | undefined)?.staleSince !== undefined;
const rows = (): Promise<number> => server.rows().then(({ length }) => length);

test('is known by its client name, and its objects arrive as they are in the cluster', async () => {
  await startBridge();
  await startAgent();
  await until('the rows', async () => (await rows()) === all.length);
  const connections = (await (await fetch(`${nats.monitorUrl}/connz?auth=true`)).json()) as {
    connections: { name: string; authorized_user: string }[];
  };
  const users = connections.connections.map(({ name, authorized_user: user }) => `${name} ${user}`).sort();
  expect(users).toEqual(['meshery-server bridge', 'meshsync agent']);
  expect((await server.store.find('u-pod'))?.json).toContain('"big":9007199254740993');
  expect(await stored('pod')).toMatchObject({
    metadata: {
      generateName: 'web-',
      generation: 3,
      labels: { app: 'web' },
      annotations: { note: 'a "quoted"\nline <b> &' },
      ownerReferences: [{ kind: 'ReplicaSet', controller: true }],
      finalizers: ['x/y'],
    },
    spec: { containers: [{ args: ['<a>'] }] },
    status: { phase: 'Running' },
  });
  expect(await stored('service')).toMatchObject({ kind: 'Service', spec: { clusterIP: '10.96.0.9' } });
  expect(await stored('secret')).toMatchObject({ immutable: true, type: 'Opaque', data: { key: 'W1JFREFDVEVEXQ==' } });
  expect(await stored('storage')).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: expect.objectContaining({ name: 'storage' }) as unknown,
  });
  expect((await server.store.clusters())[0]).toMatchObject({ id: publishedCluster, source: 'published' });
});

test('hears the requests of the bridge as published servers write them, and what it answers is stored', async () => {
  const agent = await startAgent();
  await startBridge();
  await until('the rows', async () => (await rows()) === all.length);
  await until('both requests', () => agent.requests.length >= 2);
  expect(agent.requests.slice(0, 2)).toEqual([
    '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"resync-discovery","Payload":null},"Object":null}',
    '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"informer-store","Payload":{"Reply":"meshery-server.meshsync.store"}},"Object":null}',
  ]);
});

test('changes and deletions apply; what is no resource harms nothing', async () => {
  await startBridge();
  const agent = await startAgent(['pod', 'service', 'one']);
  await until('the rows', async () => (await rows()) === 3);
  agent.publish('meshsync-meta', '{"ObjectType":"","EventType":"","Request":null,"Object":"v1.0.3"}');
  agent.publish('active_sessions.exec', '{"ObjectType":"active-exec","EventType":"ADDED","Request":null,"Object":[]}');
  agent.publish('meshery.meshsync.core', '{"ObjectType":"error","EventType":"ERROR","Request":null,"Object":"oh"}');
  const { pod = '', one = '' } = publishedObjects;
  agent.event('MODIFIED', pod.replace('"42"', '"50"').replace('Running', 'Failed'));
  agent.event('DELETED', one);
  await until('the deletion', async () => (await rows()) === 2);
  expect(await stored('pod')).toMatchObject({ metadata: { resourceVersion: '50' }, status: { phase: 'Failed' } });
});

test('a restart makes what is not seen again stale, never deletes it, and takes it back when it is seen', async () => {
  await startBridge();
  const before = await startAgent(['one', 'two', 'three']);
  await until('the rows', async () => (await rows()) === 3);
  before.close();
  await nats.down();
  await nats.up();
  const after = await startAgent(['one', 'three']);
  // The others may be stale for a moment, too, when they are seen again late.
  await until(
    'the stale row',
    async () => (await isStale('two')) && !(await isStale('one')) && !(await isStale('three')),
  );
  expect(await server.store.find('u-two')).toBeDefined();
  after.event('ADDED', publishedObjects['two'] ?? '');
  await until('the row that is back', async () => !(await isStale('two')));
});
