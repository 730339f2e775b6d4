import { z } from 'zod';
import type { RecordFields } from './fields.ts';

/** Who brings definitions in: a connection without an organization, since the registry is the whole server's. */
export const registrantDraft = z.object({
  kind: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9 ._-]*$/, 'must be a kind of connection'),
  name: z.string().trim().min(1).max(256),
  type: z.string().max(100).default('platform'),
  subType: z.string().max(100).default(''),
});
/** See `registrantDraft`. */
export type RegistrantDraft = z.output<typeof registrantDraft>;

/** See `registrantDraft`; the same kind and name are the same registrant. */
export interface Registrant extends RecordFields, RegistrantDraft {}
