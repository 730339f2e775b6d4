import type { ResourcePage, ResourceRow } from '@meshery/contracts';
import { defaultSort, emptyFilter, type InventorySort } from '../../api/inventory-query.ts';
import { RowStore, type SequencedChange } from './row-store.ts';

const byName: InventorySort = { column: 'name', descending: false };

function resource(name: string, extra: Partial<ResourceRow> = {}): ResourceRow {
  const metadata = { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '1' };
  return { id: `id-${name}`, apiVersion: 'v1', kind: 'Pod', cluster_id: 'c1', metadata, ...extra };
}

function page(names: readonly string[], seq: number, next?: string, totalCount = names.length): ResourcePage {
  const resources = names.map((name) => resource(name));
  return { page: 0, pageSize: 500, totalCount, resources, design: null, seq, ...(next === undefined ? {} : { next }) };
}

function upsert(name: string, seq: number, extra: Partial<ResourceRow> = {}): SequencedChange {
  return { seq, event: { event: 'upsert', data: resource(name, extra) } };
}

function remove(name: string, seq: number): SequencedChange {
  const data = { id: `id-${name}`, uid: `uid-${name}`, kind: 'Pod', apiVersion: 'v1', name, cluster_id: 'c1' };
  return { seq, event: { event: 'delete', data } };
}

function names(store: RowStore): readonly string[] {
  return store.snapshot().rows.map((row) => row.name);
}

describe('RowStore', () => {
  it('inserts a new object at its place and removes it again', () => {
    const store = new RowStore(emptyFilter, byName);
    store.addPage(page(['a', 'c'], 10));
    store.applyChanges([upsert('b', 11)]);
    expect(names(store)).toEqual(['a', 'b', 'c']);
    store.applyChanges([remove('b', 12)]);
    expect(names(store)).toEqual(['a', 'c']);
    expect(store.snapshot()).toMatchObject({ total: 2, complete: true });
  });

  it('keeps the newer content when a page was read before the change', () => {
    const store = new RowStore(emptyFilter, byName);
    store.addPage(page(['a'], 10, 'next', 3));
    store.applyChanges([upsert('b', 20), remove('c', 21)]);
    store.addPage(page(['c', 'd'], 15));
    expect(names(store)).toEqual(['a', 'b', 'd'].toSorted());
  });

  it('does not lose an object that came before the first page', () => {
    const store = new RowStore(emptyFilter, byName);
    store.applyChanges([upsert('b', 20)]);
    store.addPage(page(['a', 'c'], 10));
    expect(names(store)).toEqual(['a', 'b', 'c']);
  });

  it('does not double an object that a page brings again', () => {
    const store = new RowStore(emptyFilter, byName);
    store.addPage(page(['a'], 10, 'next', 2));
    store.applyChanges([upsert('b', 11)]);
    store.addPage(page(['b'], 12));
    expect(names(store)).toEqual(['a', 'b']);
    expect(store.snapshot().total).toBe(2);
  });

  it('asks for the total when changes fall behind the loaded part', () => {
    const store = new RowStore(emptyFilter, byName);
    store.addPage(page(['a'], 10, 'next', 50));
    store.applyChanges([upsert('z', 11)]);
    expect(store.totalIsStale).toBe(true);
    store.setTotal(51);
    expect(store.snapshot().total).toBe(51);
  });

  it('drops an object that leaves the selection', () => {
    const store = new RowStore({ ...emptyFilter, labels: [{ key: 'app', value: 'x' }] }, byName);
    store.addPage(page(['a'], 10));
    store.applyChanges([upsert('a', 11)]);
    expect(names(store)).toEqual([]);
  });

  it('finds rows although the server collates otherwise', () => {
    const store = new RowStore(emptyFilter, byName);
    store.addPage(page(['a', 'B', 'c', 'D'], 10));
    store.applyChanges([remove('c', 11), remove('a', 12)]);
    expect(names(store)).toEqual(['B', 'D']);
  });

  it('shows the newest first by default', () => {
    const store = new RowStore(emptyFilter, defaultSort);
    store.addPage(page([], 1));
    const at = (creationTimestamp: string, name: string): Partial<ResourceRow> => ({
      metadata: { ...resource(name).metadata, creationTimestamp },
    });
    store.applyChanges([
      upsert('old', 2, at('2026-01-01T00:00:00Z', 'old')),
      upsert('new', 3, at('2026-02-01T00:00:00Z', 'new')),
    ]);
    expect(names(store)).toEqual(['new', 'old']);
  });

  it('applies 1,000 changes to 20,000 rows', () => {
    const store = new RowStore(emptyFilter, byName);
    const all = Array.from({ length: 20_000 }, (_, index) => `pod-${String(index).padStart(5, '0')}`);
    store.addPage(page(all, 1));
    store.applyChanges(all.slice(0, 1_000).map((name, index) => upsert(name, 2 + index)));
    expect(store.snapshot().total).toBe(20_000);
  });
});
