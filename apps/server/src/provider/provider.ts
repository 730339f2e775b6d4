import type {
  Environment,
  EnvironmentDraft,
  EnvironmentPatch,
  Organization,
  Page,
  PageQuery,
  User,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';

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

/** Which environments are listed. */
export interface EnvironmentFilter {
  readonly organizationId?: string | undefined;
  /** Only those that a workspace uses, or only those that it could still take. */
  readonly workspace?: { readonly id: string; readonly isAssigned: boolean };
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
}

/**
 * What vouches for users and keeps what they make. The server itself keeps nothing of it; the Local provider keeps it
 * in `meshery.db`, a remote one wherever it likes.
 */
export interface Provider {
  /** Registration key, such as "Local". */
  readonly name: string;
  readonly people: People;
  readonly environments: Collection<Environment, EnvironmentDraft, EnvironmentPatch, EnvironmentFilter>;
  readonly workspaces: Collection<Workspace, WorkspaceDraft, WorkspacePatch, WorkspaceFilter>;
  readonly workspaceEnvironments: Links;
}
