import type { CommitNotice, InventoryStore } from '../inventory-store.ts';
import { runVerdicts, verdicts } from '../shared/wire-codes.ts';
import { RunScript, objectChange } from './batches.ts';
import { fill, names, pods, send, snapshot } from './contract-helpers.ts';

/** Part of the contract of inventory stores. */
export function resetContract(get: () => InventoryStore): void {
  describe('emptying the cache', () => {
    test('tables are counted', async () => {
      const store = get();
      await fill(store, 10);
      const counts = Object.fromEntries((await store.tables()).map(({ name, count }) => [name, count]));
      expect(counts).toMatchObject({ objects: 10, clusters: 1, tombstones: 0 });
    });

    test('nothing is left, everybody hears it, and agents fill it again', async () => {
      const store = get();
      await fill(store, 10);
      const before = await store.seq();
      const heard: CommitNotice[] = [];
      store.onCommit((notice) => heard.push({ ...notice }));
      await store.reset('asked for');
      expect([await names(store), await store.clusters()]).toEqual([[], []]);
      expect(heard.filter(({ reset }) => reset !== undefined)).toMatchObject([{ reset: 'asked for', changes: [] }]);
      expect(await store.seq()).toBeGreaterThan(before);
      expect(await store.changesSince(before, 10)).toMatchObject({ reset: true });
      const run = new RunScript('c1', '01');
      expect((await store.ingest(run.changes(pods, [objectChange('late')]))).verdict).toBe(verdicts.gap);
      expect(await store.openRun(run.open())).toEqual({ verdict: runVerdicts.accepted, checkpoints: [] });
      await send(store, ...snapshot(run, pods, [objectChange('back')]));
      expect(await names(store)).toEqual(['back']);
      expect(store.health().recovered).toBeUndefined();
    });

    test('two at a time are one', async () => {
      const store = get();
      await fill(store, 10);
      const both = await Promise.allSettled([store.reset('first'), store.reset('second')]);
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(both[1]).toMatchObject({ reason: { code: 'meshery-store-1606' } });
    });
  });
}
