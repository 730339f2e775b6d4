import { type OperatorProcess, TcpFaultProxy, waitUntil } from '@meshery/testing';
import { ManagedCluster } from '../support/managed-cluster.ts';
import { ownedObjects } from '../support/owned-oracle.ts';
import { countBy } from '../support/write-log.ts';

const finalizers = { brokers: 'broker.meshery.io/finalizer', meshsyncs: 'meshsync.meshery.io/finalizer' } as const;
const PAIRS = 5;

let cluster: ManagedCluster;
let proxy: TcpFaultProxy;
let operator: OperatorProcess;

beforeAll(async () => {
  cluster = await ManagedCluster.start();
  proxy = await TcpFaultProxy.start({ targetPort: Number(new URL(cluster.plane.url).port) });
  operator = await cluster.startOperator({ server: `https://127.0.0.1:${String(proxy.port)}` });
}, 300_000);

afterAll(async () => {
  await operator.stop();
  await proxy.close();
  await cluster.stop();
});

/** Objects as published operators leave them: with their finalizers. */
async function createPairs(namespace: string): Promise<void> {
  for (let index = 0; index < PAIRS; index += 1) {
    const name = `pair-${String(index)}`;
    const metadata = (plural: keyof typeof finalizers) => ({ namespace, finalizers: [finalizers[plural]] });
    await cluster.create('brokers', name, {}, metadata('brokers'));
    await cluster.create('meshsyncs', name, { broker: { native: { name } } }, metadata('meshsyncs'));
  }
}

async function expectGone(namespace: string, timeoutMs: number): Promise<void> {
  let left: readonly string[] = [];
  const explain = (): string => left.join('\n');
  await waitUntil({ what: `nothing left of ${namespace}`, timeoutMs, explain }, async () => {
    left = (await ownedObjects(cluster)).map(({ line }) => line).filter((line) => line.includes(`${namespace}/`));
    return left.length === 0;
  });
}

/** The garbage collector looks for new kinds every 30 s: waits until it knows ours, as in any cluster older than that. */
async function knownToCollector(): Promise<void> {
  await cluster.addNamespace('canary').catch(() => undefined);
  const metadata = { namespace: 'canary' };
  await cluster.create('brokers', 'canary', {}, metadata);
  await waitUntil({ what: 'objects of the canary', timeoutMs: 60_000 }, async () => {
    return (await ownedObjects(cluster)).some(({ line }) => line.includes('canary/canary-nats '));
  });
  await cluster.remove('brokers', 'canary', 'canary');
  await expectGone('canary', 60_000);
}

test('a namespace that ends with objects in it ends in time, and nothing of it stays', async () => {
  await cluster.addNamespace('ending');
  await cluster.addNamespace('staying');
  await createPairs('ending');
  await createPairs('staying');
  await cluster.settled();
  const before = cluster.writeLog.read().length;
  await cluster.admin.delete('/api/v1/namespaces/ending');
  const startedAt = performance.now();
  await waitUntil({ what: 'the end of the namespace', timeoutMs: 60_000 }, async () => {
    return (await cluster.admin.send({ path: '/api/v1/namespaces/ending' })).status === 404;
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  await expectGone('ending', 60_000);
  const writes = cluster.writeLog.read().slice(before);
  const refused = countBy(
    writes.filter(({ status }) => status > 299),
    ({ status, resource }) => `${String(status)} ${resource}`,
  );
  process.stdout.write(
    `namespace with ${String(2 * PAIRS)} objects gone after ${seconds} s; ${String(writes.length)} writes, ` +
      `refused: ${JSON.stringify(refused)}\n`,
  );
  // An object may try to make again what is deleted around it, but not again and again.
  expect(writes.filter(({ status }) => status === 403).length).toBeLessThanOrEqual(2 * PAIRS * 2);
  expect(operator.service.process.log()).not.toContain('lacks a role');
  await cluster.settled();
  await cluster.quiet();
}, 420_000);

test('our kinds deleted with objects in them: finalizers of published operators hold nothing up', async () => {
  await knownToCollector();
  const names = ['brokers.meshery.io', 'meshsyncs.meshery.io'];
  const startedAt = performance.now();
  await cluster.kubectl('delete', 'crd', ...names, '--timeout=60s');
  await expectGone('staying', 60_000);
  process.stdout.write(`kinds gone after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  await waitUntil({ what: 'not being ready', timeoutMs: 60_000 }, async () => !(await operator.service.isReady()));
  await cluster.quiet();
  await cluster.install();
  await operator.service.ready(60_000);
  await createPairs('staying');
  await cluster.settled();
  await knownToCollector();
}, 720_000);

test('our kinds deleted while the operator is cut off: it makes nothing again of what went', async () => {
  const logSince = (start: number): string => operator.service.process.log().slice(start);
  proxy.injectEverywhere({ type: 'refuse' });
  await waitUntil({ what: 'a refusal', timeoutMs: 60_000 }, () => proxy.injected.refuse > 0);
  for (const plural of ['brokers', 'meshsyncs'] as const) {
    for (const { metadata } of await cluster.all(plural)) {
      await cluster.change(plural, metadata.name, { metadata: { finalizers: null } }, metadata.namespace);
    }
  }
  await cluster.kubectl('delete', 'crd', 'brokers.meshery.io', 'meshsyncs.meshery.io', '--timeout=60s');
  const before = operator.service.process.log().length;
  proxy.heal();
  await expectGone('staying', 60_000);
  await waitUntil({ what: 'the API server being asked for our kinds', timeoutMs: 60_000 }, () =>
    /could not find the requested resource|404 page not found/.test(logSince(before)),
  );
  await cluster.quiet();
  expect(await ownedObjects(cluster)).toEqual([]);
  await cluster.install();
  await operator.service.ready(60_000);
}, 720_000);
