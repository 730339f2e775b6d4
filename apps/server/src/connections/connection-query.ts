import { connectionStatus } from '@meshery/object-model';
import type { ConnectionStatus, PageQuery } from '@meshery/object-model';
import type { ConnectionFilter } from '../provider/connections-port.ts';
import { listParameter } from '../rest/list-parameter.ts';
import { organizationParameter } from '../rest/organization-parameter.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

/** Published clients count on no page being longer, `all` included. */
const maxPageSize = 100;
const rules = { sorted: ['name', 'kind', 'status', 'type', 'subType', 'createdAt', 'updatedAt'] };

/** Which connections, and which of their pages. */
export interface ConnectionListQuery {
  readonly filter: ConnectionFilter;
  readonly query: PageQuery;
}

/** Reads the parameters of a list of connections. Throws `meshery-core-1001` that names the wrong one. */
export function parseConnectionQuery(raw: RawQuery): ConnectionListQuery {
  const query = parsePageQuery(raw, rules);
  const name = single(raw, 'name');
  return {
    filter: {
      organizationId: organizationParameter(raw),
      kind: listParameter(raw, 'kind'),
      type: listParameter(raw, 'type'),
      status: listParameter(raw, 'status')?.map(readStatus),
      ...(name === undefined || name === '' ? {} : { name }),
    },
    query: { ...query, pageSize: Math.min(query.pageSize, maxPageSize) },
  };
}

function readStatus(text: string): ConnectionStatus {
  const status = connectionStatus.safeParse(text);
  if (status.success) return status.data;
  throw badParameter('status', `must be one of ${connectionStatus.options.join(', ')}`);
}
