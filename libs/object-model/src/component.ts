import { z } from 'zod';
import { description, freeForm } from './fields.ts';
import type { RecordFields } from './fields.ts';
import { capabilities, definedVersion, definitionVersion } from './registry-fields.ts';

/** Version of the form of a component. */
export const componentSchemaVersion = 'components.meshery.io/v1beta3';

/** Whether a component is offered, and what a design knows about one that it names. */
export const componentStatus = z.enum(['enabled', 'ignored', 'duplicate', 'resolved', 'open']);

/** What somebody says about a new component: a kind of thing that designs are made of. */
export const componentDraft = z.object({
  kind: z
    .string()
    .max(256)
    .regex(/^[A-Za-z][\w.-]*$/, 'must be a kind'),
  apiVersion: definedVersion,
  displayName: z.string().trim().min(1).max(256),
  description,
  version: definitionVersion,
  format: z.enum(['JSON', 'CUE']).default('JSON'),
  status: componentStatus.default('enabled'),
  metadata: freeForm,
  styles: freeForm,
  configuration: freeForm,
  capabilities,
  /** JSON schema of its configuration, as text; may be empty. */
  schema: z.string().max(4 * 1024 * 1024),
});
/** See `componentDraft`. */
export type ComponentDraft = z.output<typeof componentDraft>;

/** A component without its schema, which is large. */
export interface Component extends RecordFields, Omit<ComponentDraft, 'schema'> {
  readonly modelId: string;
}
