import { z } from 'zod';
import type { JsonSchema } from './credential-schemas.ts';

const maxText = 16 * 1024;
const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;

/** One field of a form; what is said beside these words is the form's own. */
const field = z.union([
  z.boolean(),
  z.looseObject({
    type: z.union([z.enum(types), z.array(z.enum(types)).max(types.length)]).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
  }),
]);

/** The JSON schema of an object, as a form is drawn from it; its text has at most 16 KiB. */
export const formSchema = z
  .looseObject({
    type: z.literal('object', 'must be the JSON schema of an object'),
    title: z.string().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), field).optional(),
  })
  .refine((form) => JSON.stringify(form).length <= maxText, `may have at most ${String(maxText)} characters`)
  .transform((form): JsonSchema => form);
