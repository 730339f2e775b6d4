import type { EntitySchema } from 'typeorm';
import { membershipSchema, organizationSchema, preferenceSchema, userSchema } from './identity.ts';
import { environmentSchema, workspaceEnvironmentSchema, workspaceSchema } from './workspaces.ts';

/** The schemas of everything that users made. */
export const userEntities: readonly EntitySchema[] = [
  userSchema,
  preferenceSchema,
  organizationSchema,
  membershipSchema,
  environmentSchema,
  workspaceSchema,
  workspaceEnvironmentSchema,
] as readonly EntitySchema[];
