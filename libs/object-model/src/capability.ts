import { z } from 'zod';

/** Version of the form of a capability. */
export const capabilitySchemaVersion = 'capability.meshery.io/v1beta1';

/** Something that can be done with a model, a component or a relationship. */
export const capability = z.object({
  schemaVersion: z.literal(capabilitySchemaVersion).default(capabilitySchemaVersion),
  version: z.string().max(100),
  displayName: z.string().max(256),
  description: z.string().max(4096).default(''),
  kind: z.string().max(100),
  type: z.string().max(100),
  subType: z.string().max(100).default(''),
  key: z.string().max(100).default(''),
  entityState: z.array(z.enum(['declaration', 'instance'])).max(2),
  status: z.enum(['enabled', 'disabled']).default('enabled'),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
/** See `capability`. */
export type Capability = z.output<typeof capability>;
