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

/** Somebody's page elsewhere. */
export interface Social {
  /** What it is, such as "github". */
  readonly site: string;
  /** Its address, http or https. */
  readonly link: string;
}

/** What a person tells of themselves. */
export interface UserProfile {
  readonly bio: string;
  readonly country: Readonly<Record<string, unknown>>;
  readonly region: Readonly<Record<string, unknown>>;
  readonly socials: readonly Social[];
}

/** Of somebody who has told nothing. */
export const emptyProfile: UserProfile = { bio: '', country: {}, region: {}, socials: [] };

/** A team or an organization that somebody is in. */
export interface UserPlace {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What the user is there; nothing in teams, which have no roles. */
  readonly roleNames: readonly string[];
}

/** Where a user is, as far as whoever asks is there too. */
export interface UserPlaces {
  readonly teams: { readonly teamsWithRoles: readonly UserPlace[]; readonly totalCount: number };
  readonly organizations: { readonly organizationsWithRoles: readonly UserPlace[]; readonly totalCount: number };
}

/** A person. */
export interface User extends RecordFields, UserProfile {
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
  /** RFC 3339; null also for those who signed in before it was kept. */
  readonly firstLoginTime?: string | null;
}

const personName = z.string().trim().max(256, 'may have at most 256 characters').default('');
const email = z.union([z.literal(''), z.email('must be an address')]).default('');
const role = roleName;
const bio = z
  .string()
  .max(4096, 'may have at most 4096 characters')
  .refine((text) => !text.includes('\0'), 'must not contain the character 0');
const place = z
  .record(z.string(), z.unknown())
  .refine((fields) => JSON.stringify(fields).length <= 4096, 'is too long');
const socials = z
  .array(
    z.object({
      site: givenName,
      link: z.url({ protocol: /^https?$/, error: 'must be an address' }).max(2048, 'is too long'),
    }),
  )
  .max(32, 'may name at most 32');

/** What an administrator says about a new user. */
export const userDraft = z.object({
  name: givenName,
  email,
  firstName: personName,
  lastName: personName,
  bio: bio.default(''),
  country: place.default({}),
  region: place.default({}),
  socials: socials.default([]),
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
  bio: bio.optional(),
  country: place.optional(),
  region: place.optional(),
  socials: socials.optional(),
  role: role.optional(),
  status: z.enum(['active', 'inactive'], { error: 'must be active or inactive' }).optional(),
});
/** See `userPatch`. */
export type UserPatch = z.output<typeof userPatch>;
