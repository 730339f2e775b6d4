import type { ObjectFilter } from '@meshery/store';
import { parseListQuery } from '../inventory/list-query.ts';
import { parseFilter } from '../inventory/object-filter.ts';
import { badParameter } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import type { ResourceFilterInput, ResourcesArgs } from './resource.dto.ts';

/** GraphQL input passes the same checks as the query of REST: one rule, one place. Throws `meshery-core-1001`. */
export function listRequestOf(args: ResourcesArgs): ReturnType<typeof parseListQuery> {
  const raw: Record<string, string | readonly string[] | undefined> = {
    ...rawFilter(args.filter),
    clusterIds: JSON.stringify(args.filter.clusterIds),
    page: text(args.page),
    pagesize: text(args.pageSize),
    after: text(args.after),
    order: text(args.order),
  };
  return parseListQuery(withoutUndefined(raw));
}

/** The filter alone, for subscriptions and summaries. */
export function filterOf(input: ResourceFilterInput): ObjectFilter {
  if (input.clusterIds.length > 500) throw badParameter('clusterIds', 'may have at most 500 entries');
  return parseFilter(withoutUndefined(rawFilter(input)), input.clusterIds.includes('all') ? 'all' : input.clusterIds);
}

function rawFilter(input: ResourceFilterInput): Record<string, string | readonly string[] | undefined> {
  return {
    kind: input.kinds ?? undefined,
    namespace: input.namespaces ?? undefined,
    apiVersion: input.apiVersions ?? undefined,
    model: input.models ?? undefined,
    label: input.labels?.map(({ key, value }) => `${key}=${value}`),
    search: input.search ?? undefined,
  };
}

function withoutUndefined(raw: Record<string, string | readonly string[] | undefined>): RawQuery {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}

function text(value: string | number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
