import type { ObjectChange } from '@meshery/contracts';
import { publishedId } from '@meshery/contracts';
import { isMesheryError } from '@meshery/errors';
import type { InventoryStore, ObjectHead, ObjectQuery, PageFacts } from '../inventory-store.ts';
import { agentStates, kindStates, sources } from '../shared/wire-codes.ts';
import { RunScript, deletion, objectChange } from './batches.ts';
import {
  pods,
  everything,
  query,
  send,
  names,
  exported,
  tags,
  kindReport,
  fill,
  snapshot,
} from './contract-helpers.ts';

/** Part of the contract of inventory stores. */
export function identityContract(get: () => InventoryStore): void {
  describe('find and remove', () => {
    test('finds by uid and by published id, with dots in names and without a namespace', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const group = 'rbac.authorization.k8s.io';
      const role = objectChange('system:a.b.c', { apiVersion: `${group}/v1`, kind: 'ClusterRole', namespace: '' });
      await send(
        store,
        ...snapshot(run, `clusterroles.v1.${group}`, [role]),
        ...snapshot(run, pods, [objectChange('a')]),
      );
      const id = publishedId({ ...role, clusterId: 'c1' });
      expect(await store.find(id)).toMatchObject({ name: 'system:a.b.c', json: role.json, model: 'kubernetes' });
      expect((await store.find(role.uid))?.name).toBe('system:a.b.c');
      for (const unknown of ['', 'nothing', '%', publishedId({ ...role, clusterId: 'c2' }), 'x'.repeat(10_000)]) {
        expect(await store.find(unknown)).toBeUndefined();
      }
    });

    test('removes one row until discovery sees it again', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const object = objectChange('a');
      await send(store, ...snapshot(run, pods, [object, objectChange('b')]));
      const { seq } = await store.page(query(), false);
      expect(await store.remove(publishedId({ ...object, clusterId: 'c1' }))).toBe(true);
      expect(await store.remove(object.uid)).toBe(false);
      expect(await names(store)).toEqual(['b']);
      const page = await store.changesSince(seq, 10);
      expect(page.reset ? [] : tags(page.changes)).toEqual(['delete a']);
      await send(store, run.changes(pods, [object]));
      expect(await names(store)).toEqual(['a', 'b']);
    });

    test('clusters tell their kinds, counts and states', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, run.batch(pods, kindReport(kindStates.syncing)));
      await send(store, ...snapshot(run, pods, [objectChange('a'), objectChange('b')]));
      expect((await store.clusters())[0]).toMatchObject({
        id: 'c1',
        name: 'test',
        source: 'embedded',
        state: 'syncing',
      });
      await send(store, run.batch(pods, kindReport(kindStates.synced)));
      const [synced] = await store.clusters();
      expect(synced).toMatchObject({ state: 'in-sync', objectCount: 2 });
      expect(synced?.kinds).toMatchObject([
        { resource: pods, kind: 'Pod', state: 'synced', count: 2, namespaced: true },
      ]);
      const next = new RunScript('c1', '02');
      await store.openRun(next.open());
      expect((await store.clusters())[0]).toMatchObject({ state: 'syncing', kinds: [{ state: 'syncing' }] });
      await send(store, next.batch(pods, kindReport(kindStates.synced)));
      expect((await store.clusters())[0]).toMatchObject({ state: 'in-sync' });
      await send(store, next.batch(pods, kindReport(kindStates.forbidden, 'Forbidden')));
      expect((await store.clusters())[0]).toMatchObject({ state: 'degraded', reason: 'Forbidden' });
      await send(store, next.batch(pods, kindReport(kindStates.excluded, 'NotWatched')));
      expect(await names(store)).toEqual([]);
      expect((await store.clusters())[0]?.kinds[0]).toMatchObject({ state: 'excluded', count: 0 });
      const value = { state: agentStates.stopped, reason: 'Stopped', message: 'bye', agentVersion: '1' };
      await send(store, next.batch('', { $case: 'agentReport', value }));
      expect((await store.clusters())[0]).toMatchObject({ state: 'stale', reason: 'Stopped' });
    });
  });
}

const document = (rows: string, facts: PageFacts): string => `${rows}; ${JSON.stringify(facts)} ü`;

/** Two ways to write a page, as readers ask for them. */
const pageFormats = [
  { key: 'version', needsText: false, row: (head: ObjectHead) => `${head.uid}@${head.resourceVersion}`, document },
  { key: 'stale', needsText: false, row: (head: ObjectHead) => `${head.name}:${head.staleSince ?? ''}`, document },
] as const;

