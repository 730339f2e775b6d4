import { createLogger, createMetricsRegistry, systemClock } from '@meshery/observability';
import { KubeAdmin, crdObject, customCollection, customKind, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane, KubeObject as TestObject } from '@meshery/testing';
import { staticTokenCredential } from '../kubeconfig/credential.ts';
import { ApiServerGate } from '../transport/api-server-gate.ts';
import { createKubeTransport } from '../transport/kube-transport.ts';
import type { KubeTransport } from '../transport/kube-transport.ts';
import { Semaphore } from '../watch/semaphore.ts';
import { defaultStreamConfig } from '../watch/stream-config.ts';
import {
  Applier,
  Controller,
  EventRecorder,
  KubeClient,
  LeaseElector,
  ObjectReconciler,
  ObjectWatch,
  WorkQueue,
  controllerReference,
  createReconcileMetrics,
  done,
} from './index.ts';
import type { ConditionedObject, Condition, KubeObject, ResourceType } from './index.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const custom = customKind('gadget');
const gadgets: ResourceType = { ...custom };
const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
const finalizer = 'example.com/old';

interface Gadget extends ConditionedObject {
  readonly spec?: { readonly text?: string; readonly fail?: boolean };
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

let cluster: ControlPlane;
let admin: KubeAdmin;
let transport: KubeTransport;
let writes: string[];

beforeAll(async () => {
  cluster = await startControlPlane();
  admin = new KubeAdmin(cluster);
  const definition = crdObject(custom) as unknown as { spec: { versions: object[] } };
  const [version = {}] = definition.spec.versions;
  definition.spec.versions = [{ ...version, subresources: { status: {} } }];
  await admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
  await waitUntil({ what: 'the kind', timeoutMs: 60_000 }, async () => {
    const { status } = await admin.send({ path: customCollection(custom, 'default') });
    return status === 200;
  });
}, 300_000);

afterAll(async () => {
  admin.close();
  await cluster.stop();
});

beforeEach(() => {
  writes = [];
  mayWriteTimes = Number.POSITIVE_INFINITY;
  beforeStatus = undefined;
  transport = createKubeTransport(
    {
      contextName: 't',
      clusterName: 't',
      server: cluster.url,
      ca: cluster.caPem,
      cert: undefined,
      key: undefined,
      tlsServerName: undefined,
      insecureSkipTlsVerify: false,
      proxyUrl: undefined,
      credential: staticTokenCredential(cluster.adminToken),
    },
    { clock: systemClock },
  );
});

afterEach(() => transport.close());

/** How many more writes may go out. */
let mayWriteTimes: number;
/** Runs between the steps of a reconcile and the write of the status. */
let beforeStatus: ((gadget: Gadget) => Promise<void>) | undefined;

function client(): KubeClient {
  const onWrite = (verb: string, type: ResourceType): number => writes.push(`${verb} ${type.plural}`);
  return new KubeClient({ transport, clock: systemClock, onWrite, mayWrite: () => mayWriteTimes-- > 0 });
}

/** A small operator: each Gadget owns one ConfigMap with its text. */
function operator(signal: AbortSignal) {
  const kube = client();
  const base = {
    transport,
    gate: new ApiServerGate({ transport, clock: systemClock, random: Math.random }),
    clock: systemClock,
    random: Math.random,
    config: { ...defaultStreamConfig, minConnectIntervalMs: 50 },
    snapshots: new Semaphore(2),
  };
  const queue = new WorkQueue({ clock: systemClock, random: Math.random });
  const owners = new ObjectWatch<Gadget>(base, {
    type: gadgets,
    logger,
    onChange: (key) => {
      queue.add(key);
    },
  });
  const owned = new ObjectWatch<ConfigMap>(base, {
    type: configMaps,
    labelSelector: 'part=gadget',
    logger,
    onChange: (key) => {
      queue.add(key);
    },
  });
  const applier = new Applier({ client: kube, fieldManager: 'gadgets' });
  const cleaned: string[] = [];
  const reconciler = new ObjectReconciler<Gadget, Gadget>({
    type: gadgets,
    watch: owners,
    client: kube,
    recorder: new EventRecorder({ client: kube, component: 'gadgets', instance: 'one', clock: systemClock, logger }),
    clock: systemClock,
    context: (object) => object,
    steps: [
      {
        name: 'check',
        run: ({ spec }) =>
          spec?.fail === true ? { type: 'stalled', reason: 'Wanted', message: 'It wants to fail.' } : done,
      },
      {
        name: 'config',
        run: async (gadget, limit) => {
          const { name, namespace = '' } = gadget.metadata;
          const wanted = {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name, namespace, labels: { part: 'gadget' }, ownerReferences: [controllerReference(gadget)] },
            data: { text: gadget.spec?.text ?? '' },
          };
          const live = owned.get(`${namespace}/${name}`);
          const { object } = await applier.apply<ConfigMap>(configMaps, wanted, live, limit);
          owned.adopt(object);
          return done;
        },
      },
    ],
    last: async (gadget) => beforeStatus?.(gadget),
    findings: (gadget) => ({ status: { text: gadget.spec?.text }, conditions: [] }),
    finalizers: [finalizer],
    cleanUp: (key) => {
      cleaned.push(key);
      return Promise.resolve();
    },
  });
  const registry = createMetricsRegistry({ service: 'test', version: '0', defaults: false });
  const controller = new Controller({
    name: 'gadget',
    queue,
    reconcile: (key, limit) => reconciler.reconcile(key, limit),
    resyncMs: 600_000,
    workers: 2,
    timeoutMs: 30_000,
    drainMs: 1000,
    metrics: createReconcileMetrics(registry, 'gadgets', ['gadget']),
    clock: systemClock,
    logger,
  });
  const running = Promise.all([
    base.gate.run(signal),
    owners.run(signal),
    owned.run(signal),
    Promise.all([owners.synced, owned.synced]).then(() => controller.run(signal)),
  ]);
  return { running, cleaned, registry };
}

