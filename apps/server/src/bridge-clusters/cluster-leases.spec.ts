import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, systemClock } from '@meshery/observability';
import type { Clock } from '@meshery/observability';
import { openUserStore } from '@meshery/store';
import type { BoardChange, UserStore } from '@meshery/store';
import { BridgeReports } from './bridge-reports.ts';
import { ClusterLeases } from './cluster-leases.ts';
import type { Follower, Lease } from './lease.ts';
import type { OperatorCluster } from './operator-cluster.ts';

const leaseMs = 10_000;
const logger = createLogger({ service: 'test', level: 'silent' });
let folder: string;
let store: UserStore;
let now: number;
let leases: ClusterLeases;
let servers: ClusterLeases[];
let isCutOff: boolean;
let serial: number;
const clock: Clock = { ...systemClock, monotonic: () => now };

/** What a bridge was told, and what it serves by that. */
class Bridge implements Follower {
  readonly instance: string;
  readonly clusters: Set<string>;
  readonly serves = new Map<string, string>();
  readonly kubeconfigs: string[] = [];
  readonly toldToEnd: string[] = [];
  isCut = false;
  isWelcome = false;
  server = leases;

  constructor(name: string, clusters: readonly string[] = ['*']) {
    this.instance = `${name}/1`;
    this.clusters = new Set(clusters);
  }

  async join(claims: readonly string[] = [], server = leases): Promise<this> {
    this.server = server;
    server.join(this, claims);
    await server.reconcile();
    return this;
  }

  welcome(): void {
    this.isWelcome = true;
  }

  assign({ clusterId, id }: Pick<Lease, 'id' | 'clusterId'>, { kubeconfig }: OperatorCluster): void {
    this.serves.set(clusterId, id);
    this.kubeconfigs.push(kubeconfig);
  }

  withdraw(clusterId: string): void {
    this.toldToEnd.push(clusterId);
  }

  /** Ends what it was told to end. */
  async letGo(): Promise<void> {
    for (const clusterId of this.toldToEnd.splice(0)) {
      const lease = this.serves.get(clusterId) ?? '';
      this.serves.delete(clusterId);
      this.server.release(this, clusterId, lease);
    }
    for (const server of servers) await server.reconcile();
  }

  cut(): void {
    this.isCut = true;
    this.server.leave(this);
  }

  end(): void {
    this.server.leave(this);
  }
}

function wanted(count: number, kubeconfig = 'first'): ReadonlyMap<string, OperatorCluster> {
  const ids = Array.from({ length: count }, (_, index) => `c${String(index)}`);
  return new Map(
    ids.map((clusterId) => [clusterId, { clusterId, connectionId: clusterId, name: clusterId, kubeconfig }]),
  );
}

/** Time passes in small steps, in which the servers look and the streams that are alive renew. */
async function pass(ms: number, ...alive: readonly Bridge[]): Promise<void> {
  for (const end = now + ms; now < end;) {
    now = Math.min(end, now + leaseMs / 20);
    for (const bridge of alive) bridge.server.renew(bridge);
    for (const server of servers) await server.reconcile();
  }
}

