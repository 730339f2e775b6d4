import { columnVisibilityFeature, createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import { sortColumns, type SortColumn } from '../../api/inventory-query.ts';
import { AgeText } from '../common/age-text.tsx';
import type { InventoryRow } from './inventory-row.ts';

/** The parts of the table library that are used; rows are windowed, filtered and sorted outside of it. */
export const inventoryFeatures = tableFeatures({ columnVisibilityFeature, rowSortingFeature });

export type ColumnId = SortColumn | 'cluster';

export interface ColumnLayout {
  /** CSS grid track. */
  readonly track: string;
  /** Shown from this width of the table on, in CSS pixels. */
  readonly fromWidth: number;
}

/** Layout per column, in the order of the table. */
export const columnLayout: Readonly<Record<ColumnId, ColumnLayout>> = {
  name: { track: 'minmax(0, 3.2fr)', fromWidth: 0 },
  kind: { track: 'minmax(0, 1.6fr)', fromWidth: 560 },
  namespace: { track: 'minmax(0, 1.6fr)', fromWidth: 560 },
  api_version: { track: 'minmax(0, 1.6fr)', fromWidth: 900 },
  cluster: { track: 'minmax(0, 1.2fr)', fromWidth: 760 },
  creation_timestamp: { track: '64px', fromWidth: 0 },
};

const helper = createColumnHelper<typeof inventoryFeatures, InventoryRow>();

/** The columns as data; `clusterName` turns an id into what people call the cluster. */
export function inventoryColumns(clusterName: (id: string) => string) {
  return helper.columns([
    helper.accessor('name', { id: 'name' }),
    helper.accessor('kind', { id: 'kind' }),
    helper.accessor('namespace', { id: 'namespace' }),
    helper.accessor('apiVersion', { id: 'api_version' }),
    helper.accessor((row) => clusterName(row.clusterId), { id: 'cluster', enableSorting: false }),
    helper.accessor('created', {
      id: 'creation_timestamp',
      sortDescFirst: true,
      cell: (cell) => <AgeText moment={cell.getValue()} />,
    }),
  ]);
}

/** Whether the server can sort by a column. */
export function isSortColumn(id: string): id is SortColumn {
  return (sortColumns as readonly string[]).includes(id);
}

/** Which columns fit into a table of this width. */
export function columnVisibility(width: number, clusters: number): Record<ColumnId, boolean> {
  const fits = (id: ColumnId): boolean => width >= columnLayout[id].fromWidth;
  return {
    name: true,
    kind: fits('kind'),
    namespace: fits('namespace'),
    api_version: fits('api_version'),
    cluster: fits('cluster') && clusters > 1,
    creation_timestamp: true,
  };
}

/** The CSS grid of the visible columns. */
export function gridTemplate(visibility: Readonly<Record<ColumnId, boolean>>): string {
  return (Object.keys(columnLayout) as ColumnId[])
    .filter((id) => visibility[id])
    .map((id) => columnLayout[id].track)
    .join(' ');
}
