import type { ClusterList } from '@meshery/contracts';
import type { RequestContext } from '@meshery/observability';
import { Inject, Injectable } from '@nestjs/common';
import { ClusterConditions } from '../cluster-conditions.ts';
import { ClusterTenancy } from '../scope/cluster-tenancy.ts';
import { VisibleInventory } from '../scope/visible-inventory.ts';

/** Lists every cluster of the user with its state; contexts that could not be read at all are listed with their reason. */
@Injectable()
export class ListClustersHandler {
  readonly #inventory: VisibleInventory;
  readonly #tenancy: ClusterTenancy;
  readonly #conditions: ClusterConditions;

  constructor(
    @Inject(VisibleInventory) inventory: VisibleInventory,
    @Inject(ClusterTenancy) tenancy: ClusterTenancy,
    @Inject(ClusterConditions) conditions: ClusterConditions,
  ) {
    this.#inventory = inventory;
    this.#tenancy = tenancy;
    this.#conditions = conditions;
  }

  async handle(ctx: RequestContext): Promise<ClusterList> {
    const [clusters, scope] = [await this.#inventory.clusters(ctx), await this.#tenancy.scopeOf(ctx.user)];
    return { clusters: this.#conditions.apply(clusters, scope) };
  }
}
