import type { RecordFields } from './fields.ts';

/** Where the account of a user stands. */
export const userStatuses = ['active', 'inactive', 'pending', 'anonymous'] as const;
/** See `userStatuses`. */
export type UserStatus = (typeof userStatuses)[number];

/** What a user may do, from least to most; each role may what the ones before it may. */
export const roles = ['viewer', 'editor', 'admin'] as const;
/** See `roles`. */
export type Role = (typeof roles)[number];

/** True for the name of a role. */
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
  readonly roles: readonly Role[];
  /** RFC 3339. */
  readonly lastLoginTime?: string | null;
}
