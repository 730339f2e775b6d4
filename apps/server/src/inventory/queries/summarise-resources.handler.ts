import type { ResourceSummary } from '@meshery/contracts';
import type { RequestContext } from '@meshery/observability';
import type { InventoryStore, InventorySummary, ObjectFilter } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE } from '../../tokens.ts';

/** Counts a selection by kind and names its namespaces and labels. */
@Injectable()
export class SummariseResourcesHandler {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  async summary(_ctx: RequestContext, filter: ObjectFilter): Promise<InventorySummary> {
    return this.#store.summary(filter);
  }

  /** The same under the published names. */
  async handle(ctx: RequestContext, filter: ObjectFilter): Promise<ResourceSummary> {
    const { kinds, namespaces, labels } = await this.summary(ctx, filter);
    return {
      kinds: kinds.map(({ kind, model, count }) => ({ Kind: kind, Model: model, Count: count })),
      namespaces,
      labels,
    };
  }
}
