import { eventSeverities, eventStatuses, recordId } from '@meshery/object-model';
import type { EventRecord, EventStatus, Page, PageQuery } from '@meshery/object-model';
import type { EventFilter } from '@meshery/store';
import { parsePageQuery } from '../rest/page-request.ts';
import { badParameter, single, wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

/** What GET /api/system/events was asked. */
export interface EventListRequest {
  readonly filter: EventFilter;
  readonly query: PageQuery;
  /** The list is in the order of the log, so that a position in it can be given. */
  readonly isByPosition: boolean;
}

const sorted = ['createdAt', 'updatedAt', 'severity', 'category', 'action', 'sequence'];
const maxValues = 100;
const maxLength = 256;

/** Reads and checks the query of the list. Throws `meshery-core-1001` that names the wrong parameter. */
export function parseEventQuery(raw: RawQuery): EventListRequest {
  const asked = parsePageQuery(raw, { sorted, defaultOrder: { field: 'sequence', descending: true } });
  const { field = 'sequence', descending = true } = asked.order ?? {};
  checkSort(raw);
  // Positions grow with time, and unlike times they are unique.
  const order = { field: field === 'createdAt' ? 'sequence' : field, descending };
  const isByPosition = order.field === 'sequence';
  const after = wholeNumber(raw, ['after'], { min: 0, max: Number.MAX_SAFE_INTEGER });
  if (after !== undefined && raw['page'] !== undefined) throw badParameter('after', 'does not go together with "page"');
  if (after !== undefined && !isByPosition) throw badParameter('after', 'goes only with the order "created_at"');
  return {
    filter: { ...parseFilter(raw), ...(after === undefined ? {} : { after }) },
    query: { ...asked, order },
    isByPosition,
  };
}

/** The position after a page in the order of the log; undefined when nothing comes after it, or there are none (0). */
export function positionAfter({ items, pageSize }: Page<EventRecord>): number | undefined {
  const last = items.length === pageSize ? items.at(-1)?.sequence : undefined;
  return last === 0 ? undefined : last;
}

function parseFilter(raw: RawQuery): EventFilter {
  const categories = texts(raw, 'category');
  const actions = texts(raw, 'action');
  const severities = texts(raw, 'severity')?.map((value) => oneOf('severity', value, eventSeverities));
  const actedUpon = texts(raw, 'actedUpon', 'acted_upon')?.map(toId);
  const status = parseStatus(raw);
  return {
    ...(categories === undefined ? {} : { categories }),
    ...(actions === undefined ? {} : { actions }),
    ...(severities === undefined ? {} : { severities: severities }),
    ...(actedUpon === undefined ? {} : { actedUpon }),
    ...(status === undefined ? {} : { status }),
  };
}

/** A JSON array of texts; absent, empty and `[]` mean no condition. */
function texts(raw: RawQuery, ...names: [string, ...string[]]): readonly string[] | undefined {
  const text = single(raw, ...names);
  if (text === undefined || text === '') return undefined;
  const wrong = badParameter(names[0], `must be a JSON array of at most ${String(maxValues)} texts, such as ["a"]`);
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (!Array.isArray(values) || values.length > maxValues) throw wrong;
  const given: readonly unknown[] = values;
  if (!given.every((value) => typeof value === 'string' && value.length <= maxLength && !value.includes('\0')))
    throw wrong;
  return given.length === 0 ? undefined : (given as readonly string[]);
}

function oneOf<Value extends string>(name: string, value: string, known: readonly Value[]): Value {
  const found = known.find((each) => each === value);
  if (found === undefined) throw badParameter(name, `knows only ${known.join(', ')}`);
  return found;
}

function toId(value: string): string {
  if (!recordId.safeParse(value).success) throw badParameter('actedUpon', 'must hold UUIDs');
  return value.toLowerCase();
}

function parseStatus(raw: RawQuery): EventStatus | undefined {
  const status = single(raw, 'status');
  return status === undefined || status === '' ? undefined : oneOf('status', status, eventStatuses);
}

function checkSort(raw: RawQuery): void {
  const sort = single(raw, 'sort');
  if (sort !== undefined && sort !== '' && !/^(asc|desc)$/i.test(sort))
    throw badParameter('sort', 'must be "asc" or "desc"');
}
