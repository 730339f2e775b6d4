import type { RequestContext } from '@meshery/observability';
import { Inject, Injectable } from '@nestjs/common';
import { VisibleInventory } from '../scope/visible-inventory.ts';
import { noSuchObject } from '../queries/get-resource.handler.ts';

/** Removes one row from the inventory until discovery sees the object again; the cluster is not touched. */
@Injectable()
export class RemoveResourceHandler {
  readonly #inventory: VisibleInventory;

  constructor(@Inject(VisibleInventory) inventory: VisibleInventory) {
    this.#inventory = inventory;
  }

  /** Rejects with `meshery-core-1002` when there is none. */
  async handle(ctx: RequestContext, idOrUid: string): Promise<void> {
    if (!(await this.#inventory.remove(ctx, idOrUid))) throw noSuchObject();
    ctx.logger.info({ id: idOrUid }, 'inventory row removed');
  }
}
