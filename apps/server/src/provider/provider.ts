import type {
  DesignDraft,
  DesignPatch,
  DesignRecord,
  Environment,
  EnvironmentDraft,
  EnvironmentPatch,
  EventDraft,
  EventStatus,
  Filter,
  FilterDraft,
  Keychain,
  KeychainDraft,
  KeychainPatch,
  Organization,
  OrganizationDraft,
  OrganizationPatch,
  Page,
  PageQuery,
  PatternResource,
  PerformanceProfile,
  PerformanceProfileDraft,
  PerformanceResult,
  Schedule,
  SeenEvent,
  Team,
  TeamDraft,
  TeamPatch,
  View,
  ViewDraft,
  ViewPatch,
  PerformanceTestConfig,
  PerformanceTestConfigDraft,
  PermissionKey,
  Preference,
  PreferencePatch,
  OrganizationRole,
  RoleDraft,
  ServiceToken,
  ServiceTokenDraft,
  User,
  UserDraft,
  UserPatch,
  UserPlaces,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EventCounts, EventFilter, EventType } from '@meshery/store';
import type { Collection } from './collection.ts';
import type { Connections, Credentials } from './connections-port.ts';

/** Links from one record to others, such as a workspace's environments. */
export interface Links {
  /** Makes the link; one that is there stays. */
  assign(ctx: RequestContext, id: string, otherId: string): Promise<void>;
  /** Removes the link; rejects with `meshery-core-1002` when there is none. */
  unassign(ctx: RequestContext, id: string, otherId: string): Promise<void>;
}

/** Which of the things are listed that workspaces hold: environments, designs, views, teams. */
export interface WorkspaceContentFilter {
  readonly organizationId?: string | undefined;
  /** Only those that a workspace has, or only those that it could still take. */
  readonly workspace?: { readonly id: string; readonly isAssigned: boolean };
}

/** Teams, and who is in them. */
export interface Teams extends Collection<Team, TeamDraft, TeamPatch, WorkspaceContentFilter> {
  members(ctx: RequestContext, id: string, query: PageQuery): Promise<Page<User>>;
}

/** Which workspaces are listed. */
export interface WorkspaceFilter {
  readonly organizationId?: string | undefined;
}

/**
 * Organizations, and who is in them; `meshery-core-1002` for one that who asks is not in. Nobody is left without one
 * (`meshery-core-1007`), and nobody gives what they do not have (`meshery-auth-1202`).
 */
export interface Organizations {
  get(ctx: RequestContext, id: string): Promise<Organization>;
  /** Who makes one is its first administrator. */
  create(ctx: RequestContext, draft: OrganizationDraft): Promise<Organization>;
  update(ctx: RequestContext, id: string, patch: OrganizationPatch): Promise<Organization>;
  /** Rejects with `meshery-core-1007` while anything or anybody else is in it. */
  remove(ctx: RequestContext, id: string): Promise<void>;
  /** Lets a user in, with the role that they have; one who is in stays. */
  join(ctx: RequestContext, id: string, userId: string): Promise<void>;
  leave(ctx: RequestContext, id: string, userId: string): Promise<void>;
}

/** Who there is; nobody sees people of organizations that they are not in. */
export interface People {
  /** The user who asks. */
  self(ctx: RequestContext): Promise<User & Partial<UserPlaces>>;
  get(ctx: RequestContext, id: string): Promise<User & Partial<UserPlaces>>;
  page(ctx: RequestContext, query: PageQuery): Promise<Page<User>>;
  organizations(ctx: RequestContext, query: PageQuery): Promise<Page<Organization>>;
  /** What the user may do in an organization. Rejects with `meshery-core-1002` for one that they are not in. */
  keys(ctx: RequestContext, organizationId: string): Promise<readonly PermissionKey[]>;
  create(ctx: RequestContext, draft: UserDraft): Promise<User>;
  /** Takes effect at once, also for sessions that are open. */
  update(ctx: RequestContext, id: string, patch: UserPatch): Promise<User>;
  /** Ends the account: sessions, tokens and personal data go, what the user made stays with the organization. */
  remove(ctx: RequestContext, id: string): Promise<void>;
  /** The path of a link that signs the user in, good once within an hour. */
  invite(ctx: RequestContext, id: string): Promise<string>;
}

