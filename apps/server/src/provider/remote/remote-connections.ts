import { MesheryError } from '@meshery/errors';
import { mayFollow } from '@meshery/object-model';
import type { Connection, Page, PageQuery, StatusChange } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import { slicePage } from '../../rest/slice-page.ts';
import { illegal } from '../connection-refusals.ts';
import type { ConnectionFields, ConnectionFilter, Connections, Move, NewConnection } from '../connections-port.ts';
import { keptFields } from '../kept-fields.ts';
import { notFound } from '../local/tenancy.ts';
import { RemoteCollection } from './remote-collection.ts';
import type { RemoteCredentials } from './remote-credentials.ts';
import { readConnection } from './remote-records.ts';
import type { HistoryLine, KeptConnection } from './remote-records.ts';
import type { RemoteRequests } from './remote-requests.ts';

/** What the server works with while nobody is signed in, when it has no session at any remote provider. */
const standing: ReadonlySet<string> = new Set(['kubernetes', 'adapter', 'operator', 'meshsync', 'broker']);
/** Lines of history that a connection keeps. */
const keptLines = 100;

type Kept = Omit<NewConnection, 'id'> & { readonly id?: string | undefined; readonly history: readonly HistoryLine[] };
type Place = Pick<ConnectionFilter, 'organizationId' | 'environment'>;

/**
 * Connections at a remote provider to what the server asks in the name of a user; the others are not taken, and are not
 * there even when the provider says so. Each carries its history, for which a provider has no place of its own.
 */
export class RemoteConnections implements Connections {
  readonly #requests: RemoteRequests;
  readonly #credentials: RemoteCredentials;
  readonly #definitions: ConnectionDefinitions;
  readonly #name: string;
  readonly #rows: RemoteCollection<KeptConnection, Kept, Kept, Place>;

  constructor(
    requests: RemoteRequests,
    credentials: RemoteCredentials,
    { definitions, name }: { readonly definitions: ConnectionDefinitions; readonly name: string },
  ) {
    this.#requests = requests;
    this.#credentials = credentials;
    this.#definitions = definitions;
    this.#name = name;
    this.#rows = new RemoteCollection(requests, 'persist-connection', readConnection);
  }

  /** Providers select by organization and environment only; the rest is selected here. */
  async page(ctx: RequestContext, filter: ConnectionFilter, query: PageQuery): Promise<Page<Connection>> {
    const { organizationId, environment, ...conditions } = filter;
    const { page, pageSize, ...asked } = query;
    const all = await this.#all(ctx, { organizationId, environment }, asked);
    const fitting = all.filter((connection) => fits(connection, conditions)).map(withoutHistory);
    return slicePage(fitting, { page, pageSize }, ['id']);
  }

  async statusSummary(
    ctx: RequestContext,
    organizationId: string | undefined,
  ): Promise<Readonly<Record<string, number>>> {
    const all = await this.#all(ctx, { organizationId });
    const counts = new Map<string, number>();
    for (const { status } of all) counts.set(status, (counts.get(status) ?? 0) + 1);
    return Object.fromEntries(counts);
  }

  async get(ctx: RequestContext, id: string): Promise<Connection> {
    return withoutHistory(await this.#get(ctx, id));
  }

  /** Contexts are those of clusters. */
  ofContext(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** A provider lists the connections of an environment, not the other way around. */
  environments(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async create(ctx: RequestContext, draft: NewConnection, why: string): Promise<Connection> {
    if (standing.has(draft.kind)) throw notTaken(draft.kind, this.#name);
    await this.#requireCredential(ctx, draft);
    const history = [this.#line(ctx, { from: null, to: draft.status, why, isDone: true })];
    return withoutHistory(await this.#rows.create(ctx, { ...draft, history }));
  }

  async update(ctx: RequestContext, id: string, fields: ConnectionFields): Promise<Connection> {
    const before = await this.#get(ctx, id);
    await this.#requireCredential(ctx, { ...fields, organizationId: before.organizationId });
    return this.#keep(ctx, before, fields);
  }

  async move(ctx: RequestContext, id: string, { to, why, fields }: Move): Promise<Connection> {
    const before = await this.#get(ctx, id);
    const { status: from } = before;
    const life = this.#definitions.lifeOf(before.kind);
    const isDone = mayFollow(life, from, to);
    const history = [...before.history, this.#line(ctx, { from, to, why, isDone })].slice(-keptLines);
    const after = await this.#keep(ctx, before, isDone ? { ...fields, status: to, history } : { history });
    if (!isDone) throw illegal(after, { to, why }, life);
    return after;
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.#get(ctx, id);
    await this.#rows.remove(ctx, id);
  }

  async history(ctx: RequestContext, id: string): Promise<readonly StatusChange[]> {
    const { history } = await this.#get(ctx, id);
    return history.map((line, index) => ({ ...line, connectionId: id, position: index + 1 })).reverse();
  }

  async #get(ctx: RequestContext, id: string): Promise<KeptConnection> {
    const found = await this.#rows.get(ctx, id);
    if (standing.has(found.kind)) throw notFound('connection');
    return found;
  }

  async #all(ctx: RequestContext, place: Place, asked?: Omit<PageQuery, 'page' | 'pageSize'>) {
    return (await this.#rows.all(ctx, place, asked)).filter(({ kind }) => !standing.has(kind));
  }

  /** The whole record is sent: some providers put it in the place of the one before. */
  async #keep(
    ctx: RequestContext,
    before: KeptConnection,
    fields: ConnectionFields & Partial<Pick<KeptConnection, 'status' | 'history'>>,
  ): Promise<Connection> {
    return withoutHistory(await this.#rows.update(ctx, before.id, { ...before, ...keptFields(before, fields) }));
  }

  /** A credential of another organization does not exist for a connection, whoever may see both. */
  async #requireCredential(
    ctx: RequestContext,
    { credentialId, organizationId }: Pick<NewConnection, 'credentialId' | 'organizationId'>,
  ): Promise<void> {
    if (typeof credentialId !== 'string') return;
    const credential = await this.#credentials.get(ctx, credentialId);
    if (credential.organizationId !== organizationId) throw notFound('credential');
  }

  #line(ctx: RequestContext, line: Pick<HistoryLine, 'from' | 'to' | 'why' | 'isDone'>): HistoryLine {
    return { ...line, by: ctx.user.userId, at: this.#requests.now() };
  }
}

function fits(connection: Connection, conditions: Omit<ConnectionFilter, keyof Place>): boolean {
  const { kind, status, type, name } = conditions;
  return (
    (kind?.includes(connection.kind) ?? true) &&
    (status?.includes(connection.status) ?? true) &&
    (type?.includes(connection.type) ?? true) &&
    (name === undefined || name === connection.name)
  );
}

function withoutHistory({ history: _, ...connection }: KeptConnection): Connection {
  return connection;
}

function notTaken(kind: string, provider: string): MesheryError {
  return new MesheryError(
    'meshery-provider-2000',
    `The provider ${provider} cannot keep connections of kind "${kind}".`,
    {
      probableCause: 'The server works with them while nobody is signed in, and cannot ask the provider then.',
      remedy: 'Sign in with the Local provider to connect it.',
    },
  );
}
