import type { Keychain, OrganizationRole } from '@meshery/object-model';
import { z } from 'zod';
import { asSpelled, named } from '../description.ts';
import { recordFields } from './fields.ts';

/** See `Keychain`. */
export const keychain = named(
  'Keychain',
  z.object({
    ...recordFields,
    name: z.string(),
    description: z.string(),
    organizationId: z.string().nullable(),
    owner: z.string(),
  }) satisfies z.ZodType<Keychain>,
);

/** See `OrganizationRole`. */
export const organizationRole = named(
  'OrganizationRole',
  z.object({
    ...recordFields,
    owner: z.string(),
    roleName: z.string(),
    description: z.string(),
    organizationId: z.string().nullable(),
  }) satisfies z.ZodType<OrganizationRole>,
);

/** Nothing more to say. */
export const done = asSpelled('Done', z.object({}));
