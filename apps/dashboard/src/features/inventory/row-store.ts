import type { ResourceEvent, ResourcePage } from '@meshery/contracts';
import type { InventoryFilter, InventorySort } from '../../api/inventory-query.ts';
import { rowKey, toInventoryRow, type InventoryRow } from './inventory-row.ts';
import { matchesFilter } from './row-match.ts';
import { compareBy, insertPosition, type RowComparator } from './row-order.ts';

/** A change of one object, with the change sequence it came with. */
export interface SequencedChange {
  readonly seq: number;
  readonly event: Extract<ResourceEvent, { readonly event: 'upsert' | 'delete' }>;
}

/** What the table draws: the loaded head of the ordered result, and how long the whole result is. */
export interface RowSnapshot {
  readonly rows: readonly InventoryRow[];
  readonly total: number;
  /** Every row of the result is loaded, so that `total` is exact. */
  readonly complete: boolean;
}

export const emptySnapshot: RowSnapshot = { rows: [], total: 0, complete: false };

/** Most changes remembered for pages under way; older ones can no longer matter by then. */
const memoryLimit = 10_000;

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size <= memoryLimit) return;
  const oldest = memory.keys().next();
  if (oldest.done !== true) memory.delete(oldest.value);
}

function forgetUpTo(memory: Map<string, { readonly seq: number }>, seq: number): void {
  for (const [key, entry] of memory) if (entry.seq <= seq) memory.delete(key);
}

/**
 * The rows of one selection: pages append at the end, live changes insert, replace and remove in place.
 * Pages and changes may arrive in any order; the greater change sequence wins.
 */
export class RowStore {
  readonly #filter: InventoryFilter;
  readonly #compare: RowComparator;
  readonly #byKey = new Map<string, InventoryRow>();
  /** Deletes seen while pages are still under way: a page read before the delete must not bring the row back. */
  readonly #deleted = new Map<string, { readonly seq: number }>();
  /** New objects behind the loaded part: the page under way may have been read before they came. */
  readonly #pending = new Map<string, InventoryRow>();
  #rows: InventoryRow[] = [];
  #total = 0;
  #complete = false;
  #totalIsStale = false;

  constructor(filter: InventoryFilter, sort: InventorySort) {
    this.#filter = filter;
    this.#compare = compareBy(sort);
  }

  /** True when changes came in beyond the loaded part, whose effect on the total only the server knows. */
  get totalIsStale(): boolean {
    return this.#totalIsStale;
  }

  snapshot(): RowSnapshot {
    const total = this.#complete ? this.#rows.length : Math.max(this.#total, this.#rows.length);
    return { rows: this.#rows, total, complete: this.#complete };
  }

  /** Adds the next page; a page without `next` completes the result. */
  addPage(page: ResourcePage): void {
    const added: InventoryRow[] = [];
    for (const resource of page.resources) this.#mergePageRow(toInventoryRow(resource, page.seq), added);
    this.#rows = this.#rows.concat(added);
    this.#total = page.totalCount;
    this.#complete = page.next === undefined;
    this.#retryPending();
    forgetUpTo(this.#deleted, page.seq);
  }

  setTotal(total: number): void {
    this.#total = total;
    this.#totalIsStale = false;
  }

  /** Applies a batch of changes in order; false when nothing shown has changed. */
  applyChanges(changes: readonly SequencedChange[]): boolean {
    if (changes.length === 0) return false;
    this.#rows = [...this.#rows];
    let changed = false;
    for (const change of changes) changed = this.#applyChange(change) || changed;
    return changed;
  }

  #applyChange({ seq, event }: SequencedChange): boolean {
    if (event.event === 'delete') return this.#remove(rowKey(event.data), seq);
    const row = toInventoryRow(event.data, seq);
    if (!matchesFilter(event.data, this.#filter)) return this.#remove(row.key, seq);
    const known = this.#byKey.get(row.key);
    if (known === undefined) return this.#insert(row);
    if (known.seq > seq) return false;
    this.#replace(known, row);
    return true;
  }

  #mergePageRow(row: InventoryRow, added: InventoryRow[]): void {
    if ((this.#deleted.get(row.key)?.seq ?? -1) > row.seq) return;
    const known = this.#byKey.get(row.key);
    if (known !== undefined) {
      if (known.seq < row.seq) this.#replace(known, row);
      return;
    }
    const pending = this.#pending.get(row.key);
    const newest = pending !== undefined && pending.seq > row.seq ? pending : row;
    this.#pending.delete(row.key);
    this.#byKey.set(row.key, newest);
    added.push(newest);
  }

  #retryPending(): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const row of waiting) this.#insert(row);
  }

  #insert(row: InventoryRow): boolean {
    const position = insertPosition(this.#rows, row, this.#compare);
    const last = this.#rows.at(-1);
    const behind = !this.#complete && position === this.#rows.length;
    // Equal to the last row: the server may place it on either side, and a page that brings it again does no harm.
    if (behind && (last === undefined || this.#compare(last, row) !== 0)) {
      remember(this.#pending, row.key, row);
      this.#totalIsStale = true;
      return false;
    }
    this.#deleted.delete(row.key);
    this.#rows.splice(position, 0, row);
    this.#byKey.set(row.key, row);
    this.#total += 1;
    return true;
  }

  #remove(key: string, seq: number): boolean {
    this.#pending.delete(key);
    if (!this.#complete) remember(this.#deleted, key, { seq });
    const known = this.#byKey.get(key);
    if (known === undefined) {
      this.#totalIsStale ||= !this.#complete;
      return false;
    }
    if (known.seq > seq) return false;
    this.#byKey.delete(key);
    const index = this.#indexOf(known);
    if (index >= 0) this.#rows.splice(index, 1);
    this.#total -= 1;
    return true;
  }

  #replace(known: InventoryRow, row: InventoryRow): void {
    this.#byKey.set(row.key, row);
    const index = this.#indexOf(known);
    if (index >= 0) this.#rows[index] = row;
  }

  /** Looks among the equals first; a server that collates otherwise costs a walk over all rows. */
  #indexOf(row: InventoryRow): number {
    const end = insertPosition(this.#rows, row, this.#compare);
    for (let index = end - 1; index >= 0; index -= 1) {
      const other = this.#rows[index];
      if (other === undefined || this.#compare(other, row) !== 0) break;
      if (other.key === row.key) return index;
    }
    return this.#rows.findIndex((other) => other.key === row.key);
  }
}
