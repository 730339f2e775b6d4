import type {
  Category,
  Component,
  ConnectionDefinition,
  Model,
  Policy,
  Registrant,
  Relationship,
} from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, recordColumns, text, truth } from './columns.ts';

/** What tells whether something that is registered again is another: a digest of its content. */
interface Registered {
  readonly digest: string;
}

/** What counts as the same thing from whomever it comes; rows with equal keys are each other's duplicates. */
interface Comparable extends Registered {
  readonly duplicateKey: string;
  /** Only drawn: nothing of a cluster, as its metadata say. */
  readonly isAnnotation: boolean;
}

/** A model as it is kept. */
export type ModelRecord = Model & Comparable;
/** A component as it is kept, its schema beside it. */
export type ComponentRecord = Component & Comparable;
/** A relationship as it is kept. */
export type RelationshipRecord = Relationship & Registered;
/** A policy as it is kept. */
export type PolicyRecord = Policy & Registered;

/** A kind of connection as it is kept. */
export type ConnectionDefinitionRecord = ConnectionDefinition & Registered;

/** The JSON schema of a component, in a table of its own: lists do not read it. */
export interface ComponentSchemaRecord {
  /** Of the component. */
  readonly id: string;
  readonly body: string;
}

/** Who brought definitions in. */
export const registrantSchema = new EntitySchema<Registrant>({
  name: 'registrant',
  tableName: 'registrants',
  columns: { ...recordColumns, kind: text(), name: text(), type: text(), subType: text('sub_type') },
});

/** What models are about. */
export const categorySchema = new EntitySchema<Category>({
  name: 'category',
  tableName: 'categories',
  columns: { ...recordColumns, name: text(), metadata: json() },
});

/** Models. */
export const modelSchema = new EntitySchema<ModelRecord>({
  name: 'model',
  tableName: 'models',
  columns: {
    ...recordColumns,
    registrantId: text('registrant_id'),
    categoryId: text('category_id'),
    name: text(),
    displayName: text('display_name'),
    description: text(),
    version: text(),
    modelVersion: text('model_version'),
    subCategory: text('sub_category'),
    status: text(),
    metadata: json(),
    digest: text(),
    duplicateKey: text('duplicate_key'),
    isAnnotation: truth('is_annotation'),
  },
});

const ofModel = { ...recordColumns, modelId: text('model_id'), kind: text(), version: text(), digest: text() };

/** Components. */
export const componentSchema = new EntitySchema<ComponentRecord>({
  name: 'component',
  tableName: 'components',
  columns: {
    ...ofModel,
    apiVersion: text('api_version'),
    displayName: text('display_name'),
    description: text(),
    format: text(),
    status: text(),
    metadata: json(),
    styles: json(),
    configuration: json(),
    capabilities: json(),
    duplicateKey: text('duplicate_key'),
    isAnnotation: truth('is_annotation'),
  },
});

/** The schemas of components. */
export const componentSchemaSchema = new EntitySchema<ComponentSchemaRecord>({
  name: 'componentSchema',
  tableName: 'component_schemas',
  columns: { id: { type: 'text', primary: true }, body: text() },
});

/** Relationships. */
export const relationshipSchema = new EntitySchema<RelationshipRecord>({
  name: 'relationship',
  tableName: 'relationships',
  columns: {
    ...ofModel,
    type: text(),
    subType: text('sub_type'),
    status: text(),
    evaluationQuery: text('evaluation_query'),
    metadata: json(),
    capabilities: json(),
    selectors: json(),
  },
});

/** Policies. */
export const policySchema = new EntitySchema<PolicyRecord>({
  name: 'policy',
  tableName: 'policies',
  columns: { ...ofModel, subType: text('sub_type'), expression: json() },
});

/** Kinds of connections. */
export const connectionDefinitionSchema = new EntitySchema<ConnectionDefinitionRecord>({
  name: 'connectionDefinition',
  tableName: 'connection_definitions',
  columns: {
    ...ofModel,
    name: text(),
    description: text(),
    type: text(),
    subType: text('sub_type'),
    connectionSchema: json('connection_schema'),
    credentialSchema: { ...json('credential_schema'), nullable: true },
    transitionMap: json('transition_map'),
    firstStatus: text('first_status'),
    foundBy: json('found_by'),
    styles: json(),
    metadata: json(),
  },
});
