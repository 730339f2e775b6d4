import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Batch,
  ChangeType,
  OpenRunResponse,
  RunVerdict,
  allOpenSubject,
  encodeRequest,
  publishedSubjects,
} from '@meshery/contracts';
import type { ObjectChange } from '@meshery/contracts';
import { createLogger, systemClock } from '@meshery/observability';
import { NatsBroker, Reassembler, batchStream } from '@meshery/messaging';
import { startService } from '@meshery/service';
import type { RunningService } from '@meshery/service';
import {
  KubeAdmin,
  NatsServer,
  SeededRandom,
  configMapObject,
  makeTempDir,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import type { ControlPlane, TempDir } from '@meshery/testing';
import { parseAllDocuments } from 'yaml';
import { agentOptions } from './agent-options.ts';
import type { AgentEnd } from './agent-host.ts';
import { readConfig } from './config.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const place = (name: string) => ({ name, namespace: 'default', labels: { app: name } });
const collection = '/api/v1/namespaces/default/configmaps';

let plane: ControlPlane;
let admin: KubeAdmin;
let nats: NatsServer;
let dir: TempDir;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
}, 300_000);

afterAll(async () => {
  admin.close();
  await plane.stop();
});

beforeEach(async () => {
  dir = makeTempDir('meshsync');
  nats = await NatsServer.start();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await nats.stop();
  dir.remove();
});

async function startMeshsync(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly service: RunningService; readonly ended: Promise<AgentEnd> }> {
  const read = readConfig({
    argv,
    env: {
      KUBECONFIG: plane.kubeconfigPath,
      BROKER_URL: `127.0.0.1:${nats.port}`,
      MESHSYNC_HEALTH_PORT: '0',
      MESHSYNC_HEALTH_HOST: '127.0.0.1',
      ...env,
    },
  });
  if (read.kind === 'help') throw new Error('help');
  const ended = Promise.withResolvers<AgentEnd>();
  const service = await startService(await agentOptions(read.values, logger, ended.resolve));
  cleanups.push(() => service.stop());
  return { service, ended: ended.promise };
}

async function client(): Promise<NatsBroker> {
  const broker = new NatsBroker(
    { url: nats.url, name: 'meshery-server', reconnectMs: 50 },
    { clock: systemClock, logger },
  );
  await broker.open(AbortSignal.timeout(30_000));
  cleanups.push(() => broker.close());
  return broker;
}

/** The far side of the native path, kept in memory: objects by "kind namespace/name". */
async function nativeFarSide(): Promise<{ readonly objects: Map<string, ObjectChange>; readonly broker: NatsBroker }> {
  const broker = await client();
  const objects = new Map<string, ObjectChange>();
  const stop = new AbortController();
  const reassembler = new Reassembler(systemClock);
  broker.subscribe(
    allOpenSubject,
    (message) =>
      void message.respond(
        OpenRunResponse.encode({ verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] }).finish(),
      ),
    { signal: stop.signal },
  );
  await broker.ensureStream(batchStream(), stop.signal);
  const take = (data: Uint8Array): void => {
    const { body } = Batch.decode(data);
    for (const change of body?.$case === 'changes' ? body.value.objects : []) {
      const key = `${change.kind} ${change.namespace}/${change.name}`;
      if (change.type === ChangeType.CHANGE_TYPE_UPSERT) objects.set(key, change);
      else objects.delete(key);
    }
  };
  const consumed = broker.consume(
    { stream: batchStream().name, name: 'test', ackWaitMs: 30_000, maxInFlight: 64 },
    {
      onStart: () => {
        reassembler.clear();
      },
      onMessage: (message) => {
        const result = reassembler.accept(message);
        if (result.type !== 'whole') return;
        take(result.message.data);
        for (const part of result.message.parts) part.ack();
      },
    },
    stop.signal,
  );
  cleanups.push(() => {
    stop.abort();
    return consumed;
  });
  return { objects, broker };
}

const status = async (service: RunningService, path: string): Promise<number> =>
  (await fetch(`${service.url}${path}`)).status;
const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);

test('native: follows the cluster, answers its version, and says truthfully whether it is ready', async () => {
  const { objects, broker } = await nativeFarSide();
  const { service } = await startMeshsync([]);
  await until('the first objects', () => objects.has('Namespace /kube-system'));
  await admin.create(collection, configMapObject(place('native'), new SeededRandom(1), 2000));
  await until('the creation', () => objects.has('ConfigMap default/native'));
  await admin.delete(`${collection}/native`);
  await until('the deletion', () => !objects.has('ConfigMap default/native'));
  const connections = (await (await fetch(`${nats.monitorUrl}/connz`)).json()) as { connections: { name: string }[] };
  expect(connections.connections.map(({ name }) => name)).toContain('meshsync');
  expect(await status(service, '/healthz')).toBe(200);
  await until('readiness', async () => (await status(service, '/readyz')) === 200);
  expect(await (await fetch(`${service.url}/metrics`)).text()).toContain('meshery_meshsync_sent_bytes_total');
  const versions: string[] = [];
  broker.subscribe(publishedSubjects.meta, (message) => void versions.push(Buffer.from(message.data).toString()), {
    signal: AbortSignal.timeout(300_000),
  });
  await broker.flush();
  broker.publish(publishedSubjects.request, encodeRequest('meshsync-meta', null));
  await until('the version', () => versions.length === 1);
  expect(versions[0]).toMatch(/"Object":"\d+\.\d+\.\d+"/);
  await nats.down();
  await until('redness', async () => (await status(service, '/readyz')) === 503);
  expect(await status(service, '/healthz')).toBe(200);
  await admin.create(collection, configMapObject(place('meanwhile'), new SeededRandom(2), 2000));
  await nats.up();
  await until('greenness', async () => (await status(service, '/readyz')) === 200);
  await until('what happened meanwhile', () => objects.has('ConfigMap default/meanwhile'));
  await admin.delete(`${collection}/meanwhile`);
});

