import {
  defaultSort,
  emptyFilter,
  formatLabel,
  parseLabel,
  sortColumns,
  type InventoryFilter,
  type InventorySort,
  type LabelPair,
} from '../../api/inventory-query.ts';

/** Everything about the page that an address carries, so that a link shows another person the same. */
export interface InventoryUrlState {
  readonly filter: InventoryFilter;
  readonly sort: InventorySort;
  /** Key of the open object. */
  readonly object?: string | undefined;
  readonly tab: 'overview' | 'yaml';
  /** The panel of sync states is open. */
  readonly sync: boolean;
}

export const initialUrlState: InventoryUrlState = {
  filter: emptyFilter,
  sort: defaultSort,
  tab: 'overview',
  sync: false,
};

function parseSort(text: string | null): InventorySort {
  const descending = text?.startsWith('-') ?? false;
  const column = sortColumns.find((name) => name === (descending ? text?.slice(1) : text));
  return column === undefined ? defaultSort : { column, descending };
}

function formatSort(sort: InventorySort): string {
  return `${sort.descending ? '-' : ''}${sort.column}`;
}

function parseLabels(texts: readonly string[]): readonly LabelPair[] {
  return texts.map(parseLabel).filter((label) => label !== undefined);
}

/** Reads the state from a query string; what it does not understand counts as absent. */
export function parseUrlState(search: string): InventoryUrlState {
  const query = new URLSearchParams(search);
  const object = query.get('object');
  return {
    filter: {
      clusters: query.getAll('cluster'),
      kinds: query.getAll('kind'),
      namespaces: query.getAll('namespace'),
      labels: parseLabels(query.getAll('label')),
      search: query.get('q') ?? '',
    },
    sort: parseSort(query.get('sort')),
    ...(object === null || object === '' ? {} : { object }),
    tab: query.get('tab') === 'yaml' ? 'yaml' : 'overview',
    sync: query.has('sync'),
  };
}

/** Writes the state as a query string without its defaults; empty when all is default. */
export function formatUrlState(state: InventoryUrlState): string {
  const query = new URLSearchParams();
  for (const cluster of state.filter.clusters) query.append('cluster', cluster);
  for (const kind of state.filter.kinds) query.append('kind', kind);
  for (const namespace of state.filter.namespaces) query.append('namespace', namespace);
  for (const label of state.filter.labels) query.append('label', formatLabel(label));
  if (state.filter.search !== '') query.set('q', state.filter.search);
  if (formatSort(state.sort) !== formatSort(defaultSort)) query.set('sort', formatSort(state.sort));
  if (state.object !== undefined) query.set('object', state.object);
  if (state.object !== undefined && state.tab !== 'overview') query.set('tab', state.tab);
  if (state.sync) query.set('sync', '1');
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
