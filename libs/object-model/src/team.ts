import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { description, freeForm, givenName, recordId } from './fields.ts';

/** People of an organization who work together. */
export interface Team extends OwnedFields {
  readonly name: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What somebody says about a new team. */
export const teamDraft = z.object({ name: givenName, description, organizationId: recordId, metadata: freeForm });
/** See `teamDraft`. */
export type TeamDraft = z.output<typeof teamDraft>;

/** What may be changed of one; a team stays in its organization. */
export const teamPatch = teamDraft.omit({ organizationId: true }).partial();
/** See `teamPatch`. */
export type TeamPatch = z.output<typeof teamPatch>;
