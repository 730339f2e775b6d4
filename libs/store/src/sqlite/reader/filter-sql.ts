import type { ObjectFilter, SortColumn } from '../../inventory-store.ts';
import { likePattern } from '../../shared/like-pattern.ts';

/** A condition over `objects o` with its parameters, in order. */
export interface SqlCondition {
  readonly where: string;
  readonly params: readonly string[];
}

/** The condition that every row meets. */
const everything = '1';

/** What each published sort column is called; anything else is refused at the edge. */
const sortExpressions: Record<SortColumn, { readonly expression: string; readonly join: string }> = {
  name: { expression: 'o.name', join: '' },
  creation_timestamp: { expression: 'o.created', join: '' },
  namespace: { expression: 'n.name', join: ' JOIN namespaces n ON n.id = o.ns' },
  kind: { expression: 't.kind', join: ' JOIN types t ON t.id = o.type' },
  api_version: { expression: 't.api_version', join: ' JOIN types t ON t.id = o.type' },
  model: { expression: 't.model', join: ' JOIN types t ON t.id = o.type' },
};

/** Joins and expression for a sort column. */
export function sortSql(column: SortColumn): { readonly expression: string; readonly join: string } {
  return sortExpressions[column];
}

function marks(values: readonly string[]): string {
  return values.map(() => '?').join(', ');
}

function anyOf(column: string, table: string, field: string): (values: readonly string[]) => string {
  return (values) => `${column} IN (SELECT id FROM ${table} WHERE ${field} IN (${marks(values)}))`;
}

/** Naming every family lets the index of identities find the rows of a namespace: it begins with the family. */
function inNamespaces(values: readonly string[]): string {
  return `o.family IN (SELECT family FROM resources) AND ${anyOf('o.ns', 'namespaces', 'name')(values)}`;
}

/** A namespace narrows more than a label: then each of its rows is looked up among those of the label. */
function hasLabel(isInNamespace: boolean): string {
  const label = '(SELECT id FROM label_names WHERE key = ? AND value = ?)';
  return isInNamespace
    ? `EXISTS (SELECT 1 FROM labels l WHERE l.label = ${label} AND l.object = o.id)`
    : `o.id IN (SELECT object FROM labels WHERE label = ${label})`;
}

const clauses = {
  // The plus keeps the index that begins with the cluster out: whatever else a filter names narrows more.
  clusterIds: anyOf('+o.cluster', 'clusters', 'cluster_id'),
  namespaces: inNamespaces,
  kinds: anyOf('o.type', 'types', 'kind'),
  apiVersions: anyOf('o.type', 'types', 'api_version'),
  models: anyOf('o.type', 'types', 'model'),
};

/** The condition of a filter that selects one whole cluster and nothing less; undefined for any other filter. */
export function wholeClusterSql(filter: ObjectFilter): SqlCondition | undefined {
  const { clusterIds } = filter;
  if (clusterIds === 'all' || filterSql({ ...filter, clusterIds: 'all' }).where !== everything) return undefined;
  const [clusterId, ...more] = clusterIds;
  if (clusterId === undefined || more.length > 0) return undefined;
  return { where: 'o.cluster = (SELECT id FROM clusters WHERE cluster_id = ?)', params: [clusterId] };
}

/** Turns a filter into a condition. Every list is an "any of": an empty one selects nothing. */
export function filterSql(filter: ObjectFilter): SqlCondition {
  const parts: string[] = [];
  const params: string[] = [];
  const add = (clause: (values: readonly string[]) => string, values: readonly string[] | undefined): void => {
    if (values === undefined) return;
    parts.push(clause(values));
    params.push(...values);
  };
  for (const { key, value } of filter.labels ?? []) {
    parts.push(hasLabel(filter.namespaces !== undefined));
    params.push(key, value);
  }
  add(clauses.clusterIds, filter.clusterIds === 'all' ? undefined : filter.clusterIds);
  add(clauses.namespaces, filter.namespaces);
  add(clauses.kinds, filter.kinds);
  add(clauses.apiVersions, filter.apiVersions);
  add(clauses.models, filter.models);
  if (filter.search !== undefined && filter.search !== '') {
    parts.push("o.name LIKE ? ESCAPE '\\'");
    params.push(likePattern(filter.search));
  }
  return { where: parts.length === 0 ? everything : parts.join(' AND '), params };
}
