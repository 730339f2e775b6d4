import type { RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE } from '../tokens.ts';

/** Empties the cache of discovered objects. What users made is another store and is not touched. */
@Injectable()
export class ResetDatabaseHandler {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  /** Rejects with `meshery-store-1606` while it is being emptied already. */
  async handle(ctx: RequestContext): Promise<{ readonly message: string }> {
    const archive = await this.#store.reset('an administrator emptied the cache');
    ctx.logger.warn({ archive }, 'cache of discovered objects emptied');
    const kept = archive === undefined ? '' : ` The old one is kept as ${archive}.`;
    return { message: `The cache of discovered objects is empty; discovery fills it again.${kept}` };
  }
}
