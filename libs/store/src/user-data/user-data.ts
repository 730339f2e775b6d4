import type { ConnectionDefinition } from '@meshery/object-model';
import { IsNull } from 'typeorm';
import type { EntityManager, EntitySchema } from 'typeorm';
import { AuditTable } from './audit-table.ts';
import { EndedSessionTable } from './ended-session-table.ts';
import { EventTable } from './event-table.ts';
import { OperationTable } from './operation-table.ts';
import { connectionSchema, credentialSchema, environmentConnectionSchema } from './entities/connections.ts';
import { federatedIdentitySchema, performanceTestConfigSchema, serviceTokenSchema } from './entities/accounts.ts';
import {
  keychainKeySchema,
  keychainSchema,
  organizationRoleSchema,
  roleKeychainSchema,
  roleSchema,
} from './entities/keychains.ts';
import { membershipSchema, organizationSchema, preferenceSchema, userSchema } from './entities/identity.ts';
import type { PreferenceRecord } from './entities/identity.ts';
import {
  categorySchema,
  componentSchema,
  componentSchemaSchema,
  connectionDefinitionSchema,
  modelSchema,
  policySchema,
  registrantSchema,
  relationshipSchema,
} from './entities/registry.ts';
import { settingSchema } from './entities/settings.ts';
import type { SettingRecord } from './entities/settings.ts';
import {
  filterSchema,
  patternResourceSchema,
  performanceProfileSchema,
  performanceResultSchema,
  scheduleSchema,
} from './entities/tests-and-filters.ts';
import { environmentSchema, workspaceEnvironmentSchema, workspaceSchema } from './entities/workspaces.ts';
import { HistoryTable } from './history-table.ts';
import {
  designSchema,
  teamMemberSchema,
  teamSchema,
  viewSchema,
  workspaceDesignSchema,
  workspaceTeamSchema,
  workspaceViewSchema,
} from './entities/workspace-contents.ts';
import { LinkTable } from './link-table.ts';
import { RecordTable } from './record-table.ts';

/** What one row of a schema is. */
type RowOf<Schema> = Schema extends EntitySchema<infer Row> ? Row : never;

const listed = ['name', 'createdAt', 'updatedAt'] as const;
const named = { searched: ['name'], sorted: listed } as const;
const described = { searched: ['name', 'description'], sorted: listed } as const;
const ofResults = { searched: ['name'], sorted: [...listed, 'mesh', 'testStartTime'] } as const;
const ofUsers = {
  searched: ['name', 'email', 'firstName', 'lastName'],
  sorted: [...listed, 'email', 'firstName', 'lastName', 'lastLoginTime', 'status'],
} as const;
const ofCredentials = { searched: ['name', 'type'], sorted: [...listed, 'type'] } as const;
const ofConnections = {
  searched: ['name', 'kind', 'url'],
  sorted: [...listed, 'kind', 'status', 'type', 'subType'],
} as const;

const defined = ['createdAt', 'updatedAt', 'kind', 'version'] as const;
const ofModels = {
  searched: ['name', 'displayName'],
  sorted: [...listed, 'displayName', 'version', 'modelVersion', 'status'],
} as const;
const ofComponents = { searched: ['kind', 'displayName'], sorted: [...defined, 'displayName', 'apiVersion'] } as const;
const ofRelationships = { searched: ['kind', 'type', 'subType'], sorted: [...defined, 'type', 'subType'] } as const;
const ofConnectionDefinitions = {
  searched: ['kind', 'name'],
  sorted: [...defined, 'name', 'type', 'subType'],
} as const;
const ofPolicies = { searched: ['kind', 'subType'], sorted: [...defined, 'subType'] } as const;

/** Everything that users made, as one transaction sees it (or as it is committed, outside of any). */
export class UserData {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  get users(): RecordTable<RowOf<typeof userSchema>> {
    return new RecordTable(this.#manager, { schema: userSchema, ...ofUsers });
  }

