import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ConnectionFilter, Connections } from '../provider/connections-port.ts';

/** How many are held at a time. */
const pageSize = 200;

/** Every connection that a filter selects, the oldest first, whatever is made or removed while they are looked at. */
export async function* everyConnection(
  ctx: RequestContext,
  connections: Pick<Connections, 'page'>,
  filter: ConnectionFilter,
): AsyncGenerator<Connection> {
  const order = { field: 'createdAt', descending: false };
  for (let after: string | undefined, page = 0; ; page += 1) {
    const { items, next } = await connections.page(ctx, filter, {
      ...{ page, pageSize, order },
      ...(after === undefined ? {} : { after }),
    });
    yield* items;
    // Lists that do not know where they go on are read by number.
    if (items.length < pageSize) return;
    after = next;
  }
}
