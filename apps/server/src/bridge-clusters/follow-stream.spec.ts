import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metadata } from '@grpc/grpc-js';
import type { FollowRequest, FollowResponse } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import { createLogger, systemClock } from '@meshery/observability';
import { openUserStore } from '@meshery/store';
import type { UserStore } from '@meshery/store';
import type { Caller } from '../ingest/bridge-bindings.ts';
import { BridgeReports } from './bridge-reports.ts';
import { ClusterLeases } from './cluster-leases.ts';
import { FollowStream } from './follow-stream.ts';
import type { FollowServerCall } from './follow-stream.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const everything: Caller = { name: 'edge', clusters: new Set(['*']), kubeconfigs: true };
let folder: string;
let store: UserStore;
let leases: ClusterLeases;
let now: number;

/** A call whose bridge reads nothing, or everything at once. */
class Call extends EventEmitter {
  readonly said: NonNullable<FollowResponse['body']>[] = [];
  readonly #reads: boolean;
  code: string | undefined;
  cancelled = false;

  constructor(reads: boolean) {
    super();
    this.#reads = reads;
    this.on('error', ({ metadata }: { readonly metadata: Metadata }) => {
      this.code = metadata.get('meshery-code')[0]?.toString();
    });
  }

  write({ body }: FollowResponse, onRead: () => void): void {
    if (body !== undefined) this.said.push(body);
    if (this.#reads) onRead();
  }

  end(): void {
    this.code ??= 'ended';
  }

  hear(body: FollowRequest['body']): void {
    this.emit('data', { body });
  }

  async begin(instance = 'i'): Promise<void> {
    this.hear({ $case: 'begin', value: { instance, clusterIds: [] } });
    await leases.reconcile();
  }
}

function open(reads = true, identify: () => Promise<Caller> = () => Promise.resolve(everything)): Call {
  const call = new Call(reads);
  const reports = new BridgeReports({ leases, clock: systemClock });
  const deps = { caller: everything, identify, leases, reports, logger };
  new FollowStream(call as unknown as FollowServerCall, deps).start();
  return call;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-follow-'));
  store = await openUserStore({ dataDir: folder, logger });
  now = 0;
  const clock = { ...systemClock, monotonic: () => now };
  let serial = 0;
  const exchange = store.exchange.bind(store);
  leases = new ClusterLeases({ exchange, clock, logger, leaseMs: 1000, ids: () => `l${String((serial += 1))}` });
  now = 2000;
});
afterEach(async () => {
  await leases.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('a stream begins once, with an instance', async () => {
  const [none, odd, twice] = [open(), open(), open()];
  none.hear({ $case: 'renew', value: { number: 1, reports: [] } });
  await odd.begin('a b');
  await twice.begin();
  expect(twice.said).toEqual([{ $case: 'renewed', value: { number: 0, leaseMs: 1000 } }]);
  await twice.begin();
  expect([none.code, odd.code, twice.code]).toEqual(Array(3).fill('meshery-messaging-1503'));
  expect(leases.followers).toEqual([]);
});

test('no more than a hundred bridges are served', async () => {
  const calls = Array.from({ length: 101 }, () => open());
  for (const [index, call] of calls.entries()) await call.begin(`i${String(index)}`);
  expect(calls.slice(-2).map(({ code }) => code)).toEqual([undefined, 'meshery-core-1005']);
});

test('a bridge that does not read is cut when too much waits for it; one that reads is not', async () => {
  const kubeconfig = 'x'.repeat(64 * 1024);
  const ids = Array.from({ length: 1000 }, (_, index) => String(index));
  const wanted = (name: string) =>
    new Map(ids.map((clusterId) => [clusterId, { clusterId, connectionId: clusterId, name, kubeconfig }]));
  for (const reads of [false, true]) {
    const call = open(reads);
    await call.begin();
    await leases.want(wanted('first'));
    expect(call.code).toBeUndefined();
    await leases.want(wanted('second'));
    expect(call.code).toBe(reads ? undefined : 'meshery-core-1010');
  }
});

test('a binding that is withdrawn ends the stream at the next renewal', async () => {
  const gone = new MesheryError('meshery-auth-1201', 'gone');
  const call = open(true, () => Promise.reject(gone));
  await call.begin();
  call.hear({ $case: 'renew', value: { number: 1, reports: [] } });
  await new Promise(setImmediate);
  expect([call.code, leases.followers]).toEqual(['meshery-auth-1201', []]);
});

test('the end of a call leaves its leases as they are', async () => {
  const call = open();
  await call.begin();
  await leases.want(new Map([['c', { clusterId: 'c', connectionId: '1', name: 'c', kubeconfig: '' }]]));
  call.emit('cancelled');
  expect([call.code, leases.followers, leases.held('c')?.holder]).toEqual(['ended', [], 'edge/i']);
});
