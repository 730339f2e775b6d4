import type { ClusterStatus } from '@meshery/contracts';
import type { RequestContext } from '@meshery/observability';
import type {
  InventoryStore,
  InventorySummary,
  ObjectFilter,
  ObjectPage,
  ObjectQuery,
  PageFormat,
  StoredObject,
} from '@meshery/store';
import type { ClusterTenancy } from './cluster-tenancy.ts';

/** The inventory as the user of a request may see and change it; what is of others is not there. */
export class VisibleInventory {
  readonly #store: InventoryStore;
  readonly #tenancy: ClusterTenancy;

  constructor(store: InventoryStore, tenancy: ClusterTenancy) {
    this.#store = store;
    this.#tenancy = tenancy;
  }

  async page(ctx: RequestContext, query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    return this.#store.page(this.#seesAll(ctx) ? query : await this.#narrow(ctx, query), withText);
  }

  async writtenPage(ctx: RequestContext, query: ObjectQuery, format: PageFormat): Promise<Buffer> {
    return this.#store.writtenPage(this.#seesAll(ctx) ? query : await this.#narrow(ctx, query), format);
  }

  async *export(ctx: RequestContext, filter: ObjectFilter): AsyncGenerator<readonly StoredObject[]> {
    yield* this.#store.export(await this.#narrow(ctx, filter));
  }

  async summary(ctx: RequestContext, filter: ObjectFilter): Promise<InventorySummary> {
    return this.#store.summary(await this.#narrow(ctx, filter));
  }

  async find(ctx: RequestContext, idOrUid: string): Promise<StoredObject | undefined> {
    const found = await this.#store.find(idOrUid);
    if (found === undefined) return undefined;
    return (await this.#tenancy.scopeOf(ctx.user)).has(found.clusterId) ? found : undefined;
  }

  /** Removes one row until discovery sees it again; false when there is none. */
  async remove(ctx: RequestContext, idOrUid: string): Promise<boolean> {
    return (await this.find(ctx, idOrUid)) !== undefined && this.#store.remove(idOrUid);
  }

  async clusters(ctx: RequestContext): Promise<readonly ClusterStatus[]> {
    const scope = await this.#tenancy.scopeOf(ctx.user);
    return (await this.#store.clusters()).filter(({ id }) => scope.has(id));
  }

  /** True for somebody who is known to see every cluster: pages are asked for so often that each wait counts. */
  #seesAll(ctx: RequestContext): boolean {
    return this.#tenancy.recallScope(ctx.user)?.hasEverything() === true;
  }

  async #narrow<Filter extends ObjectFilter>(ctx: RequestContext, filter: Filter): Promise<Filter> {
    const scope = await this.#tenancy.scopeOf(ctx.user);
    if (scope.hasEverything()) return filter;
    const { clusterIds } = filter;
    const asked = clusterIds === 'all' ? (await this.#store.clusters()).map(({ id }) => id) : clusterIds;
    return { ...filter, clusterIds: asked.filter((id) => scope.has(id)) };
  }
}