/** Part of the contract of inventory stores. */
export function readContract(get: () => InventoryStore): void {
  describe('pages, filters, export and summary', () => {
    test('numbered pages cover the whole selection once, with an exact total, in every order', async () => {
      const store = get();
      await fill(store, 230);
      for (const sort of ['name', 'kind', 'namespace', 'api_version', 'creation_timestamp', 'model'] as const) {
        for (const descending of [false, true]) {
          const seen: string[] = [];
          for (let page = 0; page < 5; page += 1) {
            const answer = await store.page(query({ sort, descending, page }), false);
            expect(answer.totalCount).toBe(230);
            seen.push(...answer.rows.map((row) => row.name));
          }
          expect(new Set(seen).size).toBe(230);
        }
      }
      expect((await store.page(query({ page: 99 }), false)).rows).toEqual([]);
    });

    test('keyset pages go on after the last row although rows before it vanish', async () => {
      const store = get();
      await fill(store, 130);
      const first = await store.page(query({ sort: 'namespace' }), true);
      expect(first.rows[0]?.json).toContain('"kind":"Pod"');
      const last = first.rows.at(-1);
      expect(await store.remove(last?.uid ?? '')).toBe(true);
      const seen = new Set(first.rows.map((row) => row.name));
      for (let next = first.next; next !== undefined;) {
        const page = await store.page(query({ sort: 'namespace', after: next }), false);
        for (const row of page.rows) {
          expect(seen.has(row.name)).toBe(false);
          seen.add(row.name);
        }
        next = page.next;
      }
      expect(seen.size).toBe(130);
    });

    test('a malformed position is bad input', async () => {
      const error: unknown = await get()
        .page(query({ after: 'nonsense' }), false)
        .catch((reason: unknown) => reason);
      expect(isMesheryError(error) && error.code).toBe('meshery-core-1001');
    });

    test('filters combine; lists are any of, labels all of', async () => {
      const store = get();
      await fill(store, 210);
      const total = async (filter: Partial<ObjectQuery>): Promise<number> =>
        (await store.page(query(filter), false)).totalCount;
      expect(await total({ namespaces: ['ns-0'] })).toBe(30);
      expect(await total({ namespaces: ['ns-0', 'ns-1', 'absent'] })).toBe(60);
      expect(await total({ labels: [{ key: 'app', value: 'app-0' }] })).toBe(70);
      const both = [
        { key: 'app', value: 'app-0' },
        { key: 'tier', value: 'front' },
      ];
      expect(await total({ labels: both })).toBe(35);
      expect(await total({ labels: both, namespaces: ['ns-0'] })).toBe(5);
      expect(await total({ labels: [{ key: 'app', value: 'absent' }] })).toBe(0);
      expect(await total({ kinds: ['Pod'], apiVersions: ['v1'], models: ['kubernetes'] })).toBe(210);
      expect(await total({ kinds: ['Service'] })).toBe(0);
      expect(await total({ clusterIds: [] })).toBe(0);
      expect(await total({ clusterIds: ['c1', 'c2'] })).toBe(210);
      expect(await total({ clusterIds: ['c2'] })).toBe(0);
    });

    test('search is a case-insensitive substring in which wildcards mean themselves', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      const objects = ['plain', 'Mixed-Case', 'per%cent', 'under_score', 'back\\slash', "quote'd"];
      await send(
        store,
        ...snapshot(
          run,
          pods,
          objects.map((name) => objectChange(name)),
        ),
      );
      expect(await names(store, { search: 'mixed' })).toEqual(['Mixed-Case']);
      expect(await names(store, { search: '%' })).toEqual(['per%cent']);
      expect(await names(store, { search: '_' })).toEqual(['under_score']);
      expect(await names(store, { search: '\\' })).toEqual(['back\\slash']);
      expect(await names(store, { search: "'" })).toEqual(["quote'd"]);
      expect((await names(store, { search: '' })).length).toBe(objects.length);
    });

    test('export hands over every selected text once', async () => {
      const store = get();
      await fill(store, 300);
      const all = await exported(store);
      expect(all.size).toBe(300);
      expect(JSON.parse(all.get('pod-00007') ?? '')).toMatchObject({ metadata: { name: 'pod-00007' } });
      expect((await exported(store, { clusterIds: 'all', namespaces: ['ns-3'] })).size).toBe(43);
    });

    test('a summary counts the selection', async () => {
      const store = get();
      await fill(store, 70);
      const whole = await store.summary(everything);
      expect(whole.kinds).toEqual([{ kind: 'Pod', model: 'kubernetes', count: 70 }]);
      expect(whole.namespaces).toEqual(['ns-0', 'ns-1', 'ns-2', 'ns-3', 'ns-4', 'ns-5', 'ns-6']);
      expect(whole.labels).toContainEqual({ key: 'tier', value: 'back' });
      const part = await store.summary({
        clusterIds: ['c1'],
        labels: [{ key: 'app', value: 'app-1' }],
        namespaces: ['ns-1'],
      });
      expect(part.kinds[0]?.count).toBe(4);
      expect(part.labels.filter(({ key }) => key === 'app')).toEqual([{ key: 'app', value: 'app-1' }]);
    });

    test('written pages say what rows say, after every kind of change and in every format', async () => {
      const store = get();
      await fill(store, 120);
      const run = new RunScript('c1', '02', sources.published);
      const agrees = async (): Promise<void> => {
        for (const page of [0, 1, 2, 0]) {
          const asked = query({ page });
          const { rows, ...rest } = await store.page(asked, false);
          for (const format of pageFormats) {
            const written = format.document(rows.map((row) => format.row(row)).join(','), rest);
            expect((await store.writtenPage(asked, format)).toString('utf8')).toBe(written);
          }
        }
      };
      await agrees();
      await agrees();
      await store.openRun(run.open());
      const base = { namespace: 'ns-0', resourceVersion: '2' };
      const changes: ObjectChange[][] = [
        [objectChange('pod-00007', base), objectChange('pod-00119', base)],
        [deletion('pod-00000', base), objectChange('pod-99999', { uid: 'new' })],
        [objectChange('pod-00000', { ...base, uid: 'again' })],
      ];
      for (const objects of changes) {
        await send(store, run.changes(pods, objects));
        await agrees();
      }
      await send(store, ...snapshot(run, pods, [objectChange('pod-00008', { namespace: 'ns-1' })]));
      await agrees();
      expect((await store.page(query(), false)).rows[0]?.staleSince).toBeDefined();
      const texts = await store.writtenPage(query({ pageSize: 1 }), {
        key: 'text',
        needsText: true,
        row: (_head, json) => json ?? 'no text',
        document: (text) => text,
      });
      expect(JSON.parse(texts.toString('utf8'))).toMatchObject({ kind: 'Pod' });
    });

    test('rows of a cluster that stopped say since when they are stale, until it is read again', async () => {
      const store = get();
      await fill(store, 3);
      const other = new RunScript('c2', '01');
      await store.openRun(other.open());
      await send(store, ...snapshot(other, pods, [objectChange('other')]));
      const marks = async (): Promise<readonly (string | undefined)[]> => {
        const { rows } = await store.page(query(), false);
        const written = await store.writtenPage(query(), pageFormats[1]);
        const texts = rows.map(({ name, staleSince = '' }) => `${name}:${staleSince}`).join(',');
        expect(written.toString('utf8')).toContain(`${texts};`);
        for await (const piece of store.export({ clusterIds: 'all' })) {
          for (const { uid, staleSince } of piece) {
            expect(staleSince).toBe(rows.find((row) => row.uid === uid)?.staleSince);
            expect((await store.find(uid))?.staleSince).toBe(staleSince);
          }
        }
        return rows.map(({ staleSince }) => staleSince);
      };
      const fresh = [undefined, undefined, undefined, undefined];
      expect(await marks()).toEqual(fresh);
      const value = { state: agentStates.stopped, reason: 'Stopped', message: 'bye', agentVersion: '1' };
      await send(store, other.batch('', { $case: 'agentReport', value }));
      const stopped = (await store.clusters()).find(({ id }) => id === 'c2');
      expect(stopped?.state).toBe('stale');
      expect(await marks()).toEqual([stopped?.lastSeen, undefined, undefined, undefined]);
      const next = new RunScript('c2', '02');
      await store.openRun(next.open());
      const running = { ...value, state: agentStates.running, reason: '', message: '' };
      await send(store, next.batch('', { $case: 'agentReport', value: running }));
      expect((await store.clusters()).map(({ state }) => state)).not.toContain('stale');
      expect(await marks()).toEqual(fresh);
    });

    test('a page read after a commit shows it', async () => {
      const store = get();
      const run = new RunScript('c1', '01');
      await store.openRun(run.open());
      await send(store, run.begin(pods));
      for (let index = 0; index < 20; index += 1) {
        await send(store, run.changes(pods, [objectChange(`pod-${index}`)]));
        expect((await store.page(query(), false)).totalCount).toBe(index + 1);
      }
    });
  });
}
