import type { Batch, ObjectChange } from '@meshery/contracts';
import type { CommittedChange, InventoryStore, ObjectFilter, ObjectQuery } from '../inventory-store.ts';
import { verdicts } from '../shared/wire-codes.ts';
import { RunScript, objectChange } from './batches.ts';

/** A store under test; `reopen` ends it and opens the same data again. */
export interface StoreUnderTest {
  readonly store: InventoryStore;
  reopen(): Promise<InventoryStore>;
  destroy(): Promise<void>;
}

/** Resource key of pods. */
export const pods = 'pods.v1.';
/** Selects all objects. */
export const everything: ObjectFilter = { clusterIds: 'all' };

/** A query for everything by name, with these fields replaced. */
export function query(over: Partial<ObjectQuery> = {}): ObjectQuery {
  return { clusterIds: 'all', sort: 'name', descending: false, pageSize: 50, ...over };
}

/** Sends in order and expects every batch to be committed. */
export async function send(store: InventoryStore, ...batches: Batch[]): Promise<void> {
  const outcomes = await Promise.all(batches.map((batch) => store.ingest(batch)));
  expect(outcomes.map(({ verdict, reason }) => ({ verdict, reason }))).toEqual(
    outcomes.map(() => ({ verdict: verdicts.committed, reason: '' })),
  );
}

/** A snapshot of one kind with these objects. */
export function snapshot(run: RunScript, kind: string, objects: ObjectChange[], resourceVersion = '100'): Batch[] {
  return [run.begin(kind), run.changes(kind, objects), run.end(kind, resourceVersion, objects.length)];
}

/** Names of the first thousand selected rows. */
export async function names(store: InventoryStore, filter: Partial<ObjectQuery> = {}): Promise<string[]> {
  const page = await store.page(query({ pageSize: 1000, ...filter }), false);
  return page.rows.map((row) => row.name);
}

/** Every exported text by name. */
export async function exported(store: InventoryStore, filter: ObjectFilter = everything): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const chunk of store.export(filter)) for (const object of chunk) texts.set(object.name, object.json);
  return texts;
}

/** Changes in a form that reads well in a failing test. */
export function tags(changes: readonly CommittedChange[]): string[] {
  return changes.map(({ type, head }) => `${type} ${head.name}`);
}

/** The body of a report about a kind. */
export function kindReport(state: number, reason = ''): NonNullable<Batch['body']> {
  const value = { state: state as 1, reason, message: `it is ${reason}`, objectKind: 'Pod', namespaced: true };
  return { $case: 'kindReport', value };
}

/** Fills a store with pods in seven namespaces, three apps and two tiers. */
export async function fill(store: InventoryStore, count: number): Promise<void> {
  const run = new RunScript('c1', '01');
  await store.openRun(run.open());
  const objects = Array.from({ length: count }, (_, index) =>
    objectChange(`pod-${String(index).padStart(5, '0')}`, {
      namespace: `ns-${index % 7}`,
      creationTimestamp: `2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`,
      labels: { app: `app-${index % 3}`, tier: index % 2 === 0 ? 'front' : 'back' },
    }),
  );
  await send(store, run.begin(pods));
  for (let start = 0; start < count; start += 64) {
    await send(store, run.changes(pods, objects.slice(start, start + 64)));
  }
  await send(store, run.end(pods, '1000', count));
}
