import { type OperatorProcess, waitUntil } from '@meshery/testing';
import { ManagedCluster } from '../support/managed-cluster.ts';

/** Of the Lease: whoever leads is taken for dead after that time, and renews every two seconds. */
const LEASE_MS = 15_000;
const ROUNDS = 3;
const TAKE_OVER_MS = LEASE_MS + 30_000;
const lease = '/apis/coordination.k8s.io/v1/namespaces/meshery/leases/meshery-operator-leader.meshery.io';

interface Lease {
  readonly spec: { readonly holderIdentity: string; readonly acquireTime: string };
}

type Name = 'first' | 'second';
const names: readonly Name[] = ['first', 'second'];

let cluster: ManagedCluster;
let operators: Record<Name, OperatorProcess>;

beforeAll(async () => {
  cluster = await ManagedCluster.start();
  for (const name of names) await cluster.addAccount(name);
  const start = (name: Name): Promise<OperatorProcess> =>
    cluster.startOperator({ account: name, identity: name, leaseNamespace: 'meshery' });
  operators = { first: await start('first'), second: await start('second') };
}, 300_000);

afterAll(async () => {
  for (const name of names) await operators[name].stop();
  await cluster.stop();
});

async function leader(): Promise<Name> {
  return waitUntil({ what: 'a leader', timeoutMs: TAKE_OVER_MS }, async () => {
    for (const name of names) {
      const leads = await operators[name].metric('meshery_operator_leader').catch(() => 0);
      if (leads === 1) return name;
    }
    return undefined;
  });
}

const other = (name: Name): Name => (name === 'first' ? 'second' : 'first');

async function createMany(prefix: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const name = `${prefix}-${String(index)}`;
    await cluster.create('brokers', name, {});
    await cluster.create('meshsyncs', name, { broker: { native: { name } } });
  }
}

/** Writes of one operator to anything but the Lease, refused ones too. */
const writesOf = (name: Name) => cluster.writeLog.read().filter(({ user }) => user === name);

/** When the API server let an operator take the lead last. */
async function leadsSince(name: Name): Promise<number> {
  const { spec } = await cluster.admin.json<Lease>({ path: lease });
  expect(spec.holderIdentity).toBe(name);
  return Date.parse(spec.acquireTime);
}

test('the leader killed in the middle of its work: the other ends it, and one after the other wrote', async () => {
  const victim = await leader();
  const heir = other(victim);
  expect(writesOf(heir)).toEqual([]);
  await createMany('killed', 5);
  await waitUntil({ what: 'work under way', timeoutMs: 60_000 }, () => writesOf(victim).length > 10);
  const exit = await operators[victim].service.kill();
  expect(exit?.signal).toBe('SIGKILL');
  const startedAt = performance.now();
  // The killed one may have ended its work in time: there is some for the other in any case.
  await createMany('orphaned', 2);
  expect(await leader()).toBe(heir);
  await cluster.settled();
  process.stdout.write(
    `leader killed 1 time: all ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`,
  );
  const since = await leadsSince(heir);
  expect(writesOf(heir).length).toBeGreaterThan(0);
  expect(writesOf(heir).filter(({ at }) => at < since - 1)).toEqual([]);
  expect(writesOf(victim).filter(({ at }) => at >= since)).toEqual([]);
  await operators[victim].service.up();
  await operators[victim].service.ready();
}, 420_000);

test('a leader that was stopped and goes on after another took over begins no write', async () => {
  const victim = await leader();
  const heir = other(victim);
  let frozen = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = writesOf(victim).length;
    await createMany(`frozen-${String(round)}`, 5);
    await waitUntil({ what: 'work under way', timeoutMs: 60_000 }, () => writesOf(victim).length > before + 5);
    operators[victim].service.process.freeze();
    frozen += 1;
    await waitUntil({ what: 'the other leading', timeoutMs: TAKE_OVER_MS }, async () => {
      return (await operators[heir].metric('meshery_operator_leader')) === 1;
    });
    const since = await leadsSince(heir);
    operators[victim].service.process.thaw();
    await cluster.settled();
    await createMany(`thawed-${String(round)}`, 2);
    await cluster.settled();
    // A request that had passed the look at the lease when the process was stopped still goes out: one, never another.
    expect(writesOf(victim).filter(({ at }) => at >= since).length).toBeLessThanOrEqual(1);
    await waitUntil({ what: 'the stopped one noticing', timeoutMs: 60_000 }, async () => {
      return (await operators[victim].metric('meshery_operator_leader')) === 0;
    });
    // The stopped one leads again for the next round.
    await operators[heir].service.down();
    expect(await leader()).toBe(victim);
    await operators[heir].service.up();
    await operators[heir].service.ready();
  }
  process.stdout.write(`leader stopped ${String(frozen)} times\n`);
  expect(frozen).toBe(ROUNDS);
}, 1_200_000);
