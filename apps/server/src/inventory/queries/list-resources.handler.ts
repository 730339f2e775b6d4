import type { RequestContext } from '@meshery/observability';
import type { InventoryStore, ObjectPage, ObjectQuery } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY_STORE } from '../../tokens.ts';
import { rowFormat } from '../row-text.ts';
import type { RowShape } from '../row-text.ts';

/** Answers one page of rows: as it is, or as the JSON text of a `ResourcePage`. */
@Injectable()
export class ListResourcesHandler {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  async page(_ctx: RequestContext, query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    return this.#store.page(query, withText);
  }

  async handle(_ctx: RequestContext, query: ObjectQuery, shape: RowShape): Promise<string> {
    const page = await this.#store.pageText(query, rowFormat(shape));
    const next = page.next === undefined ? '' : `,"next":${JSON.stringify(page.next)}`;
    return (
      `{"page":${String(query.page ?? 0)},"pageSize":${String(query.pageSize)},"totalCount":${String(page.totalCount)},` +
      `"resources":[${page.rows}],"design":null${next},"seq":${String(page.seq)}}`
    );
  }
}
