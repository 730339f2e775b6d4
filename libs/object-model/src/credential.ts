import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { givenName, recordId } from './fields.ts';

const maxType = 64;
const maxSecret = 512 * 1024;

/** What a connection signs in with. Its secret is written only: it is never part of what is read. */
export interface Credential extends OwnedFields {
  readonly name: string;
  /** Kind of the connections that it is for, such as "grafana". */
  readonly type: string;
}

/** The secret itself, in the form that the kind of connection asks for. */
export type Secret = Readonly<Record<string, unknown>>;

/** See `Secret`; bounded as JSON. */
export const secret = z
  .record(z.string(), z.unknown())
  .refine((fields) => JSON.stringify(fields).length <= maxSecret, 'is too long');

/** What somebody says about a new credential; without an organization it is the user's first one. */
export const credentialDraft = z.object({
  name: givenName,
  type: z.string().trim().min(1, 'must not be empty').max(maxType, 'is too long'),
  organizationId: recordId.optional(),
  secret,
});
/** A draft whose organization is settled. */
export type CredentialDraft = z.output<typeof credentialDraft> & { readonly organizationId: string };

/** What may be changed of one: without a secret the one that is there stays. */
export const credentialPatch = credentialDraft.omit({ organizationId: true }).partial();
/** See `credentialPatch`. */
export type CredentialPatch = z.output<typeof credentialPatch>;
