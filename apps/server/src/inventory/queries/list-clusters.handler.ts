import type { ClusterList } from '@meshery/contracts';
import type { RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE } from '../../tokens.ts';
import { ClusterConditions } from '../cluster-conditions.ts';

/** Lists every known cluster with its state; contexts that could not be read at all are listed with their reason. */
@Injectable()
export class ListClustersHandler {
  readonly #store: InventoryStore;
  readonly #conditions: ClusterConditions;

  constructor(
    @Inject(INVENTORY_STORE) store: InventoryStore,
    @Inject(ClusterConditions) conditions: ClusterConditions,
  ) {
    this.#store = store;
    this.#conditions = conditions;
  }

  async handle(_ctx: RequestContext): Promise<ClusterList> {
    return { clusters: this.#conditions.apply(await this.#store.clusters()) };
  }
}