const collection = customCollection(custom, 'default');
const readGadget = (name: string): Promise<Gadget> =>
  admin.json<Gadget & TestObject>({ path: `${collection}/${name}` });

async function gadget(name: string, spec: Gadget['spec'], metadata: object = {}): Promise<void> {
  await admin.create(collection, {
    ...{ apiVersion: 'example.com/v1', kind: custom.kind },
    metadata: { name, ...metadata },
    spec,
  });
}

function condition({ status }: Gadget, type: string): Condition | undefined {
  return status?.conditions?.find((found) => found.type === type);
}

async function settled(name: string, generation: number): Promise<Gadget> {
  let found: Gadget | undefined;
  await waitUntil({ what: `${name} at generation ${String(generation)}`, timeoutMs: 60_000 }, async () => {
    found = await readGadget(name);
    return condition(found, 'Ready')?.observedGeneration === generation;
  });
  if (found === undefined) throw new Error('not settled');
  return found;
}

describe('an operator on the runtime', () => {
  let stop: AbortController;
  let running: ReturnType<typeof operator>;

  beforeEach(() => {
    stop = new AbortController();
    running = operator(stop.signal);
  });

  afterEach(async () => {
    stop.abort(new Error('the test is over'));
    await running.running.catch(() => undefined);
  });

  test('writes each thing once for each change, and nothing when nothing changed', async () => {
    await gadget('once', { text: 'a' });
    expect(condition(await settled('once', 1), 'Ready')).toMatchObject({ status: 'True', reason: 'Available' });
    await waitUntil({ what: 'the event', timeoutMs: 60_000 }, () => writes.length >= 3);
    expect(writes).toEqual(['patch configmaps', 'patch gadgets', 'create events']);
    writes.length = 0;
    await admin.patch(`${collection}/once`, { spec: { text: 'b' } });
    await settled('once', 2);
    expect(writes).toEqual(['patch configmaps', 'patch gadgets']);
    writes.length = 0;
    // A change that asks for nothing: it is looked at, and nothing is written.
    const seen = await reconciles();
    await admin.patch(`${collection}/once`, { metadata: { labels: { a: 'b' } } });
    await waitUntil({ what: 'a further reconcile', timeoutMs: 60_000 }, async () => (await reconciles()) > seen);
    expect(writes).toEqual([]);
  });

  test('the status of a leader that was frozen on its way to the wire is not taken', async () => {
    beforeStatus = async ({ metadata }) => {
      if (metadata.name !== 'frozen') return;
      beforeStatus = undefined;
      await admin.patch(`${collection}/frozen/status`, { status: { text: 'of the next leader' } });
      mayWriteTimes = 1;
    };
    await gadget('frozen', { text: 'a' });
    const statuses = () => writes.filter((write) => write === 'patch gadgets').length;
    await waitUntil({ what: 'a further attempt', timeoutMs: 60_000 }, () => statuses() >= 2);
    expect((await readGadget('frozen')).status).toEqual({ text: 'of the next leader' });
  });

  test('what others change or delete comes back', async () => {
    await gadget('drift', { text: 'a' });
    await settled('drift', 1);
    const path = '/api/v1/namespaces/default/configmaps/drift';
    const text = async (): Promise<unknown> => (await admin.json<ConfigMap & TestObject>({ path })).data?.['text'];
    await admin.patch(path, { data: { text: 'theirs' } });
    await waitUntil({ what: 'the text', timeoutMs: 60_000 }, async () => (await text()) === 'a');
    await admin.delete(path);
    await waitUntil({ what: 'the object', timeoutMs: 60_000 }, async () => (await admin.send({ path })).status === 200);
  });

  test('what cannot be is a condition with its generation, right after the change', async () => {
    await gadget('bad', { text: 'a' });
    await settled('bad', 1);
    await admin.patch(`${collection}/bad`, { spec: { fail: true } });
    const bad = await settled('bad', 2);
    expect(['Ready', 'Progressing', 'Degraded'].map((type) => condition(bad, type)?.status)).toEqual([
      'False',
      'False',
      'True',
    ]);
    await admin.patch(`${collection}/bad`, { spec: { fail: false } });
    expect(condition(await settled('bad', 3), 'Degraded')?.status).toBe('False');
  });

  test('finalizers of a former manager are taken off, those of others stay, and what is deleted is cleaned up', async () => {
    await gadget('going', { text: 'a' }, { finalizers: [finalizer, 'example.com/theirs'] });
    await settled('going', 1);
    expect((await readGadget('going')).metadata.finalizers).toEqual(['example.com/theirs']);
    expect(running.cleaned).toEqual([]);
    await admin.delete(`${collection}/going`);
    await waitUntil({ what: 'the cleaning up', timeoutMs: 60_000 }, () => running.cleaned.includes('default/going'));
    await admin.patch(`${collection}/going`, { metadata: { finalizers: null } });
  });

  async function reconciles(): Promise<number> {
    const text = await running.registry.metrics();
    return Number(/^gadgets_reconcile_total\{controller="gadget"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  }
});

test('every series is there at zero', async () => {
  const registry = createMetricsRegistry({ service: 'test', version: '0', defaults: false });
  createReconcileMetrics(registry, 'x', ['a']);
  const text = await registry.metrics();
  expect(text).toContain('x_reconcile_total{controller="a"} 0');
  expect(text).toContain('x_reconcile_errors_total{controller="a"} 0');
  expect(text).toContain('x_reconcile_outcomes_total{controller="a",outcome="stalled"} 0');
});

describe('leader election', () => {
  const lease = { namespace: 'default', name: 'elected' };

  function candidate(identity: string, alive: AbortSignal, log: string[]) {
    const elector = new LeaseElector({
      client: client(),
      lease,
      identity,
      clock: systemClock,
      random: Math.random,
      logger,
      durationMs: 60_000,
      retryMs: 100,
    });
    const running = elector.run(alive, async (signal) => {
      log.push(`+${identity}`);
      await new Promise<void>((resolve) => {
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
      log.push(`-${identity}`);
    });
    return { elector, running };
  }

  test('one leads, another takes over at once when it ends, and never two at a time', async () => {
    const log: string[] = [];
    const [a, b] = [new AbortController(), new AbortController()];
    const first = candidate('a', a.signal, log);
    await waitUntil({ what: 'a leader', timeoutMs: 60_000 }, () => first.elector.leading);
    const second = candidate('b', b.signal, log);
    a.abort(new Error('it ends'));
    await first.running;
    await waitUntil(
      { what: 'the next leader before the lease runs out', timeoutMs: 30_000 },
      () => second.elector.leading,
    );
    b.abort(new Error('it ends'));
    await second.running;
    expect(log).toEqual(['+a', '-a', '+b', '-b']);
  });

  test('a leader that was held up past its lease writes nothing, though it has not noticed yet', async () => {
    let heldUpMs = 0;
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + heldUpMs };
    const stop = new AbortController();
    const elector = new LeaseElector({
      ...{ client: client(), lease: { namespace: 'default', name: 'held-up' }, identity: 'd', clock, logger },
      ...{ random: Math.random, durationMs: 60_000, retryMs: 30_000 },
    });
    const fenced = new KubeClient({ transport, clock, mayWrite: () => elector.leading });
    const write = (name: string): Promise<KubeObject> =>
      fenced.create(
        configMaps,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } },
        stop.signal,
      );
    const running = elector.run(stop.signal, async () => {
      await write('in-time');
      heldUpMs = 41_000;
      await expect(write('late')).rejects.toMatchObject({ code: 'meshery-kube-1315' });
      stop.abort(new Error('it ends'));
    });
    await running;
    expect((await admin.send({ path: '/api/v1/namespaces/default/configmaps/in-time' })).status).toBe(200);
    expect((await admin.send({ path: '/api/v1/namespaces/default/configmaps/late' })).status).toBe(404);
  });

  test('a leader whose lease was taken stops leading', async () => {
    const log: string[] = [];
    const stop = new AbortController();
    const { elector, running } = candidate('c', stop.signal, log);
    await waitUntil({ what: 'a leader', timeoutMs: 60_000 }, () => elector.leading);
    await admin.patch('/apis/coordination.k8s.io/v1/namespaces/default/leases/elected', {
      spec: { holderIdentity: 'thief', leaseDurationSeconds: 60 },
    });
    await waitUntil({ what: 'the end of the lead', timeoutMs: 60_000 }, () => log.includes('-c'));
    stop.abort(new Error('it ends'));
    await running;
    const { spec } = await admin.json<TestObject & { spec: { holderIdentity: string } }>({
      path: '/apis/coordination.k8s.io/v1/namespaces/default/leases/elected',
    });
    expect(spec.holderIdentity).toBe('thief');
  });
});

test('an item that somebody else adds to a list stays theirs, and is not written against again and again', async () => {
  const services: ResourceType = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true };
  const { signal } = new AbortController();
  const applier = new Applier({ client: client(), fieldManager: 'gadgets' });
  const port = { name: 'a', port: 1, protocol: 'TCP', targetPort: 1 };
  const metadata = { name: 'shared', namespace: 'default' };
  const wanted = { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { a: 'b' }, ports: [port] } };
  await applier.apply(services, wanted, undefined, signal);
  const theirs = { name: 'theirs', port: 2, protocol: 'TCP', targetPort: 2 };
  const live = await admin.patch('/api/v1/namespaces/default/services/shared', { spec: { ports: [port, theirs] } });
  const seen = live as unknown as KubeObject;
  const { object } = await applier.apply<KubeObject>(services, wanted, seen, signal);
  expect(JSON.stringify(object)).toContain('"name":"theirs"');
  writes.length = 0;
  expect(await applier.apply(services, wanted, seen, signal)).toEqual({ object: seen, written: false });
  const other = { ...wanted, spec: { ...wanted.spec, selector: { a: 'c' } } };
  expect((await applier.apply(services, other, seen, signal)).written).toBe(true);
  expect(writes).toEqual(['patch services']);
});

