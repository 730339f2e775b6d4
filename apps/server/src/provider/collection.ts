import type { Page, PageQuery } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';

/**
 * The records of one construct as a provider keeps them. Whoever asks sees only what belongs to their organizations;
 * a record of another one does not exist for them (`meshery-core-1002`).
 */
export interface Collection<Item, Draft, Patch, Filter> {
  /** Rejects with `meshery-core-1002` for an organization that the user is not in. */
  page(ctx: RequestContext, filter: Filter, query: PageQuery): Promise<Page<Item>>;
  get(ctx: RequestContext, id: string): Promise<Item>;
  create(ctx: RequestContext, draft: Draft): Promise<Item>;
  update(ctx: RequestContext, id: string, patch: Patch): Promise<Item>;
  /** Removes the record with everything that hangs on it. */
  remove(ctx: RequestContext, id: string): Promise<void>;
}
