import { type OperatorProcess, TcpFaultProxy, waitUntil } from '@meshery/testing';
import { ManagedCluster } from '../support/managed-cluster.ts';
import { expectedObjects, ownedObjects } from '../support/owned-oracle.ts';

const PAIRS = 5;
/** Instead of 90 s. */
const STALL_MS = 15_000;
/** A watch or a call is given up after 30 s or STALL_MS, and tried again within 30 s: less than silence is waited for otherwise. */
const HEALED_MS = 75_000;

let cluster: ManagedCluster;
let proxy: TcpFaultProxy;
let operator: OperatorProcess;

beforeAll(async () => {
  cluster = await ManagedCluster.start();
  proxy = await TcpFaultProxy.start({ targetPort: Number(new URL(cluster.plane.url).port) });
  const server = `https://127.0.0.1:${String(proxy.port)}`;
  operator = await cluster.startOperator({ server, watchStallMs: STALL_MS });
}, 300_000);

afterAll(async () => {
  await operator.stop();
  await proxy.close();
  await cluster.stop();
});

async function createPairs(prefix: string): Promise<void> {
  for (let index = 0; index < PAIRS; index += 1) {
    const name = `${prefix}-${String(index)}`;
    await cluster.create('brokers', name, {});
    await cluster.create('meshsyncs', name, { broker: { native: { name } } });
  }
}

async function changePairs(prefix: string, memory: string): Promise<void> {
  const change = { spec: { resources: { limits: { memory } } } };
  for (let index = 0; index < PAIRS; index += 1) {
    await cluster.change('brokers', `${prefix}-${String(index)}`, change);
    await cluster.change('meshsyncs', `${prefix}-${String(index)}`, change);
  }
}

/** Waits for writes of the operator, so that the fault hits in the middle of them. */
async function busy(): Promise<void> {
  const before = cluster.writeLog.read().length;
  await waitUntil({ what: 'work under way', timeoutMs: 60_000, everyMs: 10 }, () => {
    return cluster.writeLog.read().length > before + 3;
  });
}

async function expectWhole(fault: string, injected: number): Promise<void> {
  expect(injected).toBeGreaterThan(0);
  const tookMs = await cluster.settled(HEALED_MS);
  process.stdout.write(`${fault}: ${String(injected)} faults, all ready after ${(tookMs / 1000).toFixed(1)} s\n`);
  const lines = async (): Promise<readonly string[]> =>
    (await ownedObjects(cluster)).map(({ line }) => line).toSorted();
  await waitUntil({ what: 'nothing more and nothing less', timeoutMs: 60_000 }, async () => {
    return JSON.stringify(await lines()) === JSON.stringify(await expectedObjects(cluster));
  });
  await operator.service.ready(HEALED_MS);
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'API server ended by %s in the middle of reconciles, three times',
  async (signal) => {
    const prefix = signal.toLowerCase();
    let restarts = 0;
    await createPairs(prefix);
    for (const memory of ['300Mi', '400Mi', '500Mi']) {
      const change = changePairs(prefix, memory);
      await busy();
      await change;
      await cluster.plane.restartApiServer({ signal });
      restarts += 1;
    }
    await expectWhole(`API server ended by ${signal}`, restarts);
  },
  600_000,
);

test('connections cut in the middle of reconciles', async () => {
  await createPairs('cut');
  for (const memory of ['300Mi', '400Mi', '500Mi']) {
    const change = changePairs('cut', memory);
    await busy();
    for (const connection of proxy.connections) connection.inject({ type: 'cut' });
    await change;
  }
  await expectWhole('connections cut', proxy.injected.cut);
}, 600_000);

test('connections that say nothing any more are given up', async () => {
  await createPairs('idle');
  await createPairs('stalled');
  await cluster.settled();
  const change = changePairs('stalled', '300Mi');
  await busy();
  // Those that are open; new ones pass.
  for (const connection of proxy.connections) connection.inject({ type: 'stall' });
  await change;
  // No call about these was under way: only the silence of the watches tells.
  await changePairs('idle', '400Mi');
  await expectWhole('connections stalled', proxy.injected.stall);
}, 480_000);
