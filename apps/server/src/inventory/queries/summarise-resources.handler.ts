import type { ResourceSummary } from '@meshery/contracts';
import type { RequestContext } from '@meshery/observability';
import type { InventorySummary, ObjectFilter } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { VisibleInventory } from '../scope/visible-inventory.ts';

/** Counts a selection by kind and names its namespaces and labels. */
@Injectable()
export class SummariseResourcesHandler {
  readonly #inventory: VisibleInventory;

  constructor(@Inject(VisibleInventory) inventory: VisibleInventory) {
    this.#inventory = inventory;
  }

  async summary(ctx: RequestContext, filter: ObjectFilter): Promise<InventorySummary> {
    return this.#inventory.summary(ctx, filter);
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
