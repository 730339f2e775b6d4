import { roles, userStatuses } from '@meshery/object-model';
import type { Organization, PermissionKey, ServiceToken, User, UserPlaces } from '@meshery/object-model';
import { z } from 'zod';
import { asSpelled, named, pageOf } from '../description.ts';
import { free, recordFields, time } from './fields.ts';

const role = z.enum(roles);
const place = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  roleNames: z.array(z.string()),
});

/** See `User`; the roles have their older name beside it. */
export const user = named(
  'User',
  z.object({
    ...recordFields,
    userId: z.string(),
    provider: z.string(),
    name: z.string(),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    avatarUrl: z.string(),
    status: z.enum(userStatuses),
    roles: z.array(z.string()),
    roleNames: z.array(z.string()),
    bio: z.string(),
    country: free,
    region: free,
    socials: z.array(z.object({ site: z.string(), link: z.string() })),
    lastLoginTime: z.exactOptional(time.nullable()),
    firstLoginTime: z.exactOptional(time.nullable()),
    teams: z.exactOptional(z.looseObject({ teamsWithRoles: z.array(place), totalCount: z.int() })),
    organizations: z.exactOptional(z.looseObject({ organizationsWithRoles: z.array(place), totalCount: z.int() })),
  }) satisfies z.ZodType<User & Partial<UserPlaces>>,
);

/** See `Organization`. */
export const organization = named(
  'Organization',
  z.object({
    ...recordFields,
    name: z.string(),
    description: z.string(),
    country: z.string(),
    region: z.string(),
    domain: z.string(),
    owner: z.string(),
    metadata: free,
  }) satisfies z.ZodType<Organization>,
);

/** See `PermissionKey`. */
const permissionKey = named(
  'PermissionKey',
  z.object({
    ...recordFields,
    owner: z.string(),
    function: z.string(),
    category: z.string(),
    subcategory: z.string(),
    description: z.string(),
  }) satisfies z.ZodType<PermissionKey>,
);

/** A page of them. */
export const permissionKeyPage = pageOf('keys', permissionKey);

const serviceTokenFields = z.object({
  ...recordFields,
  owner: z.string(),
  name: z.string(),
  role,
  expiresAt: time,
  certificateFingerprint: z.string().optional(),
});
/** See `ServiceToken`. */
export const serviceToken = named('ServiceToken', serviceTokenFields satisfies z.ZodType<ServiceToken>);
/** The one answer with the token itself, unless it is about a certificate. */
export const issuedToken = named('IssuedServiceToken', serviceTokenFields.extend({ token: z.string().optional() }));

/** What command lines keep of a session. */
export const tokenFile = asSpelled('TokenFile', z.object({ 'meshery-provider': z.string(), token: z.string() }));

/** What is left to do after sign-out. */
export const signedOut = asSpelled(
  'SignedOut',
  z.object({
    endSession: z.string().optional().describe('Where the browser ends its session with the OpenID Connect issuer.'),
  }),
);

/** A path that signs in once. */
export const signInPath = asSpelled('SignInPath', z.object({ path: z.string() }));

/** What a user prefers; fields that are not named here belong to extensions. */
export const preference = named(
  'Preferences',
  z.looseObject({
    anonymousUsageStats: z.boolean(),
    anonymousPerfResults: z.boolean(),
    updatedAt: z.exactOptional(time),
  }),
);

/** A test that a user keeps. */
export const performanceTest = named(
  'PerformanceTest',
  z.looseObject({ ...recordFields, owner: z.string(), name: z.string() }),
);
