/** A label that an object must carry. */
export interface LabelPair {
  readonly key: string;
  readonly value: string;
}

/** What to show; every list is an "any of" and empty means all, labels must all match. */
export interface InventoryFilter {
  readonly clusters: readonly string[];
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  readonly labels: readonly LabelPair[];
  /** Part of the name, in any case. */
  readonly search: string;
}

/** Columns the server can sort by, under their published names. */
export const sortColumns = ['name', 'kind', 'namespace', 'api_version', 'creation_timestamp'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface InventorySort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export const emptyFilter: InventoryFilter = { clusters: [], kinds: [], namespaces: [], labels: [], search: '' };

/** Newest first: what has just been applied is seen at once. */
export const defaultSort: InventorySort = { column: 'creation_timestamp', descending: true };

/** Reads `key=value`; undefined when there is no key. */
export function parseLabel(text: string): LabelPair | undefined {
  const at = text.indexOf('=');
  const key = (at < 0 ? text : text.slice(0, at)).trim();
  if (key === '' || at < 0) return undefined;
  return { key, value: text.slice(at + 1).trim() };
}

/** The form in which a label is written in chips, addresses and requests. */
export function formatLabel(label: LabelPair): string {
  return `${label.key}=${label.value}`;
}

/** The list request of a selection, without paging. */
export interface ListQuery {
  readonly clusterIds: string;
  readonly kind: string[];
  readonly namespace: string[];
  readonly label: string[];
  readonly search?: string;
  readonly order: string;
}

/** See `ListQuery`. */
export function listQuery(filter: InventoryFilter, sort: InventorySort, clusterIds: readonly string[]): ListQuery {
  return {
    clusterIds: JSON.stringify(clusterIds),
    kind: [...filter.kinds],
    namespace: [...filter.namespaces],
    label: filter.labels.map(formatLabel),
    ...(filter.search === '' ? {} : { search: filter.search }),
    order: `${sort.column} ${sort.descending ? 'desc' : 'asc'}`,
  };
}
