import { camelCase } from '@meshery/object-model';
import type { PageOrder, PageQuery } from '@meshery/object-model';
import { badParameter, single, wholeNumber } from './query-values.ts';
import type { RawQuery } from './query-values.ts';

/** Rows of a page when none are asked for. */
const defaultPageSize = 10;
/** Rows of a page at most; older clients ask for this many when they want all. */
const maxPageSize = 10_000;
const maxPage = 1_000_000;

/** What a list lets its readers ask for. */
export interface ListRules {
  /** Fields that it can be sorted by, in camelCase; either spelling is taken. */
  readonly sorted: readonly string[];
  readonly defaultOrder?: PageOrder;
}

/** Reads page, or the position to go on after, pagesize, search and order of a list. Throws `meshery-core-1001` that names the wrong parameter. */
export function parsePageQuery(raw: RawQuery, rules: ListRules): PageQuery {
  const search = single(raw, 'search');
  const after = single(raw, 'after');
  if (after !== undefined && raw['page'] !== undefined) throw badParameter('after', 'does not go together with "page"');
  const order = parseOrder(raw, rules.sorted) ?? rules.defaultOrder;
  return {
    page: wholeNumber(raw, ['page'], { min: 0, max: maxPage }) ?? 0,
    pageSize: parsePageSize(raw),
    ...(search === undefined || search === '' ? {} : { search }),
    ...(order === undefined ? {} : { order }),
    ...(after === undefined ? {} : { after }),
  };
}

function parsePageSize(raw: RawQuery): number {
  const names: [string, ...string[]] = ['pagesize', 'pageSize', 'page_size'];
  if (single(raw, ...names) === 'all') return maxPageSize;
  return wholeNumber(raw, names, { min: 1, max: maxPageSize }) ?? defaultPageSize;
}

/** `name`, `name desc` or `created_at asc`; the direction may also stand alone in `sort`. */
function parseOrder(raw: RawQuery, sorted: readonly string[]): PageOrder | undefined {
  const order = single(raw, 'order');
  if (order === undefined || order === '') return undefined;
  const [column = '', direction = single(raw, 'sort') ?? 'asc', ...rest] = order.split(' ');
  const field = camelCase(column);
  const known = sorted.includes(field) && /^(asc|desc)$/i.test(direction) && rest.length === 0;
  if (!known) throw badParameter('order', `must be one of ${sorted.join(', ')}, then "asc" or "desc"`);
  return { field, descending: direction.toLowerCase() === 'desc' };
}
