'use client';

import type { Cell, Row } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import { memo, type MouseEvent, type ReactNode } from 'react';
import type { inventoryFeatures } from './inventory-columns.tsx';
import type { InventoryRow } from './inventory-row.ts';
import styles from './inventory-table.module.css';

export type TableRow = Row<typeof inventoryFeatures, InventoryRow>;

export function rowElementId(key: string): string {
  return `row-${key}`;
}

export interface InventoryTableRowProps {
  readonly row: TableRow;
  /** Changes when other columns are shown. */
  readonly columns: string;
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  readonly open: boolean;
  readonly twoLines: boolean;
  readonly onOpen: (key: string) => void;
}

function NameCell({ row, twoLines }: { row: InventoryRow; twoLines: boolean }) {
  const t = useTranslations('inventory');
  return (
    <>
      <a className={styles['name']} href={`?object=${encodeURIComponent(row.key)}`} tabIndex={-1} title={row.name}>
        {row.name}
      </a>
      {twoLines && (
        <span className={styles['second']}>
          {row.kind} · {row.namespace === '' ? t('clusterScoped') : row.namespace}
        </span>
      )}
    </>
  );
}

function CellContent({ cell, twoLines }: { cell: Cell<typeof inventoryFeatures, InventoryRow>; twoLines: boolean }) {
  const { columnDef, id } = cell.column;
  if (id === 'name') return <NameCell row={cell.row.original} twoLines={twoLines} />;
  if (typeof columnDef.cell === 'function') return columnDef.cell(cell.getContext()) as ReactNode;
  return String(cell.getValue());
}

/** A click opens here; with a modifier the browser opens the link its own way. */
function plainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

function rowClass(active: boolean, open: boolean): string {
  return [styles['row'], active ? styles['active'] : '', open ? styles['open'] : ''].join(' ');
}

function TableRowView({ row, index, top, active, open, twoLines, onOpen }: InventoryTableRowProps) {
  const onClick = (event: MouseEvent): void => {
    if (!plainClick(event)) return;
    event.preventDefault();
    onOpen(row.original.key);
  };
  return (
    <div
      role="row"
      id={rowElementId(row.original.key)}
      aria-rowindex={index + 2}
      aria-selected={open}
      className={rowClass(active, open)}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={onClick}
    >
      {row.getVisibleCells().map((cell) => (
        <div
          key={cell.id}
          role="gridcell"
          className={`${styles['cell'] ?? ''} ${cell.column.id === 'creation_timestamp' ? (styles['age'] ?? '') : ''}`}
        >
          <CellContent cell={cell} twoLines={twoLines} />
        </div>
      ))}
    </div>
  );
}

/** One row of the table; drawn again only when something about it changes. */
export const InventoryTableRow = memo(
  TableRowView,
  (before, after) =>
    before.row.original === after.row.original &&
    before.columns === after.columns &&
    before.index === after.index &&
    before.top === after.top &&
    before.active === after.active &&
    before.open === after.open &&
    before.twoLines === after.twoLines &&
    before.onOpen === after.onOpen,
);

/** Stands where a row is that has not been loaded yet. */
export function GhostRow({ index, top }: { index: number; top: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles['row']}
      style={{ transform: `translateY(${String(top)}px)` }}
    >
      <div role="gridcell" className={styles['cell']}>
        <div className={styles['ghost']} />
      </div>
    </div>
  );
}
