import { operationStates } from '@meshery/object-model';
import type { PageQuery } from '@meshery/object-model';
import type { OperationFilter } from '@meshery/store';
import { parsePageQuery } from '../rest/page-request.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

/** Which operations, and which of their pages. */
export interface OperationListRequest {
  readonly filter: OperationFilter;
  readonly query: PageQuery;
}

const rules = { sorted: ['createdAt', 'updatedAt', 'kind', 'state'] };

/** Reads the parameters of a list of operations. Throws `meshery-core-1001` that names the wrong one. */
export function parseOperationQuery(raw: RawQuery): OperationListRequest {
  const asked = single(raw, 'state') ?? '';
  const state = operationStates.find((each) => each === asked);
  if (asked !== '' && state === undefined) throw badParameter('state', `knows only ${operationStates.join(', ')}`);
  const kind = single(raw, 'kind') ?? '';
  const filter = { ...(state === undefined ? {} : { state }), ...(kind === '' ? {} : { kind }) };
  return { filter, query: parsePageQuery(raw, rules) };
}
