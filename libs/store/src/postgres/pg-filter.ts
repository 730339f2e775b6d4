import type { ObjectFilter, SortColumn } from '../inventory-store.ts';
import { likePattern } from '../shared/like-pattern.ts';

/** A condition over `inventory.objects o` and its parameters, numbered from 1. */
export interface PgCondition {
  readonly where: string;
  readonly params: readonly unknown[];
}

const sortColumns: Record<SortColumn, string> = {
  name: 'o.name',
  kind: 'o.kind',
  namespace: 'o.namespace',
  api_version: 'o.api_version',
  creation_timestamp: 'o.created',
  model: 'o.model',
};

/** The expression of a published sort column. */
export function pgSort(column: SortColumn): string {
  return sortColumns[column];
}

/** Turns a filter into a condition; an empty list selects nothing. */
export function pgFilter(filter: ObjectFilter): PgCondition {
  const parts: string[] = [];
  const params: unknown[] = [];
  const add = (value: unknown, clause: (mark: string) => string): void => {
    params.push(value);
    parts.push(clause(`$${params.length}`));
  };
  const anyOf = (column: string, values: readonly string[] | undefined): void => {
    if (values !== undefined) add(values, (mark) => `o.${column} = ANY(${mark}::text[])`);
  };
  if (filter.clusterIds !== 'all') {
    add(
      filter.clusterIds,
      (mark) => `o.cluster IN (SELECT id FROM inventory.clusters WHERE cluster_id = ANY(${mark}::text[]))`,
    );
  }
  anyOf('namespace', filter.namespaces);
  anyOf('kind', filter.kinds);
  anyOf('api_version', filter.apiVersions);
  anyOf('model', filter.models);
  for (const { key, value } of filter.labels ?? []) {
    add(JSON.stringify(Object.fromEntries([[key, value]])), (mark) => `o.labels @> ${mark}::jsonb`);
  }
  if (filter.search !== undefined && filter.search !== '') {
    add(likePattern(filter.search), (mark) => `o.name ILIKE ${mark} ESCAPE '\\'`);
  }
  return { where: parts.length === 0 ? 'true' : parts.join(' AND '), params };
}
