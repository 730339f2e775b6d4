import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import type { InventoryStore } from '../../inventory-store.ts';
import { everything } from '../../testing/contract-helpers.ts';
import { openIn } from '../../testing/sqlite-under-test.ts';
import { ReaderPool } from './reader-pool.ts';

/** Longer than a loaded machine takes to start a thread. */
const restMs = 500;
const summary = { type: 'summary', filter: everything } as const;
const empty = { kinds: [], namespaces: [], labels: [] };

/** Linux keeps 15 characters of a thread's name. */
const readerThreads = (): readonly string[] =>
  readdirSync('/proc/self/task').filter(
    (id) => readFileSync(`/proc/self/task/${id}/comm`, 'latin1') === 'inventory-reade\n',
  );

describe('the threads of a reader pool', () => {
  let folder: string;
  let store: InventoryStore;
  let pool: ReaderPool;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshery-pool-'));
    store = await openIn(folder);
    const data = { file: join(folder, 'inventory.db'), busyTimeoutMs: 1000, cacheBytes: 1024 ** 2, niceness: 0 };
    pool = new ReaderPool(data, systemClock, { threads: 2, deadlineMs: 10_000, restMs });
  });
  afterEach(async () => {
    await pool.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  test('end when nobody asks, and others answer the next query', async () => {
    expect(await Promise.all([pool.run(summary), pool.run(summary), pool.run(summary)])).toEqual([empty, empty, empty]);
    expect(readerThreads()).not.toEqual([]);
    await waitUntil({ what: 'no reader thread', timeoutMs: 60_000, everyMs: 20 }, () => readerThreads().length === 0);
    expect(await pool.run(summary)).toEqual(empty);
    expect(readerThreads()).toHaveLength(1);
  });

  test('a thread that was started early ends as well', async () => {
    pool.warm();
    await waitUntil({ what: 'a reader thread', timeoutMs: 60_000, everyMs: 5 }, () => readerThreads().length === 1);
    await waitUntil({ what: 'no reader thread', timeoutMs: 60_000, everyMs: 20 }, () => readerThreads().length === 0);
  });

  test('stay while queries come', async () => {
    await pool.run(summary);
    const before = readerThreads();
    const until = performance.now() + 2 * restMs;
    while (performance.now() < until) await pool.run(summary);
    expect(readerThreads()).toEqual(before);
  });
});
