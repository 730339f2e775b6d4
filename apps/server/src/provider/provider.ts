import type {
  DesignDraft,
  DesignPatch,
  DesignRecord,
  Environment,
  EnvironmentDraft,
  EnvironmentPatch,
  EventDraft,
  EventStatus,
  Organization,
  Page,
  PageQuery,
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
  ServiceToken,
  ServiceTokenDraft,
  User,
  UserDraft,
  UserPatch,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EventCounts, EventFilter, EventType } from '@meshery/store';
import type { Connections, Credentials } from './connections-port.ts';

/**
 * The records of one construct as a provider keeps them. Whoever asks sees only what belongs to their organizations;
 * a record of another one does not exist for them (`meshery-core-1002`).
 */
export interface Collection<Item, Draft, Patch, Filter> {
  /** Rejects with `meshery-core-1002` for an organization that the user is not in. */
  page(ctx: RequestContext, filter: Filter, query: PageQuery): Promise<Page<Item>>;
  get(ctx: RequestContext, id: string): Promise<Item>;
  create(ctx: RequestContext, draft: Draft): Promise<Item>;
  update(ctx: RequestContext, id: string, patch: Patch): Promise<Item>;
  /** Removes the record with everything that hangs on it. */
  remove(ctx: RequestContext, id: string): Promise<void>;
}

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

/** Who there is; nobody sees people of organizations that they are not in. */
export interface People {
  /** The user who asks. */
  self(ctx: RequestContext): Promise<User>;
  get(ctx: RequestContext, id: string): Promise<User>;
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

/** Tokens for programs that work on behalf of the user who asks. */
export interface ServiceTokens {
  page(ctx: RequestContext, query: PageQuery): Promise<Page<ServiceToken>>;
  /** The only time that the token itself is shown. */
  issue(ctx: RequestContext, draft: ServiceTokenDraft): Promise<ServiceToken & { readonly token: string }>;
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
}