  get organizations(): RecordTable<RowOf<typeof organizationSchema>> {
    return new RecordTable(this.#manager, { schema: organizationSchema, ...named });
  }

  get environments(): RecordTable<RowOf<typeof environmentSchema>> {
    return new RecordTable(this.#manager, { schema: environmentSchema, ...described });
  }

  get workspaces(): RecordTable<RowOf<typeof workspaceSchema>> {
    return new RecordTable(this.#manager, { schema: workspaceSchema, ...described });
  }

  get credentials(): RecordTable<RowOf<typeof credentialSchema>> {
    return new RecordTable(this.#manager, { schema: credentialSchema, ...ofCredentials });
  }

  get connections(): RecordTable<RowOf<typeof connectionSchema>> {
    return new RecordTable(this.#manager, { schema: connectionSchema, ...ofConnections });
  }

  get designs(): RecordTable<RowOf<typeof designSchema>> {
    return new RecordTable(this.#manager, { schema: designSchema, ...named });
  }

  get views(): RecordTable<RowOf<typeof viewSchema>> {
    return new RecordTable(this.#manager, { schema: viewSchema, ...named });
  }

  get teams(): RecordTable<RowOf<typeof teamSchema>> {
    return new RecordTable(this.#manager, { schema: teamSchema, ...described });
  }

  get performanceTestConfigs(): RecordTable<RowOf<typeof performanceTestConfigSchema>> {
    return new RecordTable(this.#manager, { schema: performanceTestConfigSchema, ...named });
  }

  get serviceTokens(): RecordTable<RowOf<typeof serviceTokenSchema>> {
    return new RecordTable(this.#manager, { schema: serviceTokenSchema, ...named });
  }

  get federatedIdentities(): LinkTable<RowOf<typeof federatedIdentitySchema>> {
    return new LinkTable(this.#manager, federatedIdentitySchema);
  }

  get memberships(): LinkTable<RowOf<typeof membershipSchema>> {
    return new LinkTable(this.#manager, membershipSchema);
  }

  get workspaceEnvironments(): LinkTable<RowOf<typeof workspaceEnvironmentSchema>> {
    return new LinkTable(this.#manager, workspaceEnvironmentSchema);
  }

  get environmentConnections(): LinkTable<RowOf<typeof environmentConnectionSchema>> {
    return new LinkTable(this.#manager, environmentConnectionSchema);
  }

  get teamMembers(): LinkTable<RowOf<typeof teamMemberSchema>> {
    return new LinkTable(this.#manager, teamMemberSchema);
  }

  get workspaceDesigns(): LinkTable<RowOf<typeof workspaceDesignSchema>> {
    return new LinkTable(this.#manager, workspaceDesignSchema);
  }

  get workspaceViews(): LinkTable<RowOf<typeof workspaceViewSchema>> {
    return new LinkTable(this.#manager, workspaceViewSchema);
  }

  get keychains(): RecordTable<RowOf<typeof keychainSchema>> {
    return new RecordTable(this.#manager, { schema: keychainSchema, ...described });
  }

  get keychainKeys(): LinkTable<RowOf<typeof keychainKeySchema>> {
    return new LinkTable(this.#manager, keychainKeySchema);
  }

  get organizationRoles(): LinkTable<RowOf<typeof organizationRoleSchema>> {
    return new LinkTable(this.#manager, organizationRoleSchema);
  }

  get roles(): RecordTable<RowOf<typeof roleSchema>> {
    return new RecordTable(this.#manager, { schema: roleSchema, ...described });
  }

  get roleKeychains(): LinkTable<RowOf<typeof roleKeychainSchema>> {
    return new LinkTable(this.#manager, roleKeychainSchema);
  }

  get workspaceTeams(): LinkTable<RowOf<typeof workspaceTeamSchema>> {
    return new LinkTable(this.#manager, workspaceTeamSchema);
  }

  get events(): EventTable {
    return new EventTable(this.#manager);
  }

  get audit(): AuditTable {
    return new AuditTable(this.#manager);
  }

  get endedSessions(): EndedSessionTable {
    return new EndedSessionTable(this.#manager);
  }

  get operations(): OperationTable {
    return new OperationTable(this.#manager);
  }

  get connectionHistory(): HistoryTable {
    return new HistoryTable(this.#manager);
  }

  get registrants(): RecordTable<RowOf<typeof registrantSchema>> {
    return new RecordTable(this.#manager, {
      schema: registrantSchema,
      searched: ['name', 'kind'],
      sorted: [...listed, 'kind'],
    });
  }

  get categories(): RecordTable<RowOf<typeof categorySchema>> {
    return new RecordTable(this.#manager, { schema: categorySchema, ...named });
  }

  get models(): RecordTable<RowOf<typeof modelSchema>> {
    return new RecordTable(this.#manager, { schema: modelSchema, ...ofModels });
  }

  get components(): RecordTable<RowOf<typeof componentSchema>> {
    return new RecordTable(this.#manager, { schema: componentSchema, ...ofComponents });
  }

  get componentSchemas(): RecordTable<RowOf<typeof componentSchemaSchema>> {
    return new RecordTable(this.#manager, { schema: componentSchemaSchema, searched: [], sorted: [] });
  }

  get relationships(): RecordTable<RowOf<typeof relationshipSchema>> {
    return new RecordTable(this.#manager, { schema: relationshipSchema, ...ofRelationships });
  }

  get connectionDefinitions(): RecordTable<RowOf<typeof connectionDefinitionSchema>> {
    return new RecordTable(this.#manager, { schema: connectionDefinitionSchema, ...ofConnectionDefinitions });
  }

  get policies(): RecordTable<RowOf<typeof policySchema>> {
    return new RecordTable(this.#manager, { schema: policySchema, ...ofPolicies });
  }

  get schedules(): RecordTable<RowOf<typeof scheduleSchema>> {
    return new RecordTable(this.#manager, { schema: scheduleSchema, ...named });
  }

  get performanceProfiles(): RecordTable<RowOf<typeof performanceProfileSchema>> {
    return new RecordTable(this.#manager, { schema: performanceProfileSchema, ...named });
  }

  get performanceResults(): RecordTable<RowOf<typeof performanceResultSchema>> {
    return new RecordTable(this.#manager, { schema: performanceResultSchema, ...ofResults });
  }

  get filters(): RecordTable<RowOf<typeof filterSchema>> {
    return new RecordTable(this.#manager, { schema: filterSchema, ...named });
  }

  get patternResources(): RecordTable<RowOf<typeof patternResourceSchema>> {
    return new RecordTable(this.#manager, { schema: patternResourceSchema, ...named });
  }

  /** Links the connections of a kind that are linked to no definition yet. */
  async defineConnections({ id: definitionId, kind }: Pick<ConnectionDefinition, 'id' | 'kind'>): Promise<void> {
    await this.#manager.getRepository(connectionSchema).update({ kind, definitionId: IsNull() }, { definitionId });
  }

  /** The preferences of a user; undefined before the first were kept. */
  async preferences(userId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const found = await this.#manager.getRepository<PreferenceRecord>(preferenceSchema).findOneBy({ userId });
    return found?.body;
  }

  /** A setting of the server; undefined before it was kept first. */
  async setting(key: string): Promise<unknown> {
    return (await this.#manager.getRepository<SettingRecord>(settingSchema).findOneBy({ key }))?.body;
  }

  /** Keeps a setting of the server, in place of what it was. */
  async keepSetting(record: SettingRecord): Promise<void> {
    await this.#manager.getRepository<SettingRecord>(settingSchema).save(record);
  }

  /** Keeps the whole preferences of a user. */
  async keepPreferences(record: PreferenceRecord): Promise<void> {
    await this.#manager.getRepository<PreferenceRecord>(preferenceSchema).save(record);
  }

  /** Forgets the preferences of a user. */
  async forgetPreferences(userId: string): Promise<void> {
    await this.#manager.getRepository<PreferenceRecord>(preferenceSchema).delete({ userId });
  }
}
