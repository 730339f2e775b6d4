'use client';

import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, type CSSProperties, type RefObject } from 'react';
import type { InventorySort } from '../../api/inventory-query.ts';
import {
  columnLayout,
  columnVisibility,
  gridTemplate,
  inventoryColumns,
  inventoryFeatures,
  type ColumnId,
} from './inventory-columns.tsx';
import type { InventoryListState } from './inventory-list.ts';
import type { InventoryRow } from './inventory-row.ts';
import { InventoryTableHead } from './inventory-table-head.tsx';
import { GhostRow, InventoryTableRow, rowElementId } from './inventory-table-row.tsx';
import styles from './inventory-table.module.css';
import { useActiveRow } from './use-active-row.ts';
import { useElementWidth } from './use-element-size.ts';
import { useGridKeyboard } from './use-grid-keyboard.ts';
import { useScrollAnchor } from './use-scroll-anchor.ts';

const rowHeightWide = 34;
const rowHeightNarrow = 50;
const headHeight = 33;

export interface InventoryTableProps {
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly state: InventoryListState;
  readonly outdated: boolean;
  readonly sort: InventorySort;
  /** Changes with filter and sort; the table then starts at its top. */
  readonly selection: string;
  readonly clusterName: (id: string) => string;
  readonly clusterCount: number;
  readonly openKey: string | undefined;
  readonly onSort: (sort: InventorySort) => void;
  readonly onOpen: (key: string, focus: 'detail' | 'table') => void;
  readonly onClose: () => void;
  readonly onReach: (visibleEnd: number) => void;
}

interface Window {
  readonly items: readonly { readonly index: number; readonly top: number; readonly row: InventoryRow | undefined }[];
  readonly height: number;
  readonly end: number;
  readonly scrollTo: (index: number) => void;
}

function useRowWindow(grid: RefObject<HTMLElement | null>, state: InventoryListState, rowHeight: number): Window {
  const virtualizer = useVirtualizer({
    count: state.total,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: headHeight,
    initialRect: { width: 1_000, height: 800 },
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = virtualizer
    .getVirtualItems()
    .map((item) => ({ index: item.index, top: item.start, row: state.rows[item.index] }));
  return {
    items,
    height: virtualizer.getTotalSize(),
    end: items.at(-1)?.index ?? 0,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}

/** The table library sees only the rows on the screen: its cost does not grow with the inventory. */
function useVisibleTable(
  visible: readonly InventoryRow[],
  visibility: Record<ColumnId, boolean>,
  sort: InventorySort,
  clusterName: (id: string) => string,
) {
  const columns = useMemo(() => inventoryColumns(clusterName), [clusterName]);
  return useTable({
    features: inventoryFeatures,
    columns,
    data: visible,
    getRowId: (row) => row.key,
    manualSorting: true,
    state: { sorting: [{ id: sort.column, desc: sort.descending }], columnVisibility: visibility },
  });
}

function gridStyle(visibility: Record<ColumnId, boolean>, rowHeight: number): CSSProperties {
  return { '--columns': gridTemplate(visibility), '--row-height': `${String(rowHeight)}px` } as CSSProperties;
}

/** The virtualised, live table; the grid is one tab stop and names its active row to assistive technology. */
export function InventoryTable(props: InventoryTableProps) {
  const { gridRef, state, sort, openKey, onOpen, onReach } = props;
  const t = useTranslations('inventory');
  const width = useElementWidth(gridRef);
  const twoLines = width < columnLayout.kind.fromWidth;
  const rowHeight = twoLines ? rowHeightNarrow : rowHeightWide;
  const { items, height, end, scrollTo } = useRowWindow(gridRef, state, rowHeight);
  useScrollAnchor(gridRef, state.rows, rowHeight);
  useEffect(() => onReach(end), [onReach, end]);
  useEffect(() => {
    if (gridRef.current !== null) gridRef.current.scrollTop = 0;
  }, [gridRef, props.selection]);

  const visibility = columnVisibility(width, props.clusterCount);
  const visible = items.map((item) => item.row).filter((row) => row !== undefined);
  const table = useVisibleTable(visible, visibility, sort, props.clusterName);
  const tableRows = new Map(table.getRowModel().rows.map((row) => [row.original.key, row]));
  const columnIds = table.getVisibleLeafColumns().map((column) => column.id as ColumnId);
  const columnsKey = columnIds.join();

  const { activeKey, activeIndex, activate } = useActiveRow(state, openKey);
  const onKeyDown = useGridKeyboard({
    grid: gridRef,
    count: state.total,
    activeIndex,
    pageRows: () => Math.max(1, Math.floor(((gridRef.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1),
    onMove: (index) => {
      activate({ index, key: state.rows[index]?.key });
      scrollTo(index);
    },
    onOpen: (index) => {
      const row = state.rows[index];
      if (row !== undefined) onOpen(row.key, 'detail');
    },
    onClose: props.onClose,
  });
  const openByClick = useMemo(
    () => (key: string) => {
      activate({ index: -1, key });
      onOpen(key, 'table');
    },
    [activate, onOpen],
  );
  const activeIsDrawn = items.some((item) => item.row !== undefined && item.row.key === activeKey);

  return (
    <div
      ref={gridRef}
      role="grid"
      tabIndex={0}
      aria-label={t('table')}
      aria-rowcount={state.total + 1}
      aria-colcount={columnIds.length}
      aria-busy={props.outdated}
      aria-activedescendant={activeIsDrawn && activeKey !== undefined ? rowElementId(activeKey) : undefined}
      className={`${styles['grid'] ?? ''} ${props.outdated ? (styles['outdated'] ?? '') : ''}`}
      style={gridStyle(visibility, rowHeight)}
      onKeyDown={onKeyDown}
    >
      <InventoryTableHead columns={columnIds} sort={sort} onSort={props.onSort} />
      <div role="rowgroup" className={styles['body']} style={{ height: `${String(height)}px` }}>
        {items.map(({ index, top, row }) => {
          const tableRow = row === undefined ? undefined : tableRows.get(row.key);
          if (row === undefined || tableRow === undefined)
            return <GhostRow key={`ghost-${String(index)}`} index={index} top={top} />;
          return (
            <InventoryTableRow
              key={row.key}
              row={tableRow}
              columns={columnsKey}
              index={index}
              top={top}
              active={row.key === activeKey}
              open={row.key === openKey}
              twoLines={twoLines}
              onOpen={openByClick}
            />
          );
        })}
      </div>
    </div>
  );
}
