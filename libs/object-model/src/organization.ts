import { z } from 'zod';
import type { RecordFields } from './fields.ts';
import { description, freeForm, givenName } from './fields.ts';

const place = z.string().trim().max(256).default('');

/** A tenant: whatever users make belongs to exactly one organization. */
export interface Organization extends RecordFields {
  readonly name: string;
  readonly description: string;
  readonly country: string;
  readonly region: string;
  /** Of its people's addresses, such as "example.com". */
  readonly domain: string;
  /** Id of the user who made it. */
  readonly owner: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What somebody says about an organization. */
export const organizationDraft = z.object({
  name: givenName,
  description,
  country: place,
  region: place,
  domain: place,
  metadata: freeForm,
});
/** See `organizationDraft`. */
export type OrganizationDraft = z.output<typeof organizationDraft>;

/** What may be changed of one; what is left out stays. */
export const organizationPatch = organizationDraft.partial();
/** See `organizationPatch`. */
export type OrganizationPatch = z.output<typeof organizationPatch>;
