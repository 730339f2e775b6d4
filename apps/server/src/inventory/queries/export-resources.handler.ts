import type { RequestContext } from '@meshery/observability';
import type { ObjectFilter } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { VisibleInventory } from '../scope/visible-inventory.ts';

/** Answers every selected object as a Kubernetes List, piece by piece, without parsing or holding them. */
@Injectable()
export class ExportResourcesHandler {
  readonly #inventory: VisibleInventory;

  constructor(@Inject(VisibleInventory) inventory: VisibleInventory) {
    this.#inventory = inventory;
  }

  /** Pieces of the text; the consumer's pace is the store's. Ends early with the context's signal. */
  async *handle(ctx: RequestContext, filter: ObjectFilter): AsyncGenerator<string> {
    let separator = '{"apiVersion":"v1","kind":"List","items":[';
    for await (const objects of this.#inventory.export(ctx, filter)) {
      ctx.signal.throwIfAborted();
      let text = '';
      for (const object of objects) {
        text += separator + object.json;
        separator = ',';
      }
      if (text !== '') yield text;
    }
    yield separator === ',' ? ']}' : `${separator}]}`;
  }
}
