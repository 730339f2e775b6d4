import { z } from 'zod';
import { designSchemaVersion } from './design-record.ts';
import { freeForm, recordId } from './fields.ts';

/** Version of the construct; the design inside of it is of another one, see `designFile`. */
export const evaluationVersion = 'v1beta1';

const maxItems = 10_000;
const definitions = z.array(z.record(z.string(), z.unknown())).max(maxItems).default([]);

/** A design as its components and relationships are sent: fields that are not named here are kept as they came. */
export const designFile = z.looseObject({
  id: recordId.optional(),
  name: z.string().max(256).default(''),
  schemaVersion: z.string().max(100).default(designSchemaVersion),
  version: z.string().max(100).default('0.0.0'),
  metadata: freeForm,
  components: definitions,
  relationships: definitions,
  preferences: freeForm,
});
/** See `designFile`. */
export type DesignFile = z.output<typeof designFile>;

/** What is asked of an evaluation: which relationships the components of a design have. */
export const evaluationRequest = z.object({
  design: designFile,
  options: z
    .object({
      /** The design of the answer holds only what has changed. */
      returnDiffOnly: z.boolean().default(false),
      /** The answer says, beside the actions, what was added, changed and removed. */
      enableTrace: z.boolean().default(false),
    })
    .prefault({}),
});
/** See `evaluationRequest`. */
export type EvaluationRequest = z.output<typeof evaluationRequest>;

const named = z.object({ id: recordId });
const item = z.object({ item: z.record(z.string(), z.unknown()) });
const change = named.extend({
  /** Where in it, one name for each level. */
  path: z.array(z.string().max(1024)).max(100),
  value: z.unknown(),
  mode: z.enum(['replace', 'merge']).default('replace'),
});

/** One step from the design that was sent to the one that is answered. */
export const evaluationAction = z.discriminatedUnion('op', [
  z.object({
    op: z.literal(['update_component', 'update_component_configuration', 'update_relationship']),
    value: change,
  }),
  z.object({ op: z.literal(['add_component', 'add_relationship']), value: item }),
  z.object({ op: z.literal(['delete_component', 'delete_relationship']), value: named }),
]);
/** See `evaluationAction`. */
export type EvaluationAction = z.output<typeof evaluationAction>;

/** What an evaluation answers; designs that are equal have equal hashes. */
export const evaluationResponse = z.object({
  schemaVersion: z.string().max(100),
  design: designFile,
  evaluationHash: z.string().max(256).optional(),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  actions: z.array(evaluationAction).max(maxItems),
  /** Of older servers, and where it is asked for. */
  trace: z
    .object({
      componentsAdded: definitions,
      componentsUpdated: definitions,
      componentsRemoved: definitions,
      relationshipsAdded: definitions,
      relationshipsUpdated: definitions,
      relationshipsRemoved: definitions,
    })
    .optional(),
});
/** See `evaluationResponse`. */
export type EvaluationResponse = z.output<typeof evaluationResponse>;
