import { z } from 'zod';
import type { OwnedFields, RecordFields } from './fields.ts';
import { description, givenName, recordId, roleName } from './fields.ts';

const maxKeys = 1000;

/** A named, ordered set of permission keys, given to roles of an organization. */
export interface Keychain extends RecordFields {
  readonly name: string;
  readonly description: string;
  /** Id of the organization that it belongs to; null for a built-in one, which every organization has. */
  readonly organizationId: string | null;
  /** Id of the user who made it. */
  readonly owner: string;
}

/** What somebody says about a new keychain. */
export const keychainDraft = z.object({
  name: givenName,
  description,
  /** The user's first one unless said. */
  organizationId: recordId.optional(),
  /** Ids of its keys, in order. */
  keyIds: z
    .array(recordId)
    .max(maxKeys, `may name at most ${String(maxKeys)} keys`)
    .default([]),
});
/** See `keychainDraft`. */
export type KeychainDraft = z.output<typeof keychainDraft>;

/** What may be changed of one; it stays in its organization. */
export const keychainPatch = keychainDraft.pick({ name: true, description: true }).partial();
/** See `keychainPatch`. */
export type KeychainPatch = z.output<typeof keychainPatch>;

/** A role as clients list it. */
export interface OrganizationRole extends RecordFields {
  /** Id of the user who made it. */
  readonly owner: string;
  readonly roleName: string;
  readonly description: string;
  /** Id of the organization that it belongs to; null for a built-in one, which every organization has. */
  readonly organizationId: string | null;
}

/** A role that somebody made; users have it by its name, which is unique in its organization and stays. */
export interface MadeRole extends OwnedFields {
  readonly name: string;
  readonly description: string;
}

/** What somebody says about a new role; it may nothing before it has a keychain. */
export const roleDraft = z.object({ roleName, description });
/** See `roleDraft`. */
export type RoleDraft = z.output<typeof roleDraft>;
