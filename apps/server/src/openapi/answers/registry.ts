import {
  componentSchemaVersion,
  connectionSchemaVersion,
  connectionStatus,
  modelSchemaVersion,
  relationshipSchemaVersion,
} from '@meshery/object-model';
import { z } from 'zod';
import { asSpelled, named, pageOf } from '../description.ts';
import { transitionMap } from './connections.ts';
import { free, id, recordFields } from './fields.ts';

/** That components are being registered. */
export const acceptedRegistration = asSpelled(
  'AcceptedRegistration',
  z.object({ status: z.literal('accepted'), operationId: id }),
);

const count = z.int().min(0);
const texts = { name: z.string(), displayName: z.string() };
const state = { status: z.string(), version: z.string(), metadata: free };
/** The model that something is in; a reference beside it has what tells it from others. */
const place = { modelId: id, model: free, modelReference: free };

const model = named(
  'Model',
  z.object({
    ...{ ...recordFields, ...texts, ...state, description: z.string(), subCategory: z.string() },
    ...{ schemaVersion: z.literal(modelSchemaVersion), model: z.object({ version: z.string() }) },
    ...{ registrantId: id, registrant: free, categoryId: id, category: free },
    ...{ componentsCount: count, relationshipsCount: count, duplicates: count },
    ...{ components: z.array(free), relationships: z.array(free) },
  }),
);

const component = named(
  'Component',
  z.object({
    ...{ ...recordFields, ...state, ...place, displayName: z.string(), description: z.string(), format: z.string() },
    ...{ schemaVersion: z.literal(componentSchemaVersion), styles: free, configuration: free },
    component: z.object({ kind: z.string(), version: z.string(), schema: z.string() }),
    ...{ capabilities: z.array(free), duplicates: count },
  }),
);

const rule = { ...recordFields, ...place, kind: z.string(), subType: z.string(), version: z.string() };
const relationship = named(
  'Relationship',
  z.object({
    ...{ ...rule, type: z.string(), status: z.string(), metadata: free, evaluationQuery: z.string() },
    schemaVersion: z.literal(relationshipSchemaVersion),
    ...{ selectors: z.array(free), capabilities: z.array(free) },
  }),
);
const policy = named('Policy', z.object({ ...rule, expression: free }));
const category = named('Category', z.object({ ...recordFields, name: z.string(), metadata: free }));
const summary = z.object({ models: count, components: count, relationships: count, policies: count });
const registrant = named(
  'Registrant',
  z.object({
    ...{ ...recordFields, name: z.string(), kind: z.string(), type: z.string(), subType: z.string() },
    ...{ schemaVersion: z.string(), status: z.string(), metadata: free, url: z.string(), description: z.string() },
    summary,
  }),
);

/** A kind of connection. */
export const connectionDefinition = named(
  'ConnectionDefinition',
  z.object({
    ...{ ...rule, name: z.string(), description: z.string(), type: z.string(), styles: free, metadata: free },
    ...{ schemaVersion: z.literal(connectionSchemaVersion), status: connectionStatus, transitionMap },
    ...{ connectionSchema: free, credentialSchema: free.nullable(), deletedAt: z.null() },
  }),
);

/** The lists of the registry. */
export const registryPages = {
  models: pageOf('models', model),
  components: pageOf('components', component),
  relationships: pageOf('relationships', relationship),
  policies: pageOf('policies', policy),
  categories: pageOf('categories', category),
  registrants: pageOf('registrants', registrant),
  connectionDefinitions: pageOf('connectionDefinitions', connectionDefinition),
} as const;
