import type { InventorySort, SortColumn } from '../../api/inventory-query.ts';
import type { InventoryRow } from './inventory-row.ts';

const sortValue: Record<SortColumn, (row: InventoryRow) => string> = {
  name: (row) => row.name,
  kind: (row) => row.kind,
  namespace: (row) => row.namespace,
  api_version: (row) => row.apiVersion,
  creation_timestamp: (row) => row.created,
};

/** Compares two rows by the sort column alone, the way the server orders pages. */
export type RowComparator = (left: InventoryRow, right: InventoryRow) => number;

export function compareBy(sort: InventorySort): RowComparator {
  const value = sortValue[sort.column];
  const direction = sort.descending ? -1 : 1;
  return (left, right) => {
    const a = value(left);
    const b = value(right);
    if (a === b) return 0;
    return a < b ? -direction : direction;
  };
}

/** The first position whose row sorts after the given one, so that equals keep their order of arrival. */
export function insertPosition(rows: readonly InventoryRow[], row: InventoryRow, compare: RowComparator): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = rows[middle];
    if (other !== undefined && compare(other, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
