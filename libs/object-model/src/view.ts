import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { freeForm, givenName, recordId } from './fields.ts';

/** Who sees a view beside its owner: nobody, or everybody in its organization. */
export const viewVisibilities = ['private', 'public'] as const;
/** See `viewVisibilities`. */
export type ViewVisibility = (typeof viewVisibilities)[number];

/** A kept selection of what is shown, such as the objects of one team. */
export interface View extends OwnedFields {
  readonly name: string;
  readonly visibility: ViewVisibility;
  readonly filters: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What somebody says about a new view. */
export const viewDraft = z.object({
  name: givenName,
  organizationId: recordId,
  visibility: z.enum(viewVisibilities).default('private'),
  filters: freeForm,
  metadata: freeForm,
});
/** See `viewDraft`. */
export type ViewDraft = z.output<typeof viewDraft>;

/** What may be changed of one; a view stays in its organization. */
export const viewPatch = z
  .object({ name: givenName, visibility: z.enum(viewVisibilities), filters: freeForm, metadata: freeForm })
  .partial();
/** See `viewPatch`. */
export type ViewPatch = z.output<typeof viewPatch>;
