import type { ObjectFilter, ObjectQuery } from '@meshery/store';
import { parsePageQuery } from '../inventory/list-query.ts';
import { checkClusterIds, parseFilter } from '../inventory/object-filter.ts';
import { wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import type { ResourceFilterInput, ResourcesArgs } from './resource.dto.ts';

/** GraphQL input passes the same checks as the query of REST: one rule, one place. Throws `meshery-core-1001`. */
export function pageQueryOf(args: ResourcesArgs): ObjectQuery {
  const { filter } = args;
  const raw = {
    ...rawFilter(filter),
    page: text(args.page),
    pagesize: text(args.pageSize),
    after: text(args.after),
    order: text(args.order),
  };
  return parsePageQuery(raw, checkClusterIds(filter.clusterIds));
}

/** The filter alone, for subscriptions and summaries. Throws `meshery-core-1001`. */
export function filterOf(input: ResourceFilterInput): ObjectFilter {
  return parseFilter(rawFilter(input), checkClusterIds(input.clusterIds));
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
