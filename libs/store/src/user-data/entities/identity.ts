import type { Organization, User } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, linkColumn, optionalText, recordColumns, text } from './columns.ts';

/** The preferences of one user as one JSON object. */
export interface PreferenceRecord {
  readonly userId: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly updatedAt: string;
}

/** A user's place in an organization. */
export interface MembershipRecord {
  readonly organizationId: string;
  readonly userId: string;
  /** `viewer`, `editor` or `admin`. */
  readonly role: string;
}

/** People. */
export const userSchema = new EntitySchema<User>({
  name: 'user',
  tableName: 'users',
  columns: {
    ...recordColumns,
    provider: text(),
    name: text(),
    email: text(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    avatarUrl: text('avatar_url'),
    status: text(),
    roles: json(),
    bio: text(),
    country: json(),
    region: json(),
    socials: json(),
    lastLoginTime: optionalText('last_login_time'),
    firstLoginTime: optionalText('first_login_time'),
  },
});

/** Preferences of people. */
export const preferenceSchema = new EntitySchema<PreferenceRecord>({
  name: 'preference',
  tableName: 'preferences',
  columns: { userId: linkColumn('user_id'), body: json(), updatedAt: text('updated_at') },
});

/** Organizations. */
export const organizationSchema = new EntitySchema<Organization>({
  name: 'organization',
  tableName: 'organizations',
  columns: {
    ...recordColumns,
    name: text(),
    description: text(),
    country: text(),
    region: text(),
    domain: text(),
    owner: text(),
    metadata: json(),
  },
});

/** Who is in which organization. */
export const membershipSchema = new EntitySchema<MembershipRecord>({
  name: 'membership',
  tableName: 'organization_members',
  columns: { organizationId: linkColumn('organization_id'), userId: linkColumn('user_id'), role: text() },
});
