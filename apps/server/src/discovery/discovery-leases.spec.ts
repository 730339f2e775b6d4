import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, systemClock } from '@meshery/observability';
import { openUserStore } from '@meshery/store';
import type { UserStore } from '@meshery/store';
import { waitUntil } from '@meshery/testing';
import { DiscoveryLeases } from './discovery-leases.ts';

const leaseMs = 100;
const logger = createLogger({ service: 'test', level: 'silent' });
let folder: string;
let store: UserStore;
let servers: Server[];
let now: number;

/** A server that could discover, and what it does. */
class Server {
  readonly discovers = new Set<string>();
  readonly readAnew: string[] = [];
  isCutOff = false;
  word = 'fine';
  readonly leases = new DiscoveryLeases({
    exchange: (change) => (this.isCutOff ? Promise.reject(new Error('cut off')) : store.exchange(change)),
    clock: { ...systemClock, monotonic: () => now },
    ...{ logger, leaseMs, ids: randomUUID },
  });

  constructor() {
    servers.push(this);
  }

  want(id: string): void {
    const work = {
      begin: (connectionId: string): unknown => this.discovers.add(connectionId),
      end: (connectionId: string): unknown => this.discovers.delete(connectionId),
      says: () => ({ word: this.word }),
      readAnew: (connectionId: string): unknown => this.readAnew.push(connectionId),
    };
    if (this.leases.want(id, work)) work.begin(id);
  }

  leave(id: string): void {
    this.discovers.delete(id);
    this.leases.leave(id);
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-discovery-leases-'));
  store = await openUserStore({ dataDir: folder, logger });
  servers = [];
  now = 0;
});
afterEach(async () => {
  await Promise.all(servers.map(({ leases }) => leases.close()));
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const until = (what: string, probe: () => boolean): Promise<unknown> =>
  waitUntil({ what, timeoutMs: 20_000, everyMs: 5 }, probe);

/** Two servers of which the first has the lease, and the other knows of it. */
async function two(): Promise<[Server, Server]> {
  const [one, other] = [new Server(), new Server()];
  one.want('c');
  await until('the lease', () => one.discovers.has('c'));
  other.want('c');
  await until('the words', () => other.leases.said.has('c'));
  return [one, other];
}

test('one of several discovers, and the others hear what it says, as often as it says something else', async () => {
  const [one, other] = await two();
  for (const word of ['fine', 'lost', 'fine']) {
    one.word = word;
    await until(word, () => JSON.stringify(other.leases.said.get('c')) === JSON.stringify({ word }));
  }
  expect([one.discovers.size, other.discovers.size, one.leases.said.size]).toEqual([1, 0, 0]);
});

test.each<[string, (server: Server) => unknown]>([
  [
    'lets go',
    (one) => {
      one.leave('c');
    },
  ],
  ['ends', (one) => one.leases.close()],
])('another discovers as soon as the one %s', async (_how, end) => {
  const [one, other] = await two();
  await end(one);
  await until('the other', () => other.discovers.has('c'));
});

test('whoever discovers reads anew what another asks for, once for each time that it is asked', async () => {
  const [one, other] = await two();
  expect([one.leases.askToReadAnew('c'), other.leases.askToReadAnew('unknown')]).toEqual([false, false]);
  for (const times of [1, 2]) {
    expect(other.leases.askToReadAnew('c')).toBe(true);
    await until('it to be read anew', () => one.readAnew.length === times);
    // Until it is heard that it is on the board no more, each word of the asker could be heard again.
    one.word = String(times);
    await until('more words', () => JSON.stringify(other.leases.said.get('c')).includes(String(times)));
  }
  expect([one.readAnew, other.readAnew]).toEqual([['c', 'c'], []]);
});

test('another discovers when the one is silent for twice a lease, and the one ends when it hears of that', async () => {
  const [one, other] = await two();
  one.isCutOff = true;
  await until('the other', () => {
    // What the one said before may be read only now: silence counts from then.
    now += leaseMs;
    return other.discovers.has('c');
  });
  one.isCutOff = false;
  await until('the end of the one', () => !one.discovers.has('c'));
  expect(other.discovers.has('c')).toBe(true);
});
