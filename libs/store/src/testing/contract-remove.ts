import type { CommitNotice, CommittedChange, InventoryStore } from '../inventory-store.ts';
import { removedAtOnce } from '../shared/remove-cluster.ts';
import { runVerdicts, verdicts } from '../shared/wire-codes.ts';
import { RunScript, deletion, objectChange } from './batches.ts';
import { exported, fill, names, pods, send, snapshot } from './contract-helpers.ts';

/** Part of the contract of inventory stores. */
export function removeContract(get: () => InventoryStore): void {
  describe('removing a cluster', () => {
    const other = new RunScript('c2', '01');
    const ids = async (): Promise<string[]> => (await get().clusters()).map(({ id }) => id);
    const fillOther = async (): Promise<void> => {
      await get().openRun(other.open());
      await send(get(), ...snapshot(other, pods, [objectChange('kept', { uid: 'kept' })]));
    };

    test('takes all of its rows and nothing else, and everybody hears a delete of each', async () => {
      const store = get();
      const count = removedAtOnce + 10;
      await fill(store, count);
      await fillOther();
      const before = await store.seq();
      const heard: CommittedChange[] = [];
      const notices: CommitNotice[] = [];
      store.onCommit((notice) => {
        heard.push(...notice.changes);
        notices.push(notice);
      });
      expect(await store.removeCluster('c1')).toBe(true);
      expect(new Set(heard.map(({ type, head }) => `${type} ${head.clusterId} ${head.kind}`))).toEqual(
        new Set(['delete c1 Pod']),
      );
      expect(new Set(heard.map(({ head }) => head.name)).size).toBe(count);
      expect([notices.length, notices.at(-1)?.clusterIds]).toEqual([2, ['c1']]);
      expect([await names(store), await ids(), [...(await exported(store)).keys()]]).toEqual([
        ['kept'],
        ['c2'],
        ['kept'],
      ]);
      expect((await store.summary({ clusterIds: 'all' })).kinds).toMatchObject([{ kind: 'Pod', count: 1 }]);
      expect(await store.changesSince(before, 10)).toMatchObject({ reset: true });
      expect(await store.changesSince(await store.seq(), 10)).toMatchObject({ reset: false, changes: [] });
    });

    test('leaves nothing behind, and there is nothing to remove afterwards', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('one'), objectChange('two')]));
      await send(store, run.changes(pods, [deletion('one'), deletion('never seen')]));
      expect(await store.removeCluster('c1')).toBe(true);
      const counts = Object.fromEntries((await store.tables()).map(({ name, count }) => [name, count]));
      expect(counts).toMatchObject({ objects: 0, clusters: 0, resources: 0, tombstones: 0 });
      expect([await store.removeCluster('c1'), await store.removeCluster('unknown'), await ids()]).toEqual([
        false,
        false,
        [],
      ]);
    });

    test('an agent that still reports it starts anew, also with what was deleted before', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('one'), objectChange('two')]));
      await send(store, run.changes(pods, [deletion('one')]));
      await store.removeCluster('c1');
      expect((await store.ingest(run.changes(pods, [objectChange('late')]))).verdict).toBe(verdicts.gap);
      expect(await store.openRun(run.open())).toEqual({ verdict: runVerdicts.accepted, checkpoints: [] });
      await send(store, ...snapshot(run, pods, [objectChange('one')]));
      await send(store, run.changes(pods, [objectChange('two')]));
      expect(await names(store)).toEqual(['one', 'two']);
    });

    test('a cluster that comes after it is not taken for it', async () => {
      const store = get();
      await fill(store, 2);
      expect((await store.find('uid-ns-1-pod-00001'))?.clusterId).toBe('c1');
      await store.removeCluster('c1');
      await fillOther();
      const [row] = (await store.page({ ...byName, clusterIds: ['c2'] }, false)).rows;
      expect([(await store.find('kept'))?.clusterId, row?.clusterId]).toEqual(['c2', 'c2']);
      expect(await names(store, { clusterIds: ['c1'] })).toEqual([]);
    });
  });
}

const byName = { sort: 'name', descending: false, pageSize: 10 } as const;
