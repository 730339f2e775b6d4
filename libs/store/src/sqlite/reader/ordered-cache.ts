import type { ObjectFilter } from '../../inventory-store.ts';
import type { ObjectOrder, OrderedIds } from './reader-queries.ts';

/** Bound of the cache, in rows of all orders together: four bytes each. */
const maximumRows = 4_000_000;
const maximumOrders = 200;

interface Slot {
  readonly version: number;
  readonly answer: Promise<OrderedIds>;
  settled: OrderedIds | undefined;
}

/**
 * The orders of recent selections, each right for exactly one version of the rows: a numbered page is then a slice and
 * the total is its length. Concurrent misses of one selection share one query. Least recently used goes first.
 */
export class OrderedCache {
  private readonly slots = new Map<string, Slot>();
  private rows = 0;
  hits = 0;
  misses = 0;

  /** The cached order, when it is complete and of this version. */
  peek(key: string, version: number): OrderedIds | undefined {
    const slot = this.slots.get(key);
    if (slot?.settled === undefined || slot.version !== version) return undefined;
    this.slots.delete(key);
    this.slots.set(key, slot);
    this.hits += 1;
    return slot.settled;
  }

  /** The order of this version; `load` runs only when nobody asked for it yet. */
  get(key: string, version: number, load: () => Promise<OrderedIds>): Promise<OrderedIds> {
    const slot = this.slots.get(key);
    if (slot?.version === version) return slot.answer;
    if (slot !== undefined) this.drop(key, slot);
    this.misses += 1;
    const fresh: Slot = { version, answer: load(), settled: undefined };
    this.slots.set(key, fresh);
    fresh.answer.then(
      (answer) => this.keep(key, fresh, answer),
      () => this.drop(key, fresh),
    );
    return fresh.answer;
  }

  clear(): void {
    this.slots.clear();
    this.rows = 0;
  }

  private keep(key: string, slot: Slot, answer: OrderedIds): void {
    if (this.slots.get(key) !== slot) return;
    slot.settled = answer;
    this.rows += answer.ids.length;
    for (const [oldKey, old] of this.slots) {
      if (this.rows <= maximumRows && this.slots.size <= maximumOrders) break;
      if (old !== slot) this.drop(oldKey, old);
    }
  }

  private drop(key: string, slot: Slot): void {
    if (this.slots.get(key) !== slot) return;
    this.slots.delete(key);
    this.rows -= slot.settled?.ids.length ?? 0;
  }
}

/** One string per selection and order; lists are sets, so their order does not matter. */
export function orderKey(filter: ObjectFilter, order: ObjectOrder): string {
  const sorted = (values: readonly string[] | undefined): readonly string[] | undefined =>
    values === undefined ? undefined : values.toSorted();
  return JSON.stringify([
    order.sort,
    order.descending,
    filter.clusterIds === 'all' ? 0 : sorted(filter.clusterIds),
    sorted(filter.kinds),
    sorted(filter.namespaces),
    sorted(filter.apiVersions),
    sorted(filter.models),
    filter.labels?.map(({ key, value }) => [key, value]),
    filter.search,
  ]);
}
