import type { EntityManager } from 'typeorm';
import { AuditTable } from './audit-table.ts';
import { EventTable } from './event-table.ts';
import { OperationTable } from './operation-table.ts';
import { connectionSchema, credentialSchema, environmentConnectionSchema } from './entities/connections.ts';
import { performanceTestConfigSchema, serviceTokenSchema } from './entities/accounts.ts';
import { membershipSchema, organizationSchema, preferenceSchema, userSchema } from './entities/identity.ts';
import type { PreferenceRecord } from './entities/identity.ts';
import { settingSchema } from './entities/settings.ts';
import type { SettingRecord } from './entities/settings.ts';
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

const listed = ['name', 'createdAt', 'updatedAt'] as const;

/** Everything that users made, as one transaction sees it (or as it is committed, outside of any). */
export class UserData {
  readonly users;
  readonly organizations;
  readonly memberships;
  readonly environments;
  readonly workspaces;
  readonly workspaceEnvironments;
  readonly events;
  readonly audit;
  readonly operations;
  readonly credentials;
  readonly connections;
  readonly connectionHistory;
  readonly environmentConnections;
  readonly designs;
  readonly views;
  readonly teams;
  readonly teamMembers;
  readonly workspaceDesigns;
  readonly workspaceViews;
  readonly workspaceTeams;
  readonly performanceTestConfigs;
  readonly serviceTokens;
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.users = new RecordTable(manager, {
      schema: userSchema,
      searched: ['name', 'email', 'firstName', 'lastName'],
      sorted: [...listed, 'email', 'firstName', 'lastName', 'lastLoginTime', 'status'],
    });
    this.organizations = new RecordTable(manager, { schema: organizationSchema, searched: ['name'], sorted: listed });
    this.memberships = new LinkTable(manager, membershipSchema);
    const described = { searched: ['name', 'description'], sorted: listed } as const;
    this.environments = new RecordTable(manager, { schema: environmentSchema, ...described });
    this.workspaces = new RecordTable(manager, { schema: workspaceSchema, ...described });
    this.workspaceEnvironments = new LinkTable(manager, workspaceEnvironmentSchema);
    this.events = new EventTable(manager);
    this.audit = new AuditTable(manager);
    this.operations = new OperationTable(manager);
    this.credentials = new RecordTable(manager, {
      schema: credentialSchema,
      searched: ['name', 'type'],
      sorted: [...listed, 'type'],
    });
    this.connections = new RecordTable(manager, {
      schema: connectionSchema,
      searched: ['name', 'kind', 'url'],
      sorted: [...listed, 'kind', 'status', 'type', 'subType'],
    });
    this.connectionHistory = new HistoryTable(manager);
    this.environmentConnections = new LinkTable(manager, environmentConnectionSchema);
    this.designs = new RecordTable(manager, { schema: designSchema, searched: ['name'], sorted: listed });
    this.views = new RecordTable(manager, { schema: viewSchema, searched: ['name'], sorted: listed });
    this.teams = new RecordTable(manager, { schema: teamSchema, ...described });
    this.teamMembers = new LinkTable(manager, teamMemberSchema);
    this.workspaceDesigns = new LinkTable(manager, workspaceDesignSchema);
    this.workspaceViews = new LinkTable(manager, workspaceViewSchema);
    this.workspaceTeams = new LinkTable(manager, workspaceTeamSchema);
    const named = { searched: ['name'], sorted: listed } as const;
    this.performanceTestConfigs = new RecordTable(manager, { schema: performanceTestConfigSchema, ...named });
    this.serviceTokens = new RecordTable(manager, { schema: serviceTokenSchema, ...named });
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