test('a namespace that is being deleted is no missing right', async () => {
  const place = { name: 'holding', namespace: 'ending', finalizers: [finalizer] };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: place };
  await admin.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ending' } });
  await admin.create('/api/v1/namespaces/ending/configmaps', configMap);
  await admin.delete('/api/v1/namespaces/ending');
  const wanted = { ...configMap, metadata: { name: 'late', namespace: 'ending' } };
  const { signal } = new AbortController();
  await expect(client().apply(configMaps, wanted, 'test', signal)).rejects.toMatchObject({ code: 'meshery-kube-1313' });
  await admin.patch('/api/v1/namespaces/ending/configmaps/holding', { metadata: { finalizers: null } });
});

test('objects of a kind that is not served any more are gone', async () => {
  const fleeting = customKind('fleeting');
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const there = customCollection(fleeting, 'default');
  await admin.create(definitions, crdObject(fleeting));
  await waitUntil(
    { what: 'the kind', timeoutMs: 60_000 },
    async () => (await admin.send({ path: there })).status === 200,
  );
  const object = { apiVersion: `${fleeting.group}/v1`, kind: fleeting.kind, metadata: { name: 'one' }, spec: {} };
  await admin.create(there, object);
  const gate = new ApiServerGate({ transport, clock: systemClock, random: Math.random });
  const config = { ...defaultStreamConfig, minConnectIntervalMs: 50, backoffMinMs: 50, deniedRetryMs: 100 };
  const base = { transport, gate, clock: systemClock, random: Math.random, config, snapshots: new Semaphore(1) };
  const changes: string[] = [];
  const options = {
    type: { ...fleeting },
    logger,
    onChange: (key: string, now: KubeObject | undefined) => changes.push(`${now === undefined ? '-' : '+'}${key}`),
  };
  const first = new ObjectWatch<KubeObject>(base, options);
  const away = new AbortController();
  const following = first.run(away.signal);
  await first.synced;
  away.abort(new Error('nobody looks'));
  await following;
  expect(changes).toEqual(['+default/one']);
  await admin.delete(`${definitions}/${fleeting.plural}.${fleeting.group}`);
  await waitUntil(
    { what: 'the end of the kind', timeoutMs: 60_000 },
    async () => (await admin.send({ path: there })).status === 404,
  );
  const back = new AbortController();
  const again = first.run(back.signal);
  await waitUntil({ what: 'the end of the object', timeoutMs: 60_000 }, () => changes.includes('-default/one'));
  expect(first.list()).toEqual([]);
  back.abort(new Error('the test is over'));
  await again;
});
