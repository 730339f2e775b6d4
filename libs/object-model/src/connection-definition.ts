import { z } from 'zod';
import type { JsonSchema } from './credential-schemas.ts';
import { word } from './connection.ts';
import { connectionStatus, lifeFault, transitionMap } from './connection-status.ts';
import type { ConnectionStatus, TransitionMap } from './connection-status.ts';
import { description, freeForm, givenName, recordId } from './fields.ts';
import type { RecordFields } from './fields.ts';
import { formSchema } from './form-schema.ts';
import { modelName } from './model.ts';
import { definitionVersion } from './registry-fields.ts';
import { serverLife } from './transition-maps.ts';

const maxLabels = 20;
const maxText = 128 * 1024;

/** A label that tells what a Service of a cluster is. */
export interface ServiceLabel {
  readonly key: string;
  readonly value: string;
}

/** What is said about a kind of connection: its place in the model, its forms and its life (connections.meshery.io/v1beta3). */
export interface ConnectionDefinitionDraft {
  /** In small letters: kinds are told apart without their case. */
  readonly kind: string;
  /** Of the definition. */
  readonly version: string;
  /** What one is called. */
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly subType: string;
  /** JSON schema of the metadata, as the form to fill in. */
  readonly connectionSchema: JsonSchema;
  /** JSON schema of the secret; null for kinds that have none. */
  readonly credentialSchema: JsonSchema | null;
  readonly transitionMap: TransitionMap;
  /** Status of one that is made without saying which. */
  readonly firstStatus: ConnectionStatus;
  /** Labels of Services that are such servers: any of them; empty for kinds that are not found in clusters that way. */
  readonly foundBy: readonly ServiceLabel[];
  readonly styles: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const label = z.object({ key: z.string().min(1).max(317), value: z.string().max(63) });

/** See `ConnectionDefinitionDraft`. */
export const connectionDefinitionDraft = z.object({
  kind: word.min(1, 'must not be empty').transform((kind) => kind.toLowerCase()),
  version: definitionVersion,
  name: givenName,
  description,
  type: word,
  subType: word,
  connectionSchema: formSchema,
  credentialSchema: formSchema.nullish().transform((form) => form ?? null),
  transitionMap,
  firstStatus: connectionStatus,
  foundBy: z.array(label).max(maxLabels).default([]),
  styles: freeForm,
  metadata: freeForm,
}) satisfies z.ZodType<ConnectionDefinitionDraft>;

/**
 * What a client says about a kind of its own, in the published form: `status` is the first one. Without a life it has that
 * of a server; without a model it is in the server's own.
 */
export const ownConnectionDefinition = connectionDefinitionDraft
  .omit({ foundBy: true, firstStatus: true })
  .extend({
    type: word.default(''),
    subType: word.default(''),
    transitionMap: transitionMap.default(serverLife),
    status: connectionStatus.default('registered'),
    modelId: recordId.optional(),
    modelReference: z.object({ id: recordId.optional(), name: modelName.optional() }).optional(),
  })
  .superRefine((draft, context) => {
    const fault = lifeFault(draft.transitionMap, draft.status);
    if (fault !== undefined) context.addIssue({ code: 'custom', path: ['transitionMap'], message: fault });
    if (JSON.stringify(draft).length > maxText) {
      context.addIssue({ code: 'custom', message: `it may have at most ${String(maxText)} characters` });
    }
  });
/** See `ownConnectionDefinition`. */
export type OwnConnectionDefinition = z.output<typeof ownConnectionDefinition>;

/** A kind of connection as the registry has it, in one of its models. */
export interface ConnectionDefinition extends RecordFields, ConnectionDefinitionDraft {
  readonly modelId: string;
}