/** A role in an organization. */
export interface RoleOfOrganization {
  readonly organizationId: string;
  /** Its name. */
  readonly role: string;
}

/** Roles of organizations, which users have: the built-in ones, and those that people made. */
export interface Roles {
  /** The built-in ones first. Rejects with `meshery-core-1002` for an organization that the user is not in. */
  all(ctx: RequestContext, organizationId: string): Promise<readonly OrganizationRole[]>;
  /** Rejects with `meshery-core-1007` for a name that is taken. */
  create(ctx: RequestContext, organizationId: string, draft: RoleDraft): Promise<OrganizationRole>;
  /** Rejects with `meshery-core-1007` for a built-in one, and while somebody has it. */
  remove(ctx: RequestContext, organizationId: string, id: string): Promise<void>;
}

/**
 * Keychains of organizations, and the roles that have them. What is changed holds from the next request on. Nobody gives
 * a permission that they do not have themselves (`meshery-auth-1202`), and built-in keychains stay as they are
 * (`meshery-core-1007`).
 */
export interface Keychains {
  /** The built-in ones first; of one organization, or of all that the user is in. */
  all(ctx: RequestContext, organizationId: string | undefined): Promise<readonly Keychain[]>;
  get(ctx: RequestContext, id: string): Promise<Keychain>;
  create(ctx: RequestContext, draft: KeychainDraft & { readonly organizationId: string }): Promise<Keychain>;
  update(ctx: RequestContext, id: string, patch: KeychainPatch): Promise<Keychain>;
  remove(ctx: RequestContext, id: string): Promise<void>;
  /** In the order in which they were added. */
  keys(ctx: RequestContext, id: string): Promise<readonly PermissionKey[]>;
  addKey(ctx: RequestContext, id: string, keyId: string): Promise<void>;
  removeKey(ctx: RequestContext, id: string, keyId: string): Promise<void>;
  ofRole(ctx: RequestContext, role: RoleOfOrganization): Promise<readonly Keychain[]>;
  assign(ctx: RequestContext, role: RoleOfOrganization, id: string): Promise<void>;
  unassign(ctx: RequestContext, role: RoleOfOrganization, id: string): Promise<void>;
}

/** What the user who asks prefers. */
export interface Preferences {
  get(ctx: RequestContext): Promise<Preference>;
  /** Merges a change into them; durable when it resolves. Rejects with `meshery-core-1006` when they grow too large. */
  merge(ctx: RequestContext, patch: PreferencePatch): Promise<Preference>;
}

/** Performance tests that the user who asks keeps to run them again. */
export interface PerformanceTestConfigs {
  page(ctx: RequestContext, query: PageQuery): Promise<Page<PerformanceTestConfig>>;
  get(ctx: RequestContext, id: string): Promise<PerformanceTestConfig>;
  /** Keeps a new one, or replaces the one that the draft names. */
  keep(ctx: RequestContext, draft: PerformanceTestConfigDraft): Promise<PerformanceTestConfig>;
  remove(ctx: RequestContext, id: string): Promise<void>;
}

/** Which records of a user are listed; those of filters by organization. */
export interface RecordFilter {
  readonly organizationId?: string | undefined;
}

/** Fields of a record that are given. */
type Given<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | undefined };

/** What is said about a record that the server makes. */
type Made<Item> = Omit<Item, 'id' | 'owner' | 'createdAt' | 'updatedAt'>;

/** A kind of plain records; each but a filter is its user's alone. */
export type RecordsOf<Item, Draft> = Collection<Item, Draft, Given<Draft>, RecordFilter>;

/** Which results of load tests are listed; times are RFC 3339 in UTC, of when a test was begun. */
export interface ResultFilter extends RecordFilter {
  readonly performanceProfile?: string | undefined;
  readonly from?: string | undefined;
  /** The first moment that is too late. */
  readonly to?: string | undefined;
}

