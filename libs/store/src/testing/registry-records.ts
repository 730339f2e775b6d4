import { randomUUID } from 'node:crypto';
import type { Category, Registrant } from '@meshery/object-model';
import type {
  ComponentRecord,
  ConnectionDefinitionRecord,
  ModelRecord,
  PolicyRecord,
  RelationshipRecord,
} from '../user-data/entities/registry.ts';

const at = '2026-01-01T00:00:00.000Z';
const record = () => ({ id: randomUUID(), createdAt: at, updatedAt: at });

/** Somebody who brings definitions in. */
export function testRegistrant(name: string): Registrant {
  return { ...record(), kind: 'kubernetes', name, type: 'platform', subType: 'orchestration' };
}

/** A category of models. */
export function testCategory(name: Category['name'] = 'Database'): Category {
  return { ...record(), name, metadata: {} };
}

/** A model in a category. */
export function testModel(registrant: Registrant, category: Category, name: string): ModelRecord {
  const texts = { name, displayName: name, description: '', version: 'v1.0.0', modelVersion: 'v1' };
  const links = { registrantId: registrant.id, categoryId: category.id };
  const state = { subCategory: 'Uncategorized', status: 'enabled', metadata: { svgColor: '' } } as const;
  return { ...record(), ...texts, ...links, ...state, digest: 'd', duplicateKey: `${name} v1`, isAnnotation: false };
}

const ofModel = (model: ModelRecord, kind: string) => ({
  ...record(),
  ...{ modelId: model.id, kind, version: 'v1.0.0', digest: 'd', metadata: {}, capabilities: [] },
});

/** A component of a model. */
export function testComponent(model: ModelRecord, kind: string): ComponentRecord {
  const texts = { apiVersion: 'v1', displayName: kind, description: '', duplicateKey: `${kind} v1 ${model.name}` };
  const state = { format: 'JSON', status: 'enabled' } as const;
  return { ...ofModel(model, kind), ...texts, ...state, styles: {}, configuration: { spec: [1] }, isAnnotation: true };
}

/** A relationship of a model. */
export function testRelationship(model: ModelRecord): RelationshipRecord {
  const drawn = { kind: 'edge', type: 'binding', subType: 'mount', evaluationQuery: '' } as const;
  return { ...ofModel(model, 'edge'), ...drawn, status: 'enabled', selectors: [{ allow: { from: [], to: [] } }] };
}

/** A policy of a model. */
export function testPolicy(model: ModelRecord): PolicyRecord {
  const { id, createdAt, updatedAt, modelId, version, digest } = ofModel(model, 'p');
  return { ...{ id, createdAt, updatedAt, modelId, version, digest }, kind: 'p', subType: '', expression: { a: 1 } };
}

/** A kind of connection of a model. */
export function testConnectionDefinition(model: ModelRecord, kind: string): ConnectionDefinitionRecord {
  const { capabilities: _none, ...fields } = ofModel(model, kind);
  const texts = { name: kind, description: '', type: 'platform', subType: '', firstStatus: 'discovered' } as const;
  const form = { connectionSchema: { type: 'object', a: [1] }, credentialSchema: null, styles: { svgColor: '' } };
  const life = { transitionMap: { discovered: [{ nextState: 'deleted', description: '' }] } } as const;
  return { ...fields, ...texts, ...form, ...life, foundBy: [{ key: 'app', value: kind }] };
}
