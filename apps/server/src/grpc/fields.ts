import { MesheryError } from '@meshery/errors';
import { recordId } from '@meshery/object-model';

/** Rows of a page when none are asked for, and at most. */
const defaultPageSize = 25;
const maxPageSize = 1000;
const maxPages = 1_000_000;
const maxValues = 500;
const maxLength = 253;

/** The error of a field that is out of its bounds, `meshery-core-1001`; it never repeats the value. */
export function badField(field: string, rule: string): MesheryError {
  return new MesheryError('meshery-core-1001', `The field "${field}" ${rule}.`, {
    probableCause: 'The request was put together wrongly; nothing was changed.',
    remedy: `Correct "${field}" and call again.`,
    details: { field },
  });
}

/** Texts of sane number and length. */
export function bounded(field: string, values: readonly string[]): readonly string[] {
  if (values.length > maxValues) throw badField(field, `may have at most ${String(maxValues)} values`);
  if (values.some((value) => value.length > maxLength || value.includes('\0'))) {
    throw badField(field, `may have at most ${String(maxLength)} characters, without the character 0`);
  }
  return values;
}

/** One of the values that a field knows. */
export function oneOf<Value extends string>(field: string, value: string, known: readonly Value[]): Value {
  const found = known.find((each) => each === value);
  if (found === undefined) throw badField(field, `knows only ${known.join(', ')}`);
  return found;
}

/** The id of a record. */
export function idOf(field: string, value: string): string {
  if (!recordId.safeParse(value).success) throw badField(field, 'must be a UUID');
  return value.toLowerCase();
}

/** How many rows a page has. */
export function pageSizeOf(asked: number, most = maxPageSize): number {
  if (asked < 0 || asked > most) throw badField('page_size', `must be 0 to ${String(most)}`);
  return asked === 0 ? defaultPageSize : asked;
}

/** The whole number that a page token is; undefined for the first page. */
export function positionOf(pageToken: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
  if (pageToken === '') return undefined;
  const position = /^\d{1,15}$/.test(pageToken) ? Number(pageToken) : Number.NaN;
  if (!(position <= most)) throw badField('page_token', 'must be the next_page_token of an earlier page');
  return position;
}

/** The number of a page, where tokens are numbers of pages. */
export function pageOf(pageToken: string): number {
  return positionOf(pageToken, maxPages) ?? 0;
}

/** The token of the page after this one; empty when it is the last. */
export function nextPage(page: {
  readonly page: number;
  readonly pageSize: number;
  readonly totalCount: number;
}): string {
  return (page.page + 1) * page.pageSize < page.totalCount ? String(page.page + 1) : '';
}
