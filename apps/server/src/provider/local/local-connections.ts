import { mayFollow } from '@meshery/object-model';
import type { Connection, Environment, Page, PageQuery, StatusChange } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import { localUser } from '../../identity/local-user.ts';
import type { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import { definitionId } from '../../registry/connection-definitions/kept-definitions.ts';
import { illegal, taken, unknownKind } from '../connection-refusals.ts';
import type { ConnectionFields, ConnectionFilter, Connections, Move, NewConnection } from '../connections-port.ts';
import { keptFields } from '../kept-fields.ts';
import { LocalCollection } from './local-collection.ts';
import type { LocalCredentials } from './local-credentials.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { isSystem, notFound, organizationsOf, requireMembership } from './tenancy.ts';

const byName = { page: 0, pageSize: 1000, order: { field: 'name', descending: false } };

/** Connections and their histories in the Local provider's store. */
export class LocalConnections implements Connections {
  readonly #parts: LocalParts;
  readonly #credentials: LocalCredentials;
  readonly #definitions: ConnectionDefinitions;
  readonly rows: LocalCollection<Connection, NewConnection, ConnectionFields, ConnectionFilter>;

  constructor(parts: LocalParts, credentials: LocalCredentials, definitions: ConnectionDefinitions) {
    this.#parts = parts;
    this.#credentials = credentials;
    this.#definitions = definitions;
    this.rows = new LocalCollection(parts, {
      kind: 'connection',
      table: (data) => data.connections,
      where: ({ kind, status, type, name }) => ({ kind, status, type, name }),
      links: ({ environment }) => (environment === undefined ? [] : [connectionsOf(environment)]),
    });
  }

  page(ctx: RequestContext, filter: ConnectionFilter, query: PageQuery): Promise<Page<Connection>> {
    return this.rows.page(ctx, filter, query);
  }

  statusSummary(ctx: RequestContext, asked: string | undefined): Promise<Readonly<Record<string, number>>> {
    return this.#parts.store.read(async (data) => {
      const visible = await organizationsOf(data, ctx);
      const organizationId = asked === undefined ? visible : visible.filter((id) => id === asked);
      return organizationId.length === 0 ? {} : data.connections.counts({ organizationId }, 'status');
    });
  }

  get(ctx: RequestContext, id: string): Promise<Connection> {
    return this.rows.get(ctx, id);
  }

  ofContext(ctx: RequestContext, organizationId: string, contextId: string): Promise<Connection | undefined> {
    return this.#parts.store.read(async (data) => {
      await requireMembership(data, ctx, organizationId, 'read');
      return data.connections.find({ organizationId, contextId });
    });
  }

  create(ctx: RequestContext, draft: NewConnection, why: string): Promise<Connection> {
    const at = timestamp(this.#parts.clock);
    const { id = this.#parts.newId(), organizationId, contextId } = draft;
    const made = { ...draft, id, owner: ownerOf(ctx), createdAt: at, updatedAt: at };
    return this.#parts.store.change(async (data) => {
      await requireMembership(data, ctx, organizationId, 'write');
      await this.#requireCredential(data, ctx, draft);
      const isTaken =
        (await data.connections.find({ id })) !== undefined ||
        (typeof contextId === 'string' && (await data.connections.find({ organizationId, contextId })) !== undefined);
      if (isTaken) throw taken();
      const item: Connection = { ...made, definitionId: await this.#heldDefinition(data, draft) };
      await data.connections.insert(item);
      await this.#line(data, ctx, { connectionId: id, to: item.status, why });
      await this.rows.note(data, ctx, 'create', item);
      return item;
    });
  }

  update(ctx: RequestContext, id: string, fields: ConnectionFields): Promise<Connection> {
    return this.#parts.store.change(async (data) => {
      await data.connections.hold(id);
      const item = await this.rows.reach(data, ctx, id, 'write');
      const changed = await this.#change(data, ctx, item, fields);
      await this.rows.note(data, ctx, 'update', changed);
      return changed;
    });
  }

  async move(ctx: RequestContext, id: string, move: Move): Promise<Connection> {
    const { to, why } = move;
    const { item, isLegal } = await this.#parts.store.change(async (data) => {
      await data.connections.hold(id);
      const before = await this.rows.reach(data, ctx, id, 'write');
      const legal = mayFollow(this.#definitions.lifeOf(before.kind), before.status, to);
      await this.#line(data, ctx, { connectionId: id, to, why, from: before.status, isDone: legal });
      await this.#tell(data, ctx, before, { to, isDone: legal });
      const after = legal ? await this.#change(data, ctx, before, { ...move.fields, status: to }) : before;
      return { item: after, isLegal: legal };
    });
    if (!isLegal) throw illegal(item, move, this.#definitions.lifeOf(item.kind));
    return item;
  }

  /** What a cluster signs in with was uploaded for it alone, and goes with the last connection that uses it. */
  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#parts.store.change(async (data) => {
      const item = await this.rows.reach(data, ctx, id, 'write');
      const { credentialId, kind } = item;
      await data.connections.remove({ id });
      if (kind === 'kubernetes' && typeof credentialId === 'string') {
        const isUsed = (await data.connections.find({ credentialId })) !== undefined;
        if (!isUsed) await data.credentials.remove({ id: credentialId });
      }
      await this.rows.note(data, ctx, 'delete', item);
    });
  }

  history(ctx: RequestContext, id: string): Promise<readonly StatusChange[]> {
    return this.#parts.store.read(async (data) => {
      await this.rows.reach(data, ctx, id, 'read');
      return data.connectionHistory.all(id);
    });
  }

  /** Both are of one organization, so that whoever sees the one sees the other. */
  environments(_ctx: RequestContext, { id, organizationId }: Connection): Promise<readonly Environment[]> {
    const link = { table: 'environment_connections', own: 'environment_id', other: 'connection_id', id };
    return this.#parts.store.read(async (data) => {
      const { items } = await data.environments.page({ organizationId }, byName, {
        links: [{ ...link, isLinked: true }],
      });
      return items;
    });
  }

  async #change(
    data: UserData,
    ctx: RequestContext,
    item: Connection,
    fields: ConnectionFields & Partial<Pick<Connection, 'status'>>,
  ): Promise<Connection> {
    const given = keptFields(item, fields);
    const changed = { ...item, ...given, updatedAt: timestamp(this.#parts.clock) };
    await this.#requireCredential(data, ctx, { ...fields, organizationId: item.organizationId });
    await data.connections.update(item.id, { ...given, updatedAt: changed.updatedAt });
    return changed;
  }

  /** Id of the definition of a kind, which nobody removes before this transaction ends. */
  async #heldDefinition(data: UserData, { kind }: Pick<NewConnection, 'kind'>): Promise<string> {
    const id = definitionId(kind);
    await data.connectionDefinitions.hold(id);
    if ((await data.connectionDefinitions.find({ id })) !== undefined) return id;
    throw unknownKind(this.#definitions.all.map((known) => known.kind));
  }

  /** A credential of another organization does not exist for a connection, whoever may see both. */
  async #requireCredential(
    data: UserData,
    ctx: RequestContext,
    { credentialId, organizationId }: Pick<NewConnection, 'credentialId' | 'organizationId'>,
  ): Promise<void> {
    if (typeof credentialId !== 'string') return;
    const credential = await this.#credentials.reach(data, ctx, credentialId);
    if (credential.organizationId !== organizationId) throw notFound('credential');
  }

  async #tell(
    data: UserData,
    ctx: RequestContext,
    { id: actedUpon, organizationId, name, status }: Connection,
    { to, isDone }: Pick<StatusChange, 'to' | 'isDone'>,
  ): Promise<void> {
    const what = isDone ? `was ${status} and is ${to} now` : `is ${status} and cannot become ${to}`;
    const description = `The connection "${name}" ${what}.`;
    const action = isDone ? to : 'refuse';
    await this.#parts.notes.note(data, ctx, { category: 'connection', action, actedUpon, organizationId, description });
  }

  async #line(data: UserData, ctx: RequestContext, line: Line): Promise<void> {
    const always = { from: null, by: ctx.user.userId, isDone: true, at: timestamp(this.#parts.clock) };
    await data.connectionHistory.add({ ...always, ...line });
  }
}

type Line = Pick<StatusChange, 'connectionId' | 'to' | 'why'> & Partial<Pick<StatusChange, 'from' | 'isDone'>>;

/** What the server makes by itself belongs to the owner of the first organization. */
function ownerOf(ctx: RequestContext): string {
  return isSystem(ctx) ? localUser.userId : ctx.user.userId;
}

function connectionsOf({ id, isAssigned }: NonNullable<ConnectionFilter['environment']>) {
  const columns = { table: 'environment_connections', own: 'connection_id', other: 'environment_id' };
  return { ...columns, id, isLinked: isAssigned };
}
