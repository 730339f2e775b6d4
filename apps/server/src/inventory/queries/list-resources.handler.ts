import type { RequestContext } from '@meshery/observability';
import type { InventoryStore, ObjectPage, ObjectQuery } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE } from '../../tokens.ts';
import { pageFormat } from '../row-text.ts';
import type { RowShape } from '../row-text.ts';

/** Answers one page of rows: as it is, or as the JSON of a `ResourcePage` in UTF-8. */
@Injectable()
export class ListResourcesHandler {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  async page(_ctx: RequestContext, query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    return this.#store.page(query, withText);
  }

  handle(_ctx: RequestContext, query: ObjectQuery, shape: RowShape): Promise<Buffer> {
    return this.#store.writtenPage(query, pageFormat(shape, query));
  }
}
