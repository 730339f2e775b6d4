'use client';

import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import { useTranslations } from 'next-intl';
import type { InventorySort } from '../../api/inventory-query.ts';
import { isSortColumn, type ColumnId } from './inventory-columns.tsx';
import styles from './inventory-table.module.css';

export interface InventoryTableHeadProps {
  readonly columns: readonly ColumnId[];
  readonly sort: InventorySort;
  readonly onSort: (sort: InventorySort) => void;
}

/** Ages sort newest first, that is by a falling time; the arrow follows what is read in the column. */
function nextSort(column: InventorySort['column'], sort: InventorySort): InventorySort {
  if (sort.column === column) return { column, descending: !sort.descending };
  return { column, descending: column === 'creation_timestamp' };
}

function ariaSort(column: ColumnId, sort: InventorySort): 'ascending' | 'descending' | 'none' {
  if (column !== sort.column) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

function SortButton({ column, sort, onSort }: { column: ColumnId } & Omit<InventoryTableHeadProps, 'columns'>) {
  const t = useTranslations('inventory');
  const name = t(`columns.${column}`);
  if (!isSortColumn(column)) return name;
  const sorted = column === sort.column;
  const Arrow = sort.descending ? ArrowDownward : ArrowUpward;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${styles['sort'] ?? ''} ${sorted ? (styles['sorted'] ?? '') : ''}`}
      title={t('sortBy', { column: name })}
      onClick={() => onSort(nextSort(column, sort))}
    >
      {name}
      {sorted && <Arrow aria-hidden />}
    </button>
  );
}

/** The header row: names and sort buttons, reached with the arrow keys. */
export function InventoryTableHead({ columns, sort, onSort }: InventoryTableHeadProps) {
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['headRow']}>
        {columns.map((column) => (
          <div
            key={column}
            role="columnheader"
            aria-sort={ariaSort(column, sort)}
            className={`${styles['headCell'] ?? ''} ${column === 'creation_timestamp' ? (styles['age'] ?? '') : ''}`}
          >
            <SortButton column={column} sort={sort} onSort={onSort} />
          </div>
        ))}
      </div>
    </div>
  );
}
