import { z } from 'zod';
import { givenName, recordId, roleName } from './fields.ts';
import type { RecordFields } from './fields.ts';

/** Where the account of a user stands. */
export const userStatuses = ['active', 'inactive', 'pending', 'anonymous'] as const;
/** See `userStatuses`. */
export type UserStatus = (typeof userStatuses)[number];

/** The built-in roles, from least to most; each may what the ones before it may. */
export const roles = ['viewer', 'editor', 'admin'] as const;
/** See `roles`. */
export type Role = (typeof roles)[number];

/** True for the name of a built-in role. */
export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

/** A person. */
export interface User extends RecordFields {
  /** Registration key of the provider that vouches for the user, such as "Local". */
  readonly provider: string;
  /** The name to sign in with. */
  readonly name: string;
  /** Empty when none is known. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly avatarUrl: string;
  readonly status: UserStatus;
  /** Names of built-in roles, and of those that people made. */
  readonly roles: readonly string[];
  /** RFC 3339. */
  readonly lastLoginTime?: string | null;
}

const personName = z.string().trim().max(256, 'may have at most 256 characters').default('');
const email = z.union([z.literal(''), z.email('must be an address')]).default('');
const role = roleName;

/** What an administrator says about a new user. */
export const userDraft = z.object({
  name: givenName,
  email,
  firstName: personName,
  lastName: personName,
  role: role.default('viewer'),
  /** The organization that the user joins; the administrator's first one unless said. */
  organizationId: recordId.optional(),
});
/** See `userDraft`. */
export type UserDraft = z.output<typeof userDraft>;

/** What an administrator may change of a user. */
export const userPatch = z.object({
  name: givenName.optional(),
  email: email.unwrap().optional(),
  firstName: personName.unwrap().optional(),
  lastName: personName.unwrap().optional(),
  role: role.optional(),
  status: z.enum(['active', 'inactive'], { error: 'must be active or inactive' }).optional(),
});
/** See `userPatch`. */
export type UserPatch = z.output<typeof userPatch>;
