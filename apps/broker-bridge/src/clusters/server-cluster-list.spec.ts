import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { FollowRequest, FollowResponse } from '@meshery/contracts';
import { clusterServiceDefinition } from '@meshery/contracts/grpc';
import { IngestChannel } from '@meshery/messaging/ingest-grpc';
import { createLogger, systemClock } from '@meshery/observability';
import type { Clock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import type { ClusterEntries } from './cluster-entry.ts';
import { ServerClusterList } from './server-cluster-list.ts';

/** Against a server whose words are those of a test; over a real connection. */

let leaseMs: number;
let passedMs: number;
/** Time passes while somebody sleeps and at no other: no lease runs out in a pause of this process. */
const clock: Clock = {
  ...systemClock,
  monotonic: () => passedMs,
  sleep: async (ms, signal) => {
    await systemClock.sleep(Math.min(ms, 50), signal);
    passedMs += ms;
  },
};
const kubeconfig = JSON.stringify({
  clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
  users: [{ name: 'u', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' } } }],
  contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  'current-context': 'x',
});
const logger = createLogger({ service: 'test', level: 'silent' });
let server: Server;
let calls: ServerDuplexStream<FollowRequest, FollowResponse>[];
let heard: NonNullable<FollowRequest['body']>[];
let answers: boolean;
let told: ClusterEntries;
/** When the first list without a cluster was told after one with. */
let emptyAt: number | undefined;
let ended: () => Promise<void>;
let stop: AbortController;
let following: Promise<void>;

beforeEach(() => {
  leaseMs = 7500;
  passedMs = 0;
  emptyAt = undefined;
  [calls, heard, answers] = [[], [], true];
  told = { entries: [], conditions: new Map() };
  ended = () => Promise.resolve();
  stop = new AbortController();
  server = new Server();
});
afterEach(async () => {
  stop.abort();
  await following;
  server.forceShutdown();
});

/** A server, and a list that follows it. */
async function follow(knowsCall = true): Promise<void> {
  const handlers = {
    follow: (call: ServerDuplexStream<FollowRequest, FollowResponse>) => {
      calls.push(call);
      call.on('data', ({ body }: FollowRequest) => {
        if (body !== undefined) heard.push(body);
        const number = body?.$case === 'renew' ? body.value.number : 0;
        if (answers && body?.$case !== 'release')
          call.write({ body: { $case: 'renewed', value: { number, leaseMs } } });
      });
      call.on('end', () => {
        call.end();
      });
      call.on('error', () => undefined);
    },
  };
  if (knowsCall) server.addService(clusterServiceDefinition, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const channel = new IngestChannel({ address: `127.0.0.1:${String(port)}` });
  const stateOf = () => ({ brokerReached: true, code: '', message: '' });
  const deps = { channel, instance: 'i', stateOf, clock, logger, proxy: {} };
  const onEntries = (entries: ClusterEntries): Promise<void> => {
    if (told.entries.length > 0 && entries.entries.length === 0) emptyAt = passedMs;
    told = entries;
    return ended();
  };
  following = new ServerClusterList(deps).follow(onEntries, stop.signal);
}

const plain = (server: string): string =>
  JSON.stringify({
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'c', user: { token: 't' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
    'current-context': 'c',
  });

const until = (what: string, isSo: () => boolean): Promise<boolean> =>
  waitUntil({ what, timeoutMs: 60_000, everyMs: 10 }, isSo);
const names = (): readonly string[] => told.entries.map(({ name }) => name);
const words = (kind: string) => heard.filter(({ $case }) => $case === kind).map(({ value }) => value);

async function assign(leaseId = 'l1', text = kubeconfig): Promise<void> {
  await until('a stream', () => heard.length > 0);
  const value = { clusterId: 'c1', leaseId, connectionId: '42', name: 'My Cluster', kubeconfig: text };
  calls.at(-1)?.write({ body: { $case: 'assign', value } });
  await until('the cluster', () => told.entries.length === 1);
}

test('a cluster is told with its id, and what it would run is refused; its state is reported once', async () => {
  await follow();
  await assign();
  const [entry] = told.entries;
  expect(entry).toMatchObject({ name: 'my-cluster.42', clusterId: 'c1', inCluster: false });
  await expect(entry?.access()).rejects.toMatchObject({ code: 'meshery-kube-1305' });
  const before = words('renew').length;
  await until('three renewals', () => words('renew').length > before + 3);
  const reports = words('renew').flatMap((renewal) => ('reports' in renewal ? renewal.reports : []));
  expect(reports).toEqual([{ clusterId: 'c1', brokerReached: true, code: '', message: '' }]);
});

test.each(['169.254.169.254', '[::ffff:169.254.169.254]', '0xa9fea9fe'])(
  'a kubeconfig that leads to %s is refused',
  async (host) => {
    await follow();
    await assign('l1', plain(`https://${host}`));
    await expect(told.entries[0]?.access()).rejects.toMatchObject({ code: 'meshery-connection-1704' });
  },
);

test('a name is looked at when it is dialled', async () => {
  await follow();
  await assign('l1', plain('https://localhost'));
  const access = await told.entries[0]?.access();
  const { promise, resolve } = Promise.withResolvers<unknown>();
  access?.lookup?.('localhost', { all: true }, (_error, addresses) => {
    resolve(addresses);
  });
  expect(await promise).toEqual(expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]));
});

test('a cluster that is taken away is released when what served it has ended, not before', async () => {
  await follow();
  await assign();
  const links = Promise.withResolvers<void>();
  ended = () => links.promise;
  calls[0]?.write({ body: { $case: 'withdraw', value: { clusterId: 'c1', leaseId: 'l1' } } });
  await until('the end', () => told.entries.length === 0);
  const before = words('renew').length;
  await until('renewals', () => words('renew').length > before + 1);
  expect(words('release')).toEqual([]);
  links.resolve();
  await until('the release', () => words('release').length === 1);
  expect(words('release')).toEqual([{ clusterId: 'c1', leaseId: 'l1' }]);
});

test('after a break it says what it serves, and goes on', async () => {
  leaseMs = 30_000;
  await follow();
  await assign();
  calls[0]?.end();
  await until('another stream', () => words('begin').length === 2);
  expect(words('begin')).toEqual([
    { instance: 'i', clusterIds: [] },
    { instance: 'i', clusterIds: ['c1'] },
  ]);
  await assign('l2');
  await until('no failure', () => told.failure === undefined);
  expect(names()).toEqual(['my-cluster.42']);
});

test('leases that are not renewed are let go in time, and said as a failure', async () => {
  await follow();
  await assign();
  const silentSince = passedMs;
  answers = false;
  await until('the end', () => emptyAt !== undefined);
  expect((emptyAt ?? 0) - silentSince).toBeLessThan(leaseMs);
  await until('a failure', () => told.failure?.code === 'meshery-messaging-1500');
});

test('at the end it lets go first, and then says so', async () => {
  await follow();
  await assign();
  let isOver = false;
  ended = () => {
    expect(words('release')).toEqual([]);
    isOver = true;
    return Promise.resolve();
  };
  stop.abort();
  await following;
  expect([isOver, names(), words('release')]).toEqual([true, [], [{ clusterId: 'c1', leaseId: 'l1' }]]);
});

test('a server that does not know the call is a condition: the bridge is no worse for it', async () => {
  await follow(false);
  await until('a condition', () => told.conditions.get('server')?.code === 'meshery-core-1009');
  expect(told.failure).toBeUndefined();
});
