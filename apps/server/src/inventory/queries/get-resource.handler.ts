import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { StoredObject } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { VisibleInventory } from '../scope/visible-inventory.ts';

/** Finds one object by its published id or its uid. */
@Injectable()
export class GetResourceHandler {
  readonly #inventory: VisibleInventory;

  constructor(@Inject(VisibleInventory) inventory: VisibleInventory) {
    this.#inventory = inventory;
  }

  /** Rejects with `meshery-core-1002` when there is none. */
  async handle(ctx: RequestContext, idOrUid: string): Promise<StoredObject> {
    const found = await this.#inventory.find(ctx, idOrUid);
    if (found === undefined) throw noSuchObject();
    return found;
  }
}

/** The error for an id that names nothing stored. */
export function noSuchObject(): MesheryError {
  return new MesheryError('meshery-core-1002', 'There is no such object in the inventory.', {
    probableCause: 'It was deleted in its cluster, or the id was cut off.',
    remedy: 'List the objects again; ids are base64 of "clusterID.kind.apiVersion.namespace.name", or a uid.',
  });
}