/** A server that shares the database with the others. */
function server(): ClusterLeases {
  const exchange = (change: BoardChange) => (isCutOff ? Promise.reject(new Error('away')) : store.exchange(change));
  const made = new ClusterLeases({ exchange, clock, logger, leaseMs, ids: () => `l${String((serial += 1))}` });
  servers.push(made);
  return made;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-leases-'));
  store = await openUserStore({ dataDir: folder, logger });
});
beforeEach(() => {
  [now, serial, isCutOff, servers] = [1000, 0, false, []];
  leases = server();
});
afterEach(async () => {
  const nothing = { process: 'test', says: {}, gone: [], taken: [], ended: [], said: [], begun: [] };
  const { processes } = await store.exchange(nothing);
  await store.exchange({ ...nothing, gone: [...processes, { id: 'test', beat: 2 }] });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function started(count = 0): Promise<void> {
  await pass(leaseMs);
  for (const one of servers) await one.want(wanted(count));
}

test('clusters are shared out; a bridge that joins gets its share when the other one has let go', async () => {
  await started(20);
  const [one, two] = [new Bridge('one'), new Bridge('two')];
  await one.join();
  expect(one.serves.size).toBe(20);
  await two.join();
  expect([two.serves.size, one.toldToEnd.length > 3, one.toldToEnd.length < 17]).toEqual([0, true, true]);
  const moved = [...one.toldToEnd];
  await one.letGo();
  expect([...two.serves.keys()].sort()).toEqual(moved.sort());
  expect(one.serves.size + two.serves.size).toBe(20);
});

test('what a bridge had that is gone is given on after the lease, not before', async () => {
  await started(4);
  const [one, two] = [new Bridge('one'), new Bridge('two', ['c0', 'c1', 'c2', 'c3'])];
  await one.join();
  one.end();
  await two.join();
  await pass(leaseMs, two);
  expect(two.serves.size).toBe(0);
  await pass(leaseMs / 10, two);
  expect(two.serves.size).toBe(4);
});

test('a stream that is open and silent is cut, and its leases end', async () => {
  await started(1);
  const [one, two] = [new Bridge('one'), new Bridge('two')];
  await one.join();
  await pass(leaseMs / 2);
  await two.join();
  one.toldToEnd.length = 0;
  await pass(leaseMs, two);
  expect([one.isCut, two.serves.size]).toEqual([true, 1]);
});

test('a bridge that comes back in time goes on with the same leases', async () => {
  await started(3);
  const one = new Bridge('one');
  await one.join();
  one.end();
  await pass(leaseMs / 2);
  const again = new Bridge('one');
  await again.join(['c0', 'c1', 'c2']);
  expect([[...again.serves], again.toldToEnd]).toEqual([[...one.serves], []]);
});

test('one that never says that it let go is cut, and keeps what it may still serve', async () => {
  await started(1);
  const [one, two] = [new Bridge('one'), new Bridge('two')];
  await one.join();
  await leases.want(new Map());
  await pass(leaseMs * 2.2, one);
  expect([one.toldToEnd, one.isCut]).toEqual([['c0'], true]);
  await two.join();
  await leases.want(wanted(1));
  expect(two.serves.size).toBe(0);
});

test('only a bridge that is bound to a cluster is given it, and only as long', async () => {
  await started(3);
  const one = new Bridge('one', ['c1']);
  await one.join();
  expect([...one.serves.keys()]).toEqual(['c1']);
  one.clusters.clear();
  await leases.reconcile();
  expect(one.toldToEnd).toEqual(['c1']);
});

test('another kubeconfig is told under the same lease; what is not wanted any more is taken away', async () => {
  await started(1);
  const one = new Bridge('one');
  await one.join();
  await leases.want(wanted(1, 'second'));
  await leases.want(wanted(1, 'second'));
  expect([one.kubeconfigs, [...one.serves]]).toEqual([['first', 'second'], [['c0', 'l2']]]);
  await leases.want(new Map());
  expect(one.toldToEnd).toEqual(['c0']);
});

test('after a start only what is served already is given, to whom serves it; the rest follows', async () => {
  const [one, two] = [new Bridge('one'), new Bridge('two')];
  await one.join(['c1', 'gone']);
  await leases.want(wanted(3));
  await two.join();
  await pass(leaseMs * 0.9, one, two);
  expect([[...one.serves.keys()], [...two.serves.keys()], one.toldToEnd]).toEqual([['c1'], [], ['gone']]);
  await pass(leaseMs * 0.2, one, two);
  await one.letGo();
  expect([...one.serves.keys(), ...two.serves.keys()].sort()).toEqual(['c0', 'c1', 'c2']);
});

test('a report counts while its bridge has the cluster; without one it is said what is missing', async () => {
  const reports = new BridgeReports({ leases, clock: { ...clock, now: () => 0 } });
  const known = { clusters: wanted(1), clusterOf: new Map([['connection', 'c0']]), faults: new Map() };
  expect(reports.stateOf('connection')).toBeUndefined();
  reports.know(known);
  await started(1);
  expect(reports.stateOf('connection')).toMatchObject({ isReached: false, bridge: '', code: 'meshery-core-1008' });
  const one = new Bridge('one');
  await one.join();
  expect(reports.stateOf('connection')).toMatchObject({ bridge: 'one', code: 'meshery-core-1008', at: '' });
  const report = { clusterId: 'c0', brokerReached: true, code: '', message: '' };
  reports.note('two/1', report);
  expect(reports.stateOf('connection')?.isReached).toBe(false);
  reports.note(one.instance, report);
  reports.note('two/1', { ...report, brokerReached: false });
  const at = '1970-01-01T00:00:00.000Z';
  expect(reports.stateOf('connection')).toEqual({
    isReached: true,
    bridge: 'one',
    code: '',
    message: '',
    remedy: '',
    at,
  });
  one.end();
  await pass(leaseMs * 1.1);
  expect(reports.stateOf('connection')).toMatchObject({ isReached: false, bridge: '' });
});

test('bridges at two servers share clusters; what one lets go of the other is given', async () => {
  const other = server();
  await started(20);
  const [one, two] = [new Bridge('one'), new Bridge('two')];
  await one.join();
  expect(one.serves.size).toBe(20);
  await two.join([], other);
  await pass(leaseMs / 10, one, two);
  const moved = [...one.toldToEnd];
  expect([two.serves.size, moved.length > 3, moved.length < 17]).toEqual([0, true, true]);
  await one.letGo();
  await pass(leaseMs / 10, one, two);
  expect([...two.serves.keys()].sort()).toEqual(moved.sort());
  expect([one.serves.size + two.serves.size, one.toldToEnd, two.toldToEnd]).toEqual([20, [], []]);
});

test('what the bridges of a dead server had is given on after twice the time of a lease', async () => {
  const other = server();
  await started(2);
  const [one, two] = [new Bridge('one'), new Bridge('two', [])];
  await one.join();
  await two.join([], other);
  servers = [other];
  two.clusters.add('*');
  await pass(leaseMs * 2, two);
  expect([one.serves.size, two.serves.size]).toEqual([2, 0]);
  await pass(leaseMs / 5, two);
  expect(two.serves.size).toBe(2);
});

test('a bridge that comes to another server goes on with the same leases, and its first server forgets it', async () => {
  const other = server();
  await started(3);
  const one = new Bridge('one');
  await one.join();
  const again = await new Bridge('one').join([...one.serves.keys()], other);
  expect([[...again.serves], again.toldToEnd]).toEqual([[...one.serves], []]);
  await pass(leaseMs * 3, again);
  expect([one.isCut, again.isCut, again.toldToEnd]).toEqual([true, false, []]);
  expect([leases.held('c0'), other.held('c0')]).toMatchObject([{ holder: 'one/1' }, { holder: 'one/1' }]);
});

test('a server that cannot reach the database renews nothing, and its bridges lose what others were given', async () => {
  const other = server();
  await started(1);
  const [one, two] = [new Bridge('one'), new Bridge('two', [])];
  await one.join();
  await two.join([], other);
  expect(leases.renew(one)).toBe(true);
  servers = [other];
  isCutOff = true;
  await leases.reconcile();
  isCutOff = false;
  await pass(leaseMs, two);
  expect(leases.renew(one)).toBe(false);
  two.clusters.add('*');
  await pass(leaseMs * 1.3, two);
  expect([two.serves.size, one.isCut]).toEqual([1, false]);
  await leases.reconcile();
  expect([one.isCut, leases.held('c0')?.holder]).toEqual([true, 'two/1']);
});

test('every server knows what a bridge says about its cluster', async () => {
  const other = server();
  await started(1);
  const one = await new Bridge('one').join();
  const [here, there] = [leases, other].map((kept) => new BridgeReports({ leases: kept, clock }));
  const known = { clusters: wanted(1), clusterOf: new Map([['connection', 'c0']]), faults: new Map() };
  there?.know(known);
  await pass(leaseMs / 10, one);
  expect(there?.stateOf('connection')).toMatchObject({ isReached: false, bridge: 'one', at: '' });
  here?.note(one.instance, { clusterId: 'c0', brokerReached: true, code: '', message: '' });
  await pass(leaseMs / 10, one);
  expect(there?.stateOf('connection')).toMatchObject({ isReached: true, bridge: 'one' });
});
