import type { EntitySchema } from 'typeorm';
import {
  auditHeadSchema,
  auditSchema,
  eventHeadSchema,
  eventReaderSchema,
  eventSchema,
  operationSchema,
} from './events.ts';
import { connectionSchema, credentialSchema, environmentConnectionSchema, statusChangeSchema } from './connections.ts';
import { federatedIdentitySchema, performanceTestConfigSchema, serviceTokenSchema } from './accounts.ts';
import { endedSessionSchema } from './ended-sessions.ts';
import {
  keychainKeySchema,
  keychainSchema,
  organizationRoleSchema,
  roleKeychainSchema,
  roleSchema,
} from './keychains.ts';
import { membershipSchema, organizationSchema, preferenceSchema, userSchema } from './identity.ts';
import {
  categorySchema,
  componentSchema,
  componentSchemaSchema,
  connectionDefinitionSchema,
  modelSchema,
  policySchema,
  registrantSchema,
  relationshipSchema,
} from './registry.ts';
import { settingSchema } from './settings.ts';
import {
  filterSchema,
  patternResourceSchema,
  performanceProfileSchema,
  performanceResultSchema,
  scheduleSchema,
} from './tests-and-filters.ts';
import {
  designSchema,
  teamMemberSchema,
  teamSchema,
  viewSchema,
  workspaceDesignSchema,
  workspaceTeamSchema,
  workspaceViewSchema,
} from './workspace-contents.ts';
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
  eventSchema,
  eventReaderSchema,
  eventHeadSchema,
  auditSchema,
  auditHeadSchema,
  operationSchema,
  credentialSchema,
  connectionSchema,
  statusChangeSchema,
  environmentConnectionSchema,
  settingSchema,
  designSchema,
  viewSchema,
  teamSchema,
  teamMemberSchema,
  workspaceDesignSchema,
  workspaceViewSchema,
  workspaceTeamSchema,
  performanceTestConfigSchema,
  serviceTokenSchema,
  federatedIdentitySchema,
  registrantSchema,
  categorySchema,
  modelSchema,
  componentSchema,
  componentSchemaSchema,
  relationshipSchema,
  policySchema,
  connectionDefinitionSchema,
  scheduleSchema,
  performanceProfileSchema,
  performanceResultSchema,
  filterSchema,
  patternResourceSchema,
  keychainSchema,
  keychainKeySchema,
  organizationRoleSchema,
  roleKeychainSchema,
  roleSchema,
  endedSessionSchema,
] as readonly EntitySchema[];
