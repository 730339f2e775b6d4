import { z } from 'zod';
import { freeForm } from './fields.ts';
import type { RecordFields } from './fields.ts';
import { definitionVersion } from './registry-fields.ts';

/** What somebody says about a new policy: how relationships of a kind are evaluated. */
export const policyDraft = z.object({
  kind: z.string().min(1).max(256),
  subType: z.string().max(255).default(''),
  version: definitionVersion,
  expression: freeForm,
});
/** See `policyDraft`. */
export type PolicyDraft = z.output<typeof policyDraft>;

/** See `policyDraft`. */
export interface Policy extends RecordFields, PolicyDraft {
  readonly modelId: string;
}
