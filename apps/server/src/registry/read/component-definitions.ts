import type { ComponentRecord, UserStore } from '@meshery/store';
import { viewsInModels } from './registry-rows.ts';
import type { ModelPlace } from './registry-views.ts';

/** What the registry knows of a kind of object. */
export interface ComponentDefinition extends ModelPlace {
  readonly component: ComponentRecord;
  /** JSON schema of its configuration, as text. */
  readonly schema: string;
}

/** Finds what the registry says about objects of clusters. */
export class ComponentDefinitions {
  readonly #store: Pick<UserStore, 'read'>;

  constructor(store: Pick<UserStore, 'read'>) {
    this.#store = store;
  }

  /** The newest definition of a kind, whatever brought it; undefined for one that nobody registered. */
  of(kind: string, apiVersion: string): Promise<ComponentDefinition | undefined> {
    return this.#store.read(async (data) => {
      const known = await data.components.all({ kind, apiVersion });
      const newest = known.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)).slice(0, 1);
      const [found] = await viewsInModels(data, newest, (component, place) => ({ component, ...place }));
      if (found === undefined) return undefined;
      return { ...found, schema: (await data.componentSchemas.find({ id: found.component.id }))?.body ?? '' };
    });
  }
}
