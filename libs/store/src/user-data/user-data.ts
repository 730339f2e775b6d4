import type { EntityManager, EntitySchema } from 'typeorm';
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

/** What one row of a schema is. */
type RowOf<Schema> = Schema extends EntitySchema<infer Row> ? Row : never;

const listed = ['name', 'createdAt', 'updatedAt'] as const;
const named = { searched: ['name'], sorted: listed } as const;
const described = { searched: ['name', 'description'], sorted: listed } as const;
const ofUsers = {
  searched: ['name', 'email', 'firstName', 'lastName'],
  sorted: [...listed, 'email', 'firstName', 'lastName', 'lastLoginTime', 'status'],
} as const;
const ofCredentials = { searched: ['name', 'type'], sorted: [...listed, 'type'] } as const;
const ofConnections = {
  searched: ['name', 'kind', 'url'],
  sorted: [...listed, 'kind', 'status', 'type', 'subType'],
} as const;

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

  get workspaceTeams(): LinkTable<RowOf<typeof workspaceTeamSchema>> {
    return new LinkTable(this.#manager, workspaceTeamSchema);
  }

  get events(): EventTable {
    return new EventTable(this.#manager);
  }

  get audit(): AuditTable {
    return new AuditTable(this.#manager);
  }

  get operations(): OperationTable {
    return new OperationTable(this.#manager);
  }

  get connectionHistory(): HistoryTable {
    return new HistoryTable(this.#manager);
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