test('native: an object over max_payload arrives whole', async () => {
  const { objects } = await nativeFarSide();
  await startMeshsync(['-outputResources', 'configmap']);
  const data = { big: 'ü€'.repeat(180_000) };
  await admin.create(collection, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'big' }, data });
  await until('the object', () => objects.has('ConfigMap default/big'));
  expect((JSON.parse(objects.get('ConfigMap default/big')?.json ?? '{}') as { data: unknown }).data).toEqual(data);
  await admin.delete(`${collection}/big`);
});

interface PublishedMessage {
  readonly ObjectType: string;
  readonly EventType: string;
  readonly Request: null;
  readonly Object: {
    readonly kind: string;
    readonly cluster_id: string;
    readonly metadata: { readonly name: string };
    readonly data?: string;
  };
}

test('published: a subscriber that knows only the published contract sees every change', async () => {
  const server = await client();
  const signal = AbortSignal.timeout(300_000);
  const events: PublishedMessage[] = [];
  const stored: { readonly kind: string; readonly metadata: { readonly name: string } }[][] = [];
  server.subscribe(
    'meshery.meshsync.core',
    (message) => void events.push(JSON.parse(Buffer.from(message.data).toString()) as PublishedMessage),
    { signal },
  );
  server.subscribe(
    'meshery-server.meshsync.store',
    (message) => void stored.push((JSON.parse(Buffer.from(message.data).toString()) as { Object: [] }).Object),
    { signal },
  );
  await server.flush();
  await startMeshsync(['-outputResources', 'configmaps,namespaces'], { MESHSYNC_OUTPUT_FORMAT: 'published' });
  const seen = (type: string, name: string): PublishedMessage | undefined =>
    events.find((event) => event.EventType === type && event.Object.metadata.name === name);
  await until('the namespaces', () => seen('ADDED', 'kube-system') !== undefined);
  const uid = (await admin.json<{ metadata: { uid: string } }>({ path: '/api/v1/namespaces/kube-system' })).metadata
    .uid;
  expect(seen('ADDED', 'kube-system')).toMatchObject({
    ObjectType: 'meshsync-data',
    Request: null,
    Object: { kind: 'Namespace', cluster_id: uid, id: '', pattern_resource: null },
  });
  await admin.create(collection, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'pub' }, data: { k: '1' } });
  await until('ADDED', () => seen('ADDED', 'pub') !== undefined);
  await admin.patch(`${collection}/pub`, { data: { k: '2' } });
  await until('MODIFIED', () => seen('MODIFIED', 'pub') !== undefined);
  expect(seen('MODIFIED', 'pub')?.Object.data).toBe('{"k":"2"}');
  server.publish(
    'meshery.meshsync.request',
    '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"informer-store","Payload":{"Reply":"meshery-server.meshsync.store"}},"Object":null}',
  );
  await until(
    'the whole store',
    () =>
      stored.flat().some((object) => object.metadata.name === 'pub') &&
      stored.flat().some((object) => object.metadata.name === 'kube-system'),
  );
  expect(Math.max(...stored.map((part) => part.length))).toBeLessThanOrEqual(5);
  expect(
    events.filter((event) => event.EventType === 'ADDED' && event.Object.metadata.name === 'kube-system'),
  ).toHaveLength(1);
  server.publish(
    'meshery.meshsync.request',
    '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"resync-discovery","Payload":null},"Object":null}',
  );
  await until(
    'everything again',
    () =>
      events.filter((event) => event.EventType === 'ADDED' && event.Object.metadata.name === 'kube-system').length ===
      2,
  );
  await admin.delete(`${collection}/pub`);
  await until('DELETED', () => seen('DELETED', 'pub') !== undefined);
  expect(seen('DELETED', 'pub')?.Object).toMatchObject({ kind: 'ConfigMap', cluster_id: uid });
});

test('file: writes each object once as a YAML document and ends by itself', async () => {
  const file = join(dir.path, 'snapshot.yaml');
  const { ended } = await startMeshsync([
    '-output',
    'file',
    '-outputFile',
    file,
    '-outputResources',
    'namespaces',
    '-stopAfter',
    '10s',
  ]);
  expect(await ended).toEqual({});
  const documents = parseAllDocuments(readFileSync(file, 'utf8')).map(
    (document) => document.toJSON() as PublishedMessage['Object'],
  );
  const names = documents.map((document) => document.metadata.name);
  expect(names).toContain('kube-system');
  expect(new Set(names).size).toBe(names.length);
});
