import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { StoredObject } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { ComponentDefinitions } from '../../registry/read/component-definitions.ts';
import { componentText } from '../component-text.ts';
import { VisibleInventory } from '../scope/visible-inventory.ts';

/** Finds one object by its published id or its uid. */
@Injectable()
export class GetResourceHandler {
  readonly #inventory: VisibleInventory;
  readonly #definitions: ComponentDefinitions;

  constructor(
    @Inject(VisibleInventory) inventory: VisibleInventory,
    @Inject(ComponentDefinitions) definitions: ComponentDefinitions,
  ) {
    this.#inventory = inventory;
    this.#definitions = definitions;
  }

  /** Rejects with `meshery-core-1002` when there is none. */
  async handle(ctx: RequestContext, idOrUid: string): Promise<StoredObject> {
    const found = await this.#inventory.find(ctx, idOrUid);
    if (found === undefined) throw noSuchObject();
    return found;
  }

  /** The JSON text of it as a component, with what the registry knows of its kind. Rejects as `handle` does. */
  async component(ctx: RequestContext, idOrUid: string): Promise<string> {
    const object = await this.handle(ctx, idOrUid);
    return componentText(object, await this.#definitions.of(object.kind, object.apiVersion));
  }
}

/** The error for an id that names nothing stored. */
export function noSuchObject(): MesheryError {
  return new MesheryError('meshery-core-1002', 'There is no such object in the inventory.', {
    probableCause: 'It was deleted in its cluster, or the id was cut off.',
    remedy: 'List the objects again; ids are base64 of "clusterID.kind.apiVersion.namespace.name", or a uid.',
  });
}
