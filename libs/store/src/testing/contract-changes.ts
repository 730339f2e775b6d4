import { isMesheryError } from '@meshery/errors';
import type { CommitNotice, InventoryStore } from '../inventory-store.ts';
import { RunScript, deletion, objectChange } from './batches.ts';
import { pods, everything, query, send, snapshot, names, exported, tags } from './contract-helpers.ts';
import type { StoreUnderTest } from './contract-helpers.ts';

/** Part of the contract of inventory stores. */
export function changeContract(get: () => InventoryStore): void {
  describe('changes', () => {
    test('commit notices come in order and name what changed, once per object', async () => {
      const store = get();
      const heard: CommitNotice[] = [];
      const end = store.onCommit((notice) => heard.push(notice));
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a'), objectChange('b')]));
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      expect(heard.flatMap((notice) => tags(notice.changes))).toEqual(['upsert a', 'upsert b', 'delete b']);
      const seqs = heard.flatMap((notice) => notice.changes.map((change) => change.head.seq));
      expect(seqs).toEqual(seqs.toSorted((left, right) => left - right));
      expect(heard.at(-1)?.seq).toBe((await store.page(query(), false)).seq);
      expect(heard.some((notice) => notice.clusterIds.includes('c1'))).toBe(true);
      end();
      const before = heard.length;
      await send(store, run.changes(pods, [objectChange('c')]));
      expect(heard.length).toBe(before);
    });

    test('a listener that throws keeps nobody from hearing', async () => {
      const store = get();
      const heard: string[] = [];
      store.onCommit(() => {
        throw new Error('listener');
      });
      store.onCommit((notice) => heard.push(...tags(notice.changes)));
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      expect(heard).toEqual(['upsert a']);
    });

    test('an equal resourceVersion is no change', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      const { seq } = await store.page(query(), false);
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      expect((await store.page(query(), false)).seq).toBe(seq);
      await send(store, run.changes(pods, [objectChange('a', { resourceVersion: '2', labels: { app: 'other' } })]));
      expect((await store.page(query(), false)).seq).toBe(seq + 1);
      expect(await names(store, { labels: [{ key: 'app', value: 'web' }] })).toEqual([]);
      expect(await names(store, { labels: [{ key: 'app', value: 'other' }] })).toEqual(['a']);
    });

    test('readers resume after a sequence, in pieces, coalesced to the latest state', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a'), objectChange('b')]));
      const { seq } = await store.page(query(), false);
      await send(store, run.changes(pods, [objectChange('a', { resourceVersion: '2' })]));
      await send(store, run.changes(pods, [objectChange('a', { resourceVersion: '3' }), deletion('b')]));
      const first = await store.changesSince(seq, 1);
      expect(first).toMatchObject({ reset: false, more: true });
      const second = await store.changesSince(first.seq, 10);
      if (first.reset || second.reset) throw new Error('unexpected reset');
      expect(tags([...first.changes, ...second.changes])).toEqual(['upsert a', 'delete b']);
      expect(first.changes[0]?.head.resourceVersion).toBe('3');
      expect(second.more).toBe(false);
      expect(await store.changesSince(second.seq, 10)).toMatchObject({ reset: false, changes: [] });
    });

    test('a position that is older than the log, or of another store, is answered by a reset', async () => {
      const store = get();
      const { seq } = await store.page(query(), false);
      expect(await store.changesSince(0, 10)).toEqual({ reset: true, seq });
      expect(await store.changesSince(seq + 5, 10)).toEqual({ reset: true, seq });
      expect(await store.changesSince(seq, 10)).toMatchObject({ reset: false, changes: [] });
    });
  });
}

/** Part of the contract of inventory stores. */
export function textContract(get: () => InventoryStore): void {
  describe('texts', () => {
    const tricky = [
      ['integers', '{"metadata":{"name":"integers"},"n":9007199254740993,"m":1e400,"z":-0}'],
      ['unicode', '{"metadata":{"name":"unicode"},"text":"äß漢字🚀\\u0000\\ud800 <script>"}'],
      ['proto', '{"metadata":{"name":"proto"},"__proto__":{"polluted":true},"constructor":{"prototype":1}}'],
      ['large', `{"metadata":{"name":"large"},"data":"${'x'.repeat(1_500_000)}"}`],
    ] as const;

    test('come back character for character', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const objects = tricky.map(([name, json]) => objectChange(name, { json }));
      await send(store, ...snapshot(run, pods, objects));
      const all = await exported(store);
      for (const [name, json] of tricky) {
        expect(all.get(name) === json).toBe(true);
        expect((await store.find(`uid-default-${name}`))?.json === json).toBe(true);
      }
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    test('keys named __proto__ and constructor are ordinary labels', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const labels = JSON.parse('{"__proto__":"evil","constructor":"x"}') as Record<string, string>;
      await send(store, ...snapshot(run, pods, [objectChange('__proto__', { labels, namespace: 'constructor' })]));
      expect(await names(store, { labels: [{ key: '__proto__', value: 'evil' }] })).toEqual(['__proto__']);
      expect(await names(store, { namespaces: ['constructor'], labels: [{ key: 'constructor', value: 'x' }] })).toEqual(
        ['__proto__'],
      );
      expect((await store.summary(everything)).labels).toContainEqual({ key: '__proto__', value: 'evil' });
    });
  });
}

/** Part of the contract of inventory stores. */
export function durabilityContract(get: () => StoreUnderTest): void {
  describe('closing and opening again', () => {
    test('rows, checkpoints, sequence and tombstones are still there', async () => {
      const subject = get();
      const run = new RunScript('c1', '01');
      await subject.store.openRun(run.open());
      await send(subject.store, ...snapshot(run, pods, [objectChange('a'), objectChange('b')]));
      await send(subject.store, run.changes(pods, [deletion('b')], '101'));
      const { seq } = await subject.store.page(query(), false);
      const store = await subject.reopen();
      expect(await names(store)).toEqual(['a']);
      expect((await store.page(query(), false)).seq).toBe(seq);
      expect((await store.clusters())[0]).toMatchObject({ state: 'stale', objectCount: 1 });
      const next = new RunScript('c1', '02');
      expect((await store.openRun(next.open())).checkpoints).toEqual([
        { kind: pods, epoch: 1, resourceVersion: '101', objectCount: 1 },
      ]);
      next.resume(pods, 1);
      await send(store, next.changes(pods, [objectChange('b', { resourceVersion: '9' })]));
      expect(await names(store)).toEqual(['a']);
      expect(store.health()).toMatchObject({ migrated: true, writerAlive: true, queued: 0 });
    });

    test('close commits what was accepted, and calls after it are refused with a code', async () => {
      const subject = get();
      const run = new RunScript('c1', '01');
      await subject.store.openRun(run.open());
      const pending = snapshot(run, pods, [objectChange('a')]).map((batch) => subject.store.ingest(batch));
      const store = await subject.reopen();
      expect((await Promise.all(pending)).map((outcome) => outcome.verdict)).toEqual([1, 1, 1]);
      expect(await names(store)).toEqual(['a']);
      const error: unknown = await subject.store.page(query(), false).catch((reason: unknown) => reason);
      expect(isMesheryError(error) && error.code).toBe('meshery-store-1602');
    });
  });
}
