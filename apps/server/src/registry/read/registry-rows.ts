import type { ComponentRecord, ModelRecord, UserData } from '@meshery/store';
import type { ModelQuery } from './registry-query.ts';
import { componentView, modelView, placeOf, relationshipView } from './registry-views.ts';
import type { ModelPlace, WholeModel } from './registry-views.ts';

/** Components whose schemas, of fifty kilobytes each, are answered at once; more come without. */
const maxSchemas = 50;

interface InModel {
  readonly modelId: string;
}

interface Comparable {
  readonly duplicateKey: string;
}

/** Models with what was asked for within them. */
export async function modelViews(data: UserData, models: readonly ModelRecord[], query: ModelQuery): Promise<object[]> {
  if (models.length === 0) return [];
  const modelId = models.map(({ id }) => id);
  const components = query.components ? await data.components.all({ modelId }) : [];
  const relationships = query.relationships ? await data.relationships.all({ modelId }) : [];
  const seen = byModel(components, await componentViews(data, components, query.trim));
  const drawn = byModel(relationships, await viewsInModels(data, relationships, relationshipView));
  const copies = await data.models.counts({ duplicateKey: keysOf(models) }, 'duplicateKey');
  const wholes = await wholeModels(data, models);
  return wholes.map((whole) => {
    const { id, duplicateKey } = whole.model;
    const duplicates = (copies[duplicateKey] ?? 1) - 1;
    return modelView(whole, { duplicates, components: seen.get(id) ?? [], relationships: drawn.get(id) ?? [] });
  });
}

/** Components, with their schemas unless they were not asked for or are too many. */
export async function componentViews(
  data: UserData,
  components: readonly ComponentRecord[],
  trim: boolean,
): Promise<object[]> {
  if (components.length === 0) return [];
  const isWhole = !trim && components.length <= maxSchemas;
  const schemas = isWhole ? await data.componentSchemas.all({ id: components.map(({ id }) => id) }) : [];
  const bodies = new Map(schemas.map(({ id, body }) => [id, body]));
  const copies = await data.components.counts({ duplicateKey: keysOf(components) }, 'duplicateKey');
  return viewsInModels(data, components, (component, place) => {
    const duplicates = (copies[component.duplicateKey] ?? 1) - 1;
    return componentView(component, place, { schema: bodies.get(component.id) ?? '', duplicates });
  });
}

/** Anything that is in a model. */
export async function viewsInModels<Row extends InModel, View extends object>(
  data: UserData,
  rows: readonly Row[],
  view: (row: Row, place: ModelPlace) => View,
): Promise<View[]> {
  if (rows.length === 0) return [];
  const models = await data.models.all({ id: unique(rows.map(({ modelId }) => modelId)) });
  const places = new Map((await wholeModels(data, models)).map((whole) => [whole.model.id, placeOf(whole)]));
  return rows.map((row) => view(row, places.get(row.modelId) ?? gone));
}

/** Where the model was removed between two reads of PostgreSQL. */
const gone: ModelPlace = { model: {}, modelReference: {} };

async function wholeModels(data: UserData, models: readonly ModelRecord[]): Promise<readonly WholeModel[]> {
  const modelId = models.map(({ id }) => id);
  if (modelId.length === 0) return [];
  const components = await data.components.counts({ modelId }, 'modelId');
  const relationships = await data.relationships.counts({ modelId }, 'modelId');
  const registrants = await data.registrants.all({ id: unique(models.map(({ registrantId }) => registrantId)) });
  const categories = await data.categories.all({ id: unique(models.map(({ categoryId }) => categoryId)) });
  return models.flatMap((model) => {
    const registrant = registrants.find(({ id }) => id === model.registrantId);
    const category = categories.find(({ id }) => id === model.categoryId);
    if (registrant === undefined || category === undefined) return [];
    const counts = { componentsCount: components[model.id] ?? 0, relationshipsCount: relationships[model.id] ?? 0 };
    return [{ model, registrant, category, ...counts }];
  });
}

function byModel(rows: readonly InModel[], views: readonly object[]): ReadonlyMap<string, readonly object[]> {
  return Map.groupBy(views, (_view, index) => rows[index]?.modelId ?? '');
}

function keysOf(rows: readonly Comparable[]): readonly string[] {
  return unique(rows.map(({ duplicateKey }) => duplicateKey));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