/** What became of a profile so far. */
export interface ResultTotals {
  readonly count: number;
  /** When its newest test was begun, RFC 3339. */
  readonly lastRun: string;
}

/** Results of load tests. */
export interface PerformanceResults extends Collection<
  PerformanceResult,
  Made<PerformanceResult>,
  Given<Made<PerformanceResult>>,
  ResultFilter
> {
  /** By the id of the profile; one that was never run is absent. */
  totals(ctx: RequestContext, profiles: readonly string[]): Promise<ReadonlyMap<string, ResultTotals>>;
}

/** What was published for everybody who can sign in, whatever their organization. */
export interface Catalog {
  designs(ctx: RequestContext, query: PageQuery): Promise<Page<DesignRecord>>;
  filters(ctx: RequestContext, query: PageQuery): Promise<Page<Filter>>;
}

/** What load tests, schedules and deployments leave; each kind is one feature of a provider. */
export interface Records {
  readonly filters: RecordsOf<Filter, FilterDraft>;
  readonly patternResources: RecordsOf<PatternResource, Made<PatternResource>>;
  readonly performanceProfiles: RecordsOf<PerformanceProfile, PerformanceProfileDraft>;
  readonly performanceResults: PerformanceResults;
  readonly schedules: RecordsOf<Schedule, Made<Schedule>>;
  readonly catalog: Catalog;
}
/** The only time that a token itself is shown; a certificate has none. */
export type IssuedServiceToken = ServiceToken & { readonly token?: string };

/** Tokens for programs that work on behalf of the user who asks. */
export interface ServiceTokens {
  page(ctx: RequestContext, query: PageQuery): Promise<Page<ServiceToken>>;
  issue(ctx: RequestContext, draft: ServiceTokenDraft): Promise<IssuedServiceToken>;
  /** Takes effect at once. */
  revoke(ctx: RequestContext, id: string): Promise<void>;
}

/** What happened, as far as it concerns the organizations of who asks, or only themselves. */
export interface Events {
  /** One page, newest first unless told; counts are of everything that the user sees. */
  page(ctx: RequestContext, filter: EventFilter, query: PageQuery): Promise<Page<SeenEvent> & EventCounts>;
  types(ctx: RequestContext): Promise<readonly EventType[]>;
  create(ctx: RequestContext, draft: EventDraft): Promise<SeenEvent>;
  /** Marks events for this user; rejects with `meshery-core-1002`, and marks none, when one is not there. */
  mark(ctx: RequestContext, ids: readonly string[], status: EventStatus): Promise<void>;
  /** Removes events for everybody; all of them or none. */
  remove(ctx: RequestContext, ids: readonly string[]): Promise<void>;
}

/**
 * What vouches for users and keeps what they make. The server itself keeps nothing of it; the Local provider keeps it
 * in `meshery.db`, a remote one wherever it likes.
 */
export interface Provider {
  /** Registration key, such as "Local". */
  readonly name: string;
  /** Equal numbers mean that nothing of what it keeps changed in between; undefined when it cannot say. */
  readonly revision: number | undefined;
  readonly people: People;
  readonly organizations: Organizations;
  readonly keychains: Keychains;
  readonly roles: Roles;
  readonly environments: Collection<Environment, EnvironmentDraft, EnvironmentPatch, WorkspaceContentFilter>;
  readonly workspaces: Collection<Workspace, WorkspaceDraft, WorkspacePatch, WorkspaceFilter>;
  readonly workspaceEnvironments: Links;
  readonly events: Events;
  readonly credentials: Credentials;
  readonly connections: Connections;
  readonly environmentConnections: Links;
  readonly designs: Collection<DesignRecord, DesignDraft, DesignPatch, WorkspaceContentFilter>;
  readonly workspaceDesigns: Links;
  readonly views: Collection<View, ViewDraft, ViewPatch, WorkspaceContentFilter>;
  readonly workspaceViews: Links;
  readonly teams: Teams;
  readonly teamMembers: Links;
  readonly workspaceTeams: Links;
  readonly preferences: Preferences;
  readonly performanceTestConfigs: PerformanceTestConfigs;
  readonly serviceTokens: ServiceTokens;
  readonly records: Records;
}
