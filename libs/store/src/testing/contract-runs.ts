import type { Batch, BatchOutcome, ObjectChange } from '@meshery/contracts';
import type { InventoryStore } from '../inventory-store.ts';
import { kindStates, runVerdicts, sources, verdicts } from '../shared/wire-codes.ts';
import { RunScript, deletion, objectChange } from './batches.ts';
import { pods, query, send, snapshot, names, kindReport } from './contract-helpers.ts';

/** Part of the contract of inventory stores. */
export function runContract(get: () => InventoryStore): void {
  describe('runs and sequences', () => {
    test('a new run is accepted with no checkpoints, an older one is superseded', async () => {
      const store = get();
      const newer = new RunScript('c1', '02');
      const older = new RunScript('c1', '01');
      expect(await store.openRun(newer.open())).toEqual({ verdict: runVerdicts.accepted, checkpoints: [] });
      expect((await store.openRun(older.open())).verdict).toBe(runVerdicts.superseded);
      expect((await store.ingest(older.begin(pods))).verdict).toBe(verdicts.superseded);
      expect((await store.openRun(new RunScript('c2', '01').open())).verdict).toBe(runVerdicts.accepted);
    });

    test('a batch of a newer run takes over although its openRun was lost', async () => {
      const store = get();
      const older = new RunScript('c1', '01');
      await store.openRun(older.open());
      await send(store, ...snapshot(new RunScript('c1', '02'), pods, [objectChange('a')]));
      expect((await store.ingest(older.begin(pods))).verdict).toBe(verdicts.superseded);
      expect(await names(store)).toEqual(['a']);
    });

    test('a repeated batch is a duplicate and changes nothing', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const batches = snapshot(run, pods, [objectChange('a')]);
      await send(store, ...batches);
      await send(store, run.changes(pods, [deletion('a')], '101'));
      const again = await Promise.all(batches.map((batch) => store.ingest(batch)));
      expect(again.map((outcome) => outcome.verdict)).toEqual(batches.map(() => verdicts.duplicate));
      expect(await names(store)).toEqual([]);
    });

    test('a hole in the sequence is a gap that names what is missing; a new snapshot closes it', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      run.skip(pods);
      const outcome: BatchOutcome = await store.ingest(run.changes(pods, [objectChange('b')], '101'));
      expect(outcome).toMatchObject({ verdict: verdicts.gap, expectedSequence: 4, kind: pods, sequence: 5 });
      expect(await names(store)).toEqual(['a']);
      await send(store, ...snapshot(run, pods, [objectChange('b')], '102'));
      expect(await names(store)).toEqual(['b']);
    });

    test('changes without a stored snapshot ask for one', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      run.resume(pods, 7);
      const outcome = await store.ingest(run.changes(pods, [objectChange('a')], '5'));
      expect(outcome).toMatchObject({ verdict: verdicts.gap, expectedSequence: 0 });
      expect((await store.ingest(run.end(pods, '5'))).verdict).toBe(verdicts.gap);
      expect(await names(store)).toEqual([]);
    });

    test('a run that resumes goes on from the committed checkpoint', async () => {
      const store = get();
      const first = new RunScript('c1', '01');
      await store.openRun(first.open());
      await send(store, ...snapshot(first, pods, [objectChange('a'), objectChange('b')]));
      await send(store, first.changes(pods, [deletion('b')], '105'));
      const second = new RunScript('c1', '02');
      const opened = await store.openRun(second.open());
      expect(opened.checkpoints).toEqual([{ kind: pods, epoch: 1, resourceVersion: '105', objectCount: 1 }]);
      second.resume(pods, 1);
      await send(store, second.changes(pods, [objectChange('c')], '106'));
      expect(await names(store)).toEqual(['a', 'c']);
    });

    test('kinds count on their own', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, run.begin(pods), run.begin('services.v1.'), run.changes(pods, [objectChange('a')]));
      await send(store, run.end('services.v1.', '9'), run.end(pods, '8'));
      const { checkpoints } = await store.openRun(run.open());
      expect(checkpoints.toSorted((left, right) => left.kind.localeCompare(right.kind))).toEqual([
        { kind: pods, epoch: 1, resourceVersion: '8', objectCount: 1 },
        { kind: 'services.v1.', epoch: 1, resourceVersion: '9', objectCount: 0 },
      ]);
    });

    test('what cannot be stored is parked with its reason and the rest flows', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, run.begin(pods));
      const nameless = objectChange('x', { name: '', json: '{}' });
      const outcome = await store.ingest(run.changes(pods, [objectChange('a'), nameless, objectChange('b')]));
      expect(outcome.verdict).toBe(verdicts.parked);
      expect(outcome.reason).toMatch(/no name/);
      await send(store, run.end(pods, '9'));
      const bodiless = { ...run.begin(pods), body: undefined };
      expect((await store.ingest(bodiless)).verdict).toBe(verdicts.parked);
      expect(await names(store)).toEqual(['a', 'b']);
    });
  });
}

