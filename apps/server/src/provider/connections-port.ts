import type {
  Connection,
  ConnectionStatus,
  Credential,
  CredentialDraft,
  CredentialPatch,
  Environment,
  Page,
  PageQuery,
  Secret,
  StatusChange,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Collection } from './collection.ts';

/** Which connections are listed; every list is an "any of". */
export interface ConnectionFilter {
  readonly organizationId?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly status?: readonly ConnectionStatus[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly name?: string | undefined;
  /** Only those of an environment, or only those that it could still take. */
  readonly environment?: { readonly id: string; readonly isAssigned: boolean } | undefined;
}

/** Which credentials are listed. */
export interface CredentialFilter {
  readonly organizationId?: string | undefined;
}

/** A connection about to be kept. */
export type NewConnection = Omit<Connection, 'id' | 'owner' | 'createdAt' | 'updatedAt'> & {
  /** An id that a client was given before; a new one without it. */
  readonly id?: string | undefined;
};

/** Fields of a connection that change without its status. */
export type ConnectionFields = Partial<
  Pick<Connection, 'name' | 'description' | 'url' | 'styles' | 'credentialId' | 'contextId' | 'controllersConfig'>
> & {
  /** Keys that change; the others stay as they are, whoever changes them at the same time. */
  readonly metadata?: Connection['metadata'];
};

/** A change of status and its reason, one sentence. */
export interface Move {
  readonly to: ConnectionStatus;
  readonly why: string;
  /** Fields that change with it. */
  readonly fields?: ConnectionFields;
}

/** Connections as a provider keeps them; see `Collection` for who sees what. */
export interface Connections {
  page(ctx: RequestContext, filter: ConnectionFilter, query: PageQuery): Promise<Page<Connection>>;
  /** How many of an organization, or of all of the user's, have each status. */
  statusSummary(ctx: RequestContext, organizationId: string | undefined): Promise<Readonly<Record<string, number>>>;
  get(ctx: RequestContext, id: string): Promise<Connection>;
  /** The connection of an organization to a context; undefined when there is none. */
  ofContext(ctx: RequestContext, organizationId: string, contextId: string): Promise<Connection | undefined>;
  /** Rejects with `meshery-core-1007` when id or context are taken. */
  create(ctx: RequestContext, draft: NewConnection, why: string): Promise<Connection>;
  update(ctx: RequestContext, id: string, fields: ConnectionFields): Promise<Connection>;
  /**
   * Changes the status and writes it into the history. A change that the life of the kind does not allow is written
   * into the history as refused, and rejects with `meshery-connection-1700`.
   */
  move(ctx: RequestContext, id: string, move: Move): Promise<Connection>;
  remove(ctx: RequestContext, id: string): Promise<void>;
  /** What it is assigned to; undefined where the provider cannot be asked that way around. */
  environments(ctx: RequestContext, connection: Connection): Promise<readonly Environment[] | undefined>;
  /** Newest first. */
  history(ctx: RequestContext, id: string): Promise<readonly StatusChange[]>;
}

/** Credentials: what is read never has the secret. */
export interface Credentials extends Collection<Credential, CredentialDraft, CredentialPatch, CredentialFilter> {
  /**
   * The secret, for the server itself to use, and bridges that are trusted with it; it never leaves over an API for users.
   * Rejects with `meshery-connection-1703`.
   */
  open(ctx: RequestContext, id: string): Promise<Secret>;
}
