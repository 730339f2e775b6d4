import type { Category, Page, PageQuery, Relationship } from '@meshery/object-model';
import type { ModelRecord, RowFilter, UserData, UserStore } from '@meshery/store';
import { notFound } from '../../provider/local/tenancy.ts';
import type { ComponentQuery, ModelQuery, ModelSelection, RuleQuery } from './registry-query.ts';
import { componentViews, modelViews, viewsInModels } from './registry-rows.ts';
import {
  categoryView,
  connectionDefinitionView,
  policyView,
  registrantView,
  relationshipView,
} from './registry-views.ts';

/** The registry as its lists show it; everybody with an account reads all of it. */
export class RegistryReader {
  readonly #store: UserStore;

  constructor(store: UserStore) {
    this.#store = store;
  }

  models(query: ModelQuery): Promise<Page<object>> {
    return this.#store.read(async (data) => {
      const filter = await modelFilter(data, query.models);
      if (filter === undefined) return emptyPage(query.page);
      const { items, ...page } = await data.models.page({ ...filter, ...annotated(query) }, query.page);
      return { ...page, items: await modelViews(data, items, query) };
    });
  }

  components(query: ComponentQuery): Promise<Page<object>> {
    return this.#inModels(query, async (data, modelId) => {
      const { kind, apiVersion } = query;
      const where = { modelId, kind, apiVersion, ...annotated(query) };
      const { items, ...page } = await data.components.page(where, query.page);
      return { ...page, items: await componentViews(data, items, query.trim) };
    });
  }

  relationships(query: RuleQuery): Promise<Page<object>> {
    return this.#inModels(query, async (data, modelId) => {
      const { type, subType } = query;
      // What is no kind is of no relationship.
      const kind = query.kind as Relationship['kind'] | undefined;
      const { items, ...page } = await data.relationships.page({ modelId, kind, type, subType }, query.page);
      return { ...page, items: await viewsInModels(data, items, relationshipView) };
    });
  }

  policies(query: RuleQuery): Promise<Page<object>> {
    return this.#inModels(query, async (data, modelId) => {
      const { kind, subType } = query;
      const { items, ...page } = await data.policies.page({ modelId, kind, subType }, query.page);
      return { ...page, items: await viewsInModels(data, items, policyView) };
    });
  }

  connectionDefinitions(query: RuleQuery): Promise<Page<object>> {
    return this.#inModels(query, async (data, modelId) => {
      const { kind, type, subType } = query;
      const { items, ...page } = await data.connectionDefinitions.page({ modelId, kind, type, subType }, query.page);
      return { ...page, items: await viewsInModels(data, items, connectionDefinitionView) };
    });
  }

  /** One kind of connection. Rejects with `meshery-core-1002`. */
  connectionDefinition(id: string): Promise<object> {
    return this.#store.read(async (data) => {
      const found = await data.connectionDefinitions.all({ id: id.toLowerCase() });
      const [view] = await viewsInModels(data, found, connectionDefinitionView);
      if (view === undefined) throw notFound('kind of connection');
      return view;
    });
  }

  categories(query: PageQuery, named: string | undefined): Promise<Page<object>> {
    return this.#store.read(async (data) => {
      const { items, ...page } = await data.categories.page({ name: asCategory(named) }, query);
      return { ...page, items: items.map(categoryView) };
    });
  }

  registrants(query: PageQuery): Promise<Page<object>> {
    return this.#store.read(async (data) => {
      const { items, ...page } = await data.registrants.page({}, query);
      const views: object[] = [];
      for (const registrant of items) {
        views.push(registrantView(registrant, { summary: await summaryOf(data, registrant.id) }));
      }
      return { ...page, items: views };
    });
  }

  /** How many definitions of each kind there are. */
  kindCounts(rows: 'components' | 'relationships'): Promise<Readonly<Record<string, number>>> {
    return this.#store.read((data) => data[rows].counts({}, 'kind'));
  }

  #inModels(
    { models, page }: { readonly models: ModelSelection; readonly page: PageQuery },
    list: (data: UserData, modelId: readonly string[] | undefined) => Promise<Page<object>>,
  ): Promise<Page<object>> {
    return this.#store.read(async (data) => {
      const modelId = await modelIds(data, models);
      return modelId?.length === 0 ? emptyPage(page) : list(data, modelId);
    });
  }
}

function emptyPage({ page, pageSize }: PageQuery): Page<object> {
  return { page, pageSize, totalCount: 0, items: [] };
}

function annotated({ isAnnotation }: { readonly isAnnotation: boolean | undefined }) {
  return isAnnotation === undefined ? {} : { isAnnotation };
}

/** Ids of the selected models; undefined when all are meant. */
async function modelIds(data: UserData, wanted: ModelSelection): Promise<readonly string[] | undefined> {
  if (Object.keys(wanted).length === 0) return undefined;
  const filter = await modelFilter(data, wanted);
  return filter === undefined ? [] : (await data.models.all(filter)).map(({ id }) => id);
}

/** The conditions of a selection; undefined when it names something that there is not. */
async function modelFilter(data: UserData, wanted: ModelSelection): Promise<RowFilter<ModelRecord> | undefined> {
  const { name, id, status, version: modelVersion } = wanted;
  const own = { name, id, status, modelVersion };
  const categoryId = await idsOf(wanted.category, (named) => data.categories.all({ name: asCategory(named) }));
  const registrantId = await idsOf(wanted.registrant, async (named) => {
    const all = await data.registrants.all({});
    return all.filter((each) => [each.id, each.kind, each.name].includes(named));
  });
  return categoryId?.length === 0 || registrantId?.length === 0 ? undefined : { ...own, categoryId, registrantId };
}

async function idsOf(
  named: string | undefined,
  find: (named: string) => Promise<readonly { readonly id: string }[]>,
): Promise<readonly string[] | undefined> {
  return named === undefined ? undefined : (await find(named)).map(({ id }) => id);
}

/** A name in a request; what names no category finds none. */
function asCategory(named: string | undefined): Category['name'] | undefined {
  return named as Category['name'] | undefined;
}

async function summaryOf(data: UserData, registrantId: string): Promise<object> {
  const modelId = (await data.models.all({ registrantId })).map(({ id }) => id);
  const summary = { models: modelId.length, components: 0, relationships: 0, policies: 0 };
  if (modelId.length === 0) return summary;
  for (const rows of ['components', 'relationships', 'policies'] as const) {
    const counts = await data[rows].counts({ modelId }, 'modelId');
    summary[rows] = Object.values(counts).reduce((sum, count) => sum + count, 0);
  }
  return summary;
}