/** Part of the contract of inventory stores. */
export function snapshotContract(get: () => InventoryStore): void {
  describe('snapshots, sweeps and deletes', () => {
    test('the end of a snapshot deletes what it did not name, in its kind and cluster only', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      const other = new RunScript('c2', '01');
      await store.openRun(run.open());
      await store.openRun(other.open());
      await send(
        store,
        ...snapshot(
          run,
          pods,
          ['a', 'b', 'c'].map((name) => objectChange(name)),
        ),
      );
      await send(store, ...snapshot(run, 'services.v1.', [objectChange('svc', { kind: 'Service' })]));
      await send(store, ...snapshot(other, pods, [objectChange('other')]));
      const [begin, changes, end] = snapshot(run, pods, [objectChange('b'), objectChange('d')], '200');
      await send(store, begin as Batch, changes as Batch);
      expect(await names(store)).toEqual(['a', 'b', 'c', 'd', 'other', 'svc']);
      await send(store, end as Batch);
      expect(await names(store)).toEqual(['b', 'd', 'other', 'svc']);
    });

    test('a swept object may come back', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a')]), ...snapshot(run, pods, []));
      await send(store, run.changes(pods, [objectChange('a')], '300'));
      expect(await names(store)).toEqual(['a']);
    });

    test('a delete applies only to its uid and refuses late upserts of it', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      await send(store, run.changes(pods, [deletion('a', { uid: 'another' })]));
      expect(await names(store)).toEqual(['a']);
      await send(store, run.changes(pods, [deletion('a')]));
      await send(store, run.changes(pods, [objectChange('a', { resourceVersion: '2' })]));
      expect(await names(store)).toEqual([]);
    });

    test('a delete that comes before its upsert keeps the object away', async () => {
      const store = get();
      const run = new RunScript('c1', '01', sources.published);
      await store.openRun(run.open());
      await send(store, run.changes(pods, [deletion('late')]), run.changes(pods, [objectChange('late')]));
      expect(await names(store)).toEqual([]);
    });

    test('a snapshot brings back a uid that was deleted: the cluster is the truth', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a')]), run.changes(pods, [deletion('a')]));
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      expect(await names(store)).toEqual(['a']);
    });

    test('the same name deleted and recreated: the new uid replaces the old row, the old one stays away', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, ...snapshot(run, pods, [objectChange('a', { uid: 'old' })]));
      await send(store, run.changes(pods, [objectChange('a', { uid: 'new', resourceVersion: '2' })]));
      await send(store, run.changes(pods, [objectChange('a', { uid: 'old', resourceVersion: '3' })]));
      await send(store, run.changes(pods, [deletion('a', { uid: 'old' })]));
      const page = await store.page(query(), false);
      expect(page.rows.map(({ name, uid }) => ({ name, uid }))).toEqual([{ name: 'a', uid: 'new' }]);
      expect(page.totalCount).toBe(1);
    });

    test('objects without a uid are known by group, kind, namespace and name', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const component = (version: string): ObjectChange =>
        objectChange('etcd-0', { uid: '', kind: 'ComponentStatus', namespace: '', resourceVersion: version });
      await send(store, ...snapshot(run, 'componentstatuses.v1.', [component('1')]));
      await send(store, run.changes('componentstatuses.v1.', [component('2')]));
      expect((await store.page(query(), false)).rows.map((row) => row.resourceVersion)).toEqual(['2']);
      await send(store, run.changes('componentstatuses.v1.', [deletion('etcd-0', { uid: '', namespace: '' })]));
      expect(await names(store)).toEqual([]);
    });

    test('one uid served in another version of its kind is one row', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const crd = (version: string): ObjectChange =>
        objectChange('x', { kind: 'Widget', apiVersion: `example.com/${version}` });
      await send(store, ...snapshot(run, 'widgets.v1beta1.example.com', [crd('v1beta1')]));
      await send(store, ...snapshot(run, 'widgets.v1.example.com', [crd('v1')]));
      await send(store, run.batch('widgets.v1beta1.example.com', kindReport(kindStates.removed)));
      const page = await store.page(query(), false);
      expect(page.rows.map((row) => row.apiVersion)).toEqual(['example.com/v1']);
      const [cluster] = await store.clusters();
      expect(cluster?.objectCount).toBe(1);
    });

    test('a publisher without epochs only makes unseen rows stale; being named again clears it', async () => {
      const store = get();
      const run = new RunScript('c1', '01', sources.published);
      await store.openRun(run.open());
      await send(store, run.changes(pods, [objectChange('a'), objectChange('b')]));
      await send(store, ...snapshot(run, pods, [objectChange('a')]));
      const stale = await store.page(query(), false);
      expect(stale.rows.map((row) => [row.name, row.staleSince !== undefined])).toEqual([
        ['a', false],
        ['b', true],
      ]);
      await send(store, ...snapshot(run, pods, [objectChange('a'), objectChange('b')]));
      const fresh = await store.page(query(), false);
      expect(fresh.rows.filter((row) => row.staleSince !== undefined)).toEqual([]);
      expect(fresh.seq).toBeGreaterThan(stale.seq);
    });
  });
}
