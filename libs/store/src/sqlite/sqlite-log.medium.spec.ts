import { readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@meshery/testing';
import type { InventoryStore } from '../inventory-store.ts';
import { RunScript, objectChange } from '../testing/batches.ts';
import { names, pods, send } from '../testing/contract-helpers.ts';
import { openIn } from '../testing/sqlite-under-test.ts';

const objects = 640;
const textBytes = 64 * 1024;
const small = 4 * 1024 * 1024;

describe('the write-ahead log', () => {
  let folder: string;
  let store: InventoryStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshery-log-'));
    store = await openIn(folder);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const bytesOf = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;

  /** 40 MB in objects of 64 KB. */
  async function fillLarge(run: RunScript): Promise<void> {
    await store.openRun(run.open());
    await send(store, run.begin(pods));
    const json = JSON.stringify({ kind: 'Pod', text: 'x'.repeat(textBytes) });
    for (let start = 0; start < objects; start += 8) {
      const some = Array.from({ length: 8 }, (_, index) => objectChange(`big-${start + index}`, { json }));
      await send(store, run.changes(pods, some));
    }
    await send(store, run.end(pods, '1', objects));
  }

  test('is copied back and cut when it is large, although changes never pause', async () => {
    const run = new RunScript('c1', '01');
    await fillLarge(run);
    let version = 1;
    await waitUntil({ what: 'the log cut', timeoutMs: 60_000, everyMs: 20 }, async () => {
      version += 1;
      await send(store, run.changes(pods, [objectChange('often', { resourceVersion: String(version) })]));
      return bytesOf('inventory.db-wal') < small && bytesOf('inventory.db') > objects * textBytes;
    });
    expect(await names(store)).toHaveLength(objects + 1);
  });

  test('is copied back by a thread that yields to all others', async () => {
    await fillLarge(new RunScript('c1', '01'));
    const niceness = (): number[] =>
      readdirSync('/proc/self/task').map((id) => {
        const stat = readFileSync(`/proc/self/task/${id}/stat`, 'latin1');
        const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
        return Number(fields[16]);
      });
    await waitUntil({ what: 'a thread of low priority', timeoutMs: 60_000, everyMs: 20 }, () => {
      // Two where the check of the file goes on beside it.
      return Promise.resolve(niceness().includes(19));
    });
    expect(niceness().filter((value) => value === getPriority()).length).toBeGreaterThan(1);
  });

  test('is copied back and cut when nothing more comes', async () => {
    await fillLarge(new RunScript('c1', '01'));
    await waitUntil({ what: 'the log cut', timeoutMs: 60_000, everyMs: 20 }, () => {
      return Promise.resolve(bytesOf('inventory.db-wal') < small && bytesOf('inventory.db') > objects * textBytes);
    });
    expect(await names(store)).toHaveLength(objects);
  });
});
