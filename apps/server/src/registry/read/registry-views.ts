import {
  componentSchemaVersion,
  connectionSchemaVersion,
  inBothSpellings,
  modelSchemaVersion,
  relationshipSchemaVersion,
} from '@meshery/object-model';
import type { Category, Registrant } from '@meshery/object-model';
import type {
  ComponentRecord,
  ConnectionDefinitionRecord,
  ModelRecord,
  PolicyRecord,
  RelationshipRecord,
} from '@meshery/store';

/** A model with what is answered along with it. */
export interface WholeModel {
  readonly model: ModelRecord;
  readonly registrant: Registrant;
  readonly category: Category;
  readonly componentsCount: number;
  readonly relationshipsCount: number;
}

/** What a list of models says of each beside the model itself. */
export interface ModelContents {
  readonly duplicates: number;
  readonly components: readonly object[];
  readonly relationships: readonly object[];
}

/** What says in which model something is: the model, as clients of every age look into it, and a reference to it. */
export interface ModelPlace {
  readonly model: object;
  readonly modelReference: object;
}

/** A model as published clients read it. */
export function modelView(
  { model, registrant, category, ...counts }: WholeModel,
  contents: Partial<ModelContents>,
): object {
  const { digest: _digest, duplicateKey: _key, isAnnotation: _mark, modelVersion, ...fields } = model;
  return inBothSpellings({
    ...{ ...fields, schemaVersion: modelSchemaVersion, model: { version: modelVersion } },
    ...{ registrant: registrantView(registrant), category: categoryView(category) },
    ...{ components: [], relationships: [], ...counts, ...contents },
  });
}

/** The model that something is in. */
export function placeOf(whole: WholeModel): ModelPlace {
  return { model: modelView(whole, {}), modelReference: modelReference(whole.model, whole.registrant) };
}

/** What tells a model from others. */
export function modelReference(
  { id, name, version, displayName, modelVersion }: ModelRecord,
  { kind }: Registrant,
): object {
  return { id, name, version, displayName, model: { version: modelVersion }, registrant: { kind } };
}

/** A component as published clients read it; the schema is empty where it is not answered. */
export function componentView(
  component: ComponentRecord,
  place: ModelPlace,
  { schema, duplicates }: { readonly schema: string; readonly duplicates: number },
): object {
  const { digest: _digest, duplicateKey: _key, isAnnotation: _mark, apiVersion, kind, ...fields } = component;
  const defined = { kind, version: apiVersion, schema };
  return inBothSpellings({
    ...fields,
    schemaVersion: componentSchemaVersion,
    component: defined,
    ...place,
    duplicates,
  });
}

/** A relationship as published clients read it. */
export function relationshipView({ digest: _digest, ...fields }: RelationshipRecord, place: ModelPlace): object {
  return inBothSpellings({ ...fields, schemaVersion: relationshipSchemaVersion, ...place });
}

/** A policy as published clients read it. */
export function policyView({ digest: _digest, ...fields }: PolicyRecord, place: ModelPlace): object {
  return inBothSpellings({ ...fields, ...place });
}

/** A kind of connection as published clients read it: in the form of a connection, its status the first of each. */
export function connectionDefinitionView(
  { digest: _digest, foundBy: _labels, firstStatus: status, ...fields }: ConnectionDefinitionRecord,
  place: ModelPlace,
): object {
  return inBothSpellings({ ...fields, status, schemaVersion: connectionSchemaVersion, ...place, deletedAt: null });
}

/** A category as published clients read it. */
export function categoryView(category: Category): object {
  return inBothSpellings(category);
}

/** A registrant as the connection that published clients take it for. */
export function registrantView(registrant: Registrant, more: object = {}): object {
  const state = {
    schemaVersion: connectionSchemaVersion,
    status: 'registered',
    metadata: {},
    url: '',
    description: '',
  };
  return inBothSpellings({ ...registrant, ...state, ...more });
}
