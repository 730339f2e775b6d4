import type { RequestContext } from '@meshery/observability';
import type { ObjectFilter, ObjectPage } from '@meshery/store';
import type { InventoryQueries } from '../../inventory/inventory-queries.ts';

const rowsAtOnce = 100;

/** Every object of a selection by name, with its text; its reader may stop early. */
export async function* discoveredObjects(
  { lists }: InventoryQueries,
  ctx: RequestContext,
  filter: ObjectFilter,
): AsyncGenerator<ObjectPage['rows'][number]> {
  const query = { ...filter, sort: 'name', descending: false, pageSize: rowsAtOnce } as const;
  let page = await lists.page(ctx, query, true);
  yield* page.rows;
  while (page.next !== undefined) {
    ctx.signal.throwIfAborted();
    page = await lists.page(ctx, { ...query, after: page.next }, true);
    yield* page.rows;
  }
}
