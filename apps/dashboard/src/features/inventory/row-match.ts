import type { ResourceRow } from '@meshery/contracts';
import type { InventoryFilter, LabelPair } from '../../api/inventory-query.ts';

function includes(list: readonly string[], value: string): boolean {
  return list.length === 0 || list.includes(value);
}

/** The published rule: a namespace filter also finds the Namespace object of that name. */
function inNamespace(row: ResourceRow, namespaces: readonly string[]): boolean {
  if (includes(namespaces, row.metadata.namespace ?? '')) return true;
  return row.kind === 'Namespace' && namespaces.includes(row.metadata.name);
}

function hasLabel(row: ResourceRow, wanted: LabelPair): boolean {
  return (row.metadata.labels ?? []).some((label) => label.key === wanted.key && label.value === wanted.value);
}

/** Whether a changed object belongs to the selection; the server applies the same rules to pages. */
export function matchesFilter(row: ResourceRow, filter: InventoryFilter): boolean {
  return (
    includes(filter.clusters, row.cluster_id) &&
    includes(filter.kinds, row.kind) &&
    inNamespace(row, filter.namespaces) &&
    row.metadata.name.toLowerCase().includes(filter.search.toLowerCase()) &&
    filter.labels.every((label) => hasLabel(row, label))
  );
}
