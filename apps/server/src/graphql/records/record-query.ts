import { recordId } from '@meshery/object-model';
import { parseConnectionQuery } from '../../connections/connection-query.ts';
import type { ConnectionListQuery } from '../../connections/connection-query.ts';
import { parseEventQuery } from '../../events/event-query.ts';
import type { EventListRequest } from '../../events/event-query.ts';
import { parseOperationQuery } from '../../operations/operation-query.ts';
import type { OperationListRequest } from '../../operations/operation-query.ts';
import { badParameter } from '../../rest/query-values.ts';
import { text, withoutUndefined } from '../to-query.ts';
import type { ConnectionsArgs } from './connection.dto.ts';
import type { EventsArgs } from './event.dto.ts';
import type { OperationsArgs } from './operation.dto.ts';
import type { PageArgs } from './pages.dto.ts';

type Raw = Readonly<Record<string, string | undefined>>;

/** The list that was asked for, checked as REST checks it. Throws `meshery-core-1001`. */
export function connectionQueryOf({ filter, ...page }: ConnectionsArgs): ConnectionListQuery {
  return parseConnectionQuery(
    withoutUndefined({
      ...rawPage(page),
      organizationId: text(filter?.organizationId),
      kind: list(filter?.kinds),
      type: list(filter?.types),
      status: list(filter?.statuses),
      name: text(filter?.name),
    }),
  );
}

/** See `connectionQueryOf`. */
export function operationQueryOf({ filter, ...page }: OperationsArgs): OperationListRequest {
  return parseOperationQuery(
    withoutUndefined({ ...rawPage(page), state: text(filter?.state), kind: text(filter?.kind) }),
  );
}

/** See `connectionQueryOf`. */
export function eventQueryOf({ filter, status, after, ...page }: EventsArgs): EventListRequest {
  return parseEventQuery(
    withoutUndefined({
      ...rawPage(page),
      category: list(filter?.categories),
      action: list(filter?.actions),
      severity: list(filter?.severities),
      actedUpon: list(filter?.actedUpon),
      status: text(status),
      after: text(after),
    }),
  );
}

/** The id of a record. Throws `meshery-core-1001` for anything but a UUID. */
export function recordIdOf(id: string): string {
  if (recordId.safeParse(id).success) return id.toLowerCase();
  throw badParameter('id', 'must be a UUID');
}

/** One of the values that an argument knows. Throws `meshery-core-1001`. */
export function oneOf<Value extends string>(name: string, value: string, known: readonly Value[]): Value {
  const found = known.find((each) => each === value);
  if (found === undefined) throw badParameter(name, `knows only ${known.join(', ')}`);
  return found;
}

function rawPage({ page, pageSize, search, order }: PageArgs): Raw {
  return { page: text(page), pagesize: text(pageSize), search: text(search), order: text(order) };
}

function list(values: readonly string[] | null | undefined): string | undefined {
  return values === null || values === undefined ? undefined : JSON.stringify(values);
}
