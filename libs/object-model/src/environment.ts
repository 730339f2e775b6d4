import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { description, freeForm, givenName, recordId } from './fields.ts';

/** Version of the form of an environment. */
export const environmentSchemaVersion = 'environments.meshery.io/v1beta3';

/** A group of connections that are used together, such as "staging" (environments.meshery.io/v1beta3). */
export interface Environment extends OwnedFields {
  readonly name: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What somebody says about a new environment. */
export const environmentDraft = z.object({
  name: givenName,
  description,
  organizationId: recordId,
  metadata: freeForm,
});
/** See `environmentDraft`. */
export type EnvironmentDraft = z.output<typeof environmentDraft>;

/** What may be changed of one; an environment stays in its organization. */
export const environmentPatch = environmentDraft.omit({ organizationId: true }).partial();
/** See `environmentPatch`. */
export type EnvironmentPatch = z.output<typeof environmentPatch>;
