import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { description, freeForm, givenName, recordId } from './fields.ts';

/** A place of work of a team: its environments, designs, views and teams. */
export interface Workspace extends OwnedFields {
  readonly name: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What somebody says about a new workspace. */
export const workspaceDraft = z.object({ name: givenName, description, organizationId: recordId, metadata: freeForm });
/** See `workspaceDraft`. */
export type WorkspaceDraft = z.output<typeof workspaceDraft>;

/** What may be changed of one; a workspace stays in its organization. */
export const workspacePatch = workspaceDraft.omit({ organizationId: true }).partial();
/** See `workspacePatch`. */
export type WorkspacePatch = z.output<typeof workspacePatch>;
