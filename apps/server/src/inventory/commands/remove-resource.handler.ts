import type { RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE } from '../../tokens.ts';
import { noSuchObject } from '../queries/get-resource.handler.ts';

/** Removes one row from the inventory until discovery sees the object again; the cluster is not touched. */
@Injectable()
export class RemoveResourceHandler {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  /** Rejects with `meshery-core-1002` when there is none. */
  async handle(ctx: RequestContext, idOrUid: string): Promise<void> {
    if (!(await this.#store.remove(idOrUid))) throw noSuchObject();
    ctx.logger.info({ id: idOrUid }, 'inventory row removed');
  }
}
