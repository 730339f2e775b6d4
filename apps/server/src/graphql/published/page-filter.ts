import type { PageQuery } from '@meshery/object-model';
import { parsePageQuery } from '../../rest/page-request.ts';
import { badParameter } from '../../rest/query-values.ts';

/** Published form of a page request; an empty text is as good as none. */
export interface PageFilter {
  readonly page: string;
  readonly pageSize: string;
  readonly order?: string | null;
  readonly search?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly updated_after?: string | null;
}

/** The same of a catalog, with another spelling. */
export interface CatalogSelector {
  readonly page: string;
  readonly pagesize: string;
  readonly search: string;
  readonly order: string;
}

/** Rows of a page at most: what they hold is long. */
const maxPageSize = 100;
const dayMs = 86_400_000;
const listed = ['name', 'createdAt', 'updatedAt'];

/** The page of a list. Throws `meshery-core-1001`, also for a time by which the list cannot be narrowed. */
export function pageQueryOf(selector: PageFilter): PageQuery {
  for (const name of ['from', 'to', 'updated_after'] as const) {
    if (selector[name]) throw badParameter(name, 'is not taken by this list');
  }
  return parse({ ...selector, pagesize: selector.pageSize });
}

/** The page of a list of results, and which of them by the time when they were begun. Throws `meshery-core-1001`. */
export function resultQueryOf(selector: PageFilter): {
  readonly query: PageQuery;
  readonly within: { readonly from: string | undefined; readonly to: string | undefined };
} {
  const { from, to, updated_after: after } = selector;
  if (after) throw badParameter('updated_after', 'is not taken by this list');
  const within = { from: timeOf('from', from, 0), to: timeOf('to', to, dayMs) };
  return { query: parse({ ...selector, pagesize: selector.pageSize }, ['mesh', 'testStartTime']), within };
}

/** The page of a catalog; the first one unless told. Throws `meshery-core-1001`. */
export function catalogQueryOf(selector: CatalogSelector | null | undefined): PageQuery {
  return parse(selector ?? {});
}

function parse(
  given: { readonly [Field in 'page' | 'pagesize' | 'order' | 'search']?: string | null | undefined },
  sorted: readonly string[] = [],
): PageQuery {
  const names = ['page', 'pagesize', 'order', 'search'] as const;
  const raw = Object.fromEntries(names.flatMap((name) => (given[name] ? [[name, given[name]]] : [])));
  const query = parsePageQuery(raw, { sorted: [...listed, ...sorted] });
  return { ...query, pageSize: Math.min(query.pageSize, maxPageSize) };
}

/** A moment as the store spells it; a day stands for its begin, or with `wholeDay` for its end. */
function timeOf(name: string, text: string | null | undefined, wholeDay: number): string | undefined {
  if (!text) return undefined;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const at = isDay || isTime ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw badParameter(name, 'must be a day (2026-01-31) or a time of RFC 3339');
  return new Date(isDay ? at + wholeDay : at).toISOString();
}
