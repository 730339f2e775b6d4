import { z } from 'zod';
import { freeForm } from './fields.ts';
import type { RecordFields } from './fields.ts';
import { capabilities, definitionVersion } from './registry-fields.ts';
import { selectors } from './selector.ts';

/** Version of the form of a relationship. */
export const relationshipSchemaVersion = 'relationships.meshery.io/v1beta3';

/** What somebody says about a new relationship; kind, type and subtype together decide how it is drawn. */
export const relationshipDraft = z.object({
  kind: z.enum(['hierarchical', 'edge', 'sibling']),
  type: z.string().max(255),
  subType: z.string().max(255),
  version: definitionVersion,
  status: z.enum(['enabled', 'ignored', 'deleted', 'approved', 'pending']).default('enabled'),
  evaluationQuery: z.string().max(500).default(''),
  metadata: freeForm,
  capabilities,
  selectors,
});
/** See `relationshipDraft`. */
export type RelationshipDraft = z.output<typeof relationshipDraft>;

/** See `relationshipDraft`. */
export interface Relationship extends RecordFields, RelationshipDraft {
  readonly modelId: string;
}
