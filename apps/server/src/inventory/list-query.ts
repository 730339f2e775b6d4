import { MesheryError } from '@meshery/errors';
import type { ObjectQuery, SortColumn } from '@meshery/store';
import { parseClusterIds, parseFilter } from './object-filter.ts';
import { badParameter, flag, single, wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { rowFields } from './row-text.ts';
import type { RowField, RowParts, RowShape } from './row-text.ts';

/** Rows of a page when none are asked for. */
const defaultPageSize = 25;
/** Rows of a page at most. */
const maxPageSize = 1000;

const maxPage = 1_000_000;
const sortColumns: ReadonlySet<string> = new Set<SortColumn>([
  'name',
  'kind',
  'namespace',
  'api_version',
  'creation_timestamp',
  'model',
]);

/** What GET /api/system/meshsync/resources was asked. */
export type ListRequest =
  | { readonly kind: 'page'; readonly query: ObjectQuery; readonly shape: RowShape }
  | { readonly kind: 'export'; readonly query: ObjectQuery };

/** Reads and checks the query of the list. Throws `meshery-core-1001`, for `asDesign` `meshery-core-1009`. */
export function parseListQuery(raw: RawQuery): ListRequest {
  const parts = parseParts(raw);
  if (flag(raw, 'asDesign')) throw designsMissing();
  const query = parsePageQuery(raw, parseClusterIds(raw));
  const format = single(raw, 'format');
  if (format === undefined) return { kind: 'page', query, shape: { parts, ...parseFields(raw) } };
  if (format !== 'kubernetes') throw badParameter('format', 'knows only "kubernetes"');
  refusePaging(raw);
  return { kind: 'export', query };
}

/** Which rows of which order; what GraphQL asks, too. Throws `meshery-core-1001`. */
export function parsePageQuery(raw: RawQuery, clusterIds: readonly string[] | 'all'): ObjectQuery {
  return { ...parseFilter(raw, clusterIds), ...parseOrder(raw), ...parsePosition(raw) };
}

/** The optional parts of rows: `spec`, `status`, `annotations`, `labels`. */
export function parseParts(raw: RawQuery): RowParts {
  return {
    spec: flag(raw, 'spec'),
    status: flag(raw, 'status'),
    annotations: flag(raw, 'annotations'),
    labels: flag(raw, 'labels'),
  };
}

function parseOrder(raw: RawQuery): Pick<ObjectQuery, 'sort' | 'descending'> {
  const order = single(raw, 'order');
  if (order === undefined || order === '') return { sort: 'name', descending: false };
  const [column = '', direction = 'asc', ...rest] = order.split(' ');
  const known = sortColumns.has(column) && ['asc', 'desc'].includes(direction.toLowerCase()) && rest.length === 0;
  if (!known) throw badParameter('order', `must be one of ${[...sortColumns].join(', ')}, then "asc" or "desc"`);
  return { sort: column as SortColumn, descending: direction.toLowerCase() === 'desc' };
}

function parsePosition(raw: RawQuery): Pick<ObjectQuery, 'pageSize' | 'page' | 'after'> {
  const pageSize =
    wholeNumber(raw, ['pagesize', 'pageSize', 'page_size'], { min: 1, max: maxPageSize }) ?? defaultPageSize;
  const page = wholeNumber(raw, ['page'], { min: 0, max: maxPage });
  const after = single(raw, 'after');
  if (after === undefined) return { pageSize, page: page ?? 0 };
  if (page !== undefined) throw badParameter('after', 'and "page" exclude each other');
  if (!/^[\w+/=.:~-]{1,1024}$/.test(after)) throw badParameter('after', 'must be the "next" of an earlier page');
  return { pageSize, after };
}

function parseFields(raw: RawQuery): { fields?: ReadonlySet<RowField> } {
  const given = single(raw, 'fields');
  if (given === undefined || given === '') return {};
  const names = given.split(',');
  const known = names.filter((name): name is RowField => (rowFields as readonly string[]).includes(name));
  if (known.length !== names.length) throw badParameter('fields', `knows ${rowFields.join(', ')}`);
  return { fields: new Set(known) };
}

function refusePaging(raw: RawQuery): void {
  for (const name of ['page', 'pagesize', 'pageSize', 'page_size', 'after', 'order', 'fields']) {
    if (raw[name] !== undefined)
      throw badParameter(name, 'does not go with format=kubernetes, which answers every object');
  }
}

function designsMissing(): MesheryError {
  return new MesheryError('meshery-core-1009', 'Objects cannot be answered as a design yet.', {
    probableCause: 'This version keeps no designs.',
    remedy: 'Leave asDesign out; format=kubernetes gives the objects themselves.',
  });
}
