import type { RequestContext } from '@meshery/observability';
import type { ObjectPage, ObjectQuery } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { VisibleInventory } from '../scope/visible-inventory.ts';
import { pageFormat } from '../row-text.ts';
import type { RowShape } from '../row-text.ts';

/** Answers one page of rows: as it is, or as the JSON of a `ResourcePage` in UTF-8. */
@Injectable()
export class ListResourcesHandler {
  readonly #inventory: VisibleInventory;

  constructor(@Inject(VisibleInventory) inventory: VisibleInventory) {
    this.#inventory = inventory;
  }

  page(ctx: RequestContext, query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    return this.#inventory.page(ctx, query, withText);
  }

  handle(ctx: RequestContext, query: ObjectQuery, shape: RowShape): Promise<Buffer> {
    return this.#inventory.writtenPage(ctx, query, pageFormat(shape, query));
  }
}
