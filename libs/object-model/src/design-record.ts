import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { givenName, recordId } from './fields.ts';

/** Who sees a design beside its owner: nobody, everybody in its organization, or everybody in the catalog. */
export const designVisibilities = ['private', 'public', 'published'] as const;
/** See `designVisibilities`. */
export type DesignVisibility = (typeof designVisibilities)[number];

/** A design as it is kept: its file with what is known about it. */
export interface DesignRecord extends OwnedFields {
  readonly name: string;
  readonly visibility: DesignVisibility;
  /** The design itself as text, as its author wrote it. */
  readonly patternFile: string;
}

/** What somebody says about a new design. */
export const designDraft = z.object({
  name: givenName,
  organizationId: recordId,
  visibility: z.enum(designVisibilities).default('private'),
  patternFile: z.string().default(''),
});
/** See `designDraft`. */
export type DesignDraft = z.output<typeof designDraft>;

/** What may be changed of one; a design stays in its organization. */
export const designPatch = z
  .object({ name: givenName, visibility: z.enum(designVisibilities), patternFile: z.string() })
  .partial();
/** See `designPatch`. */
export type DesignPatch = z.output<typeof designPatch>;
