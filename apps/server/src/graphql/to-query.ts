import type { ObjectFilter } from '@meshery/store';
import { parseListQuery } from '../inventory/list-query.ts';
import { parseFilter } from '../inventory/object-filter.ts';
import { badParameter, wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import type { ResourceFilterInput, ResourcesArgs } from './resource.dto.ts';

/** GraphQL input passes the same checks as the query of REST: one rule, one place. Throws `meshery-core-1001`. */
export function listRequestOf(args: ResourcesArgs): ReturnType<typeof parseListQuery> {
  return parseListQuery({
    ...rawFilter(args.filter),
    clusterIds: JSON.stringify(args.filter.clusterIds),
    page: text(args.page),
    pagesize: text(args.pageSize),
    after: text(args.after),
    order: text(args.order),
  });
}

/** The filter alone, for subscriptions and summaries. */
export function filterOf(input: ResourceFilterInput): ObjectFilter {
  if (input.clusterIds.length > 500) throw badParameter('clusterIds', 'may have at most 500 entries');
  return parseFilter(rawFilter(input), input.clusterIds.includes('all') ? 'all' : input.clusterIds);
}

/** Where a subscription goes on. Throws `meshery-core-1001`. */
export function positionOf(since: string | null): { readonly since?: number } {
  const position = wholeNumber(since === null ? {} : { since }, ['since'], { min: 0, max: Number.MAX_SAFE_INTEGER });
  return position === undefined ? {} : { since: position };
}

/** As the query of REST says it. */
function rawFilter(input: ResourceFilterInput): RawQuery {
  return {
    kind: input.kinds ?? undefined,
    namespace: input.namespaces ?? undefined,
    apiVersion: input.apiVersions ?? undefined,
    model: input.models ?? undefined,
    label: input.labels?.map(({ key, value }) => `${key}=${value}`),
    search: input.search ?? undefined,
  };
}

/** A query of REST: what is not said is not there. */
export function withoutUndefined(raw: Record<string, string | readonly string[] | undefined>): RawQuery {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
}

/** A scalar as REST spells it. */
export function text(value: string | number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
