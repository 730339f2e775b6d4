import type {
  Organization,
  Page,
  PageQuery,
  PermissionKey,
  Team,
  User,
  UserDraft,
  UserPatch,
  UserPlace,
  UserPlaces,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import type { People } from '../provider.ts';
import type { LocalParts } from './local-parts.ts';
import { LocalAccounts } from './local-accounts.ts';
import { permissionKeys } from '../../access/permissions/permission-keys.ts';
import { permissionsOf } from '../../access/permissions/role-permissions.ts';
import { notFound, organizationsOf, roleIn } from './tenancy.ts';

/** Users and organizations of the Local provider. */
export class LocalPeople implements People {
  readonly #parts: LocalParts;
  readonly #accounts: LocalAccounts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
    this.#accounts = new LocalAccounts(parts);
  }

  self(ctx: RequestContext): Promise<User & UserPlaces> {
    return this.get(ctx, ctx.user.userId);
  }

  get(ctx: RequestContext, id: string): Promise<User & UserPlaces> {
    return this.#parts.store.read(async (data) => {
      const user = (await colleagues(data, ctx)).has(id) ? await data.users.find({ id }) : undefined;
      if (user === undefined) throw notFound('user');
      return { ...user, ...(await placesOf(data, ctx, id)) };
    });
  }

  page(ctx: RequestContext, query: PageQuery): Promise<Page<User>> {
    return this.#parts.store.read(async (data) => data.users.page({ id: [...(await colleagues(data, ctx))] }, query));
  }

  organizations(ctx: RequestContext, query: PageQuery): Promise<Page<Organization>> {
    return this.#parts.store.read(async (data) => {
      const id = await organizationsOf(data, ctx);
      if (id.length === 0) return { page: query.page, pageSize: query.pageSize, totalCount: 0, items: [] };
      return data.organizations.page({ id }, query);
    });
  }

  keys(ctx: RequestContext, organizationId: string): Promise<readonly PermissionKey[]> {
    return this.#parts.store.read(async (data) => {
      const role = await roleIn(data, ctx, organizationId);
      if (role === undefined) throw notFound('organization');
      const permissions = await permissionsOf(data, { userId: ctx.user.userId, organizationId, role });
      return permissionKeys.filter((key) => permissions.has(key.function));
    });
  }

  create(ctx: RequestContext, draft: UserDraft): Promise<User> {
    return this.#accounts.create(ctx, draft);
  }

  update(ctx: RequestContext, id: string, patch: UserPatch): Promise<User> {
    return this.#accounts.update(ctx, id, patch);
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#accounts.remove(ctx, id);
  }

  invite(ctx: RequestContext, id: string): Promise<string> {
    return this.#accounts.invite(ctx, id);
  }
}

/** Where a user is, of what whoever asks is in as well. */
async function placesOf(data: UserData, ctx: RequestContext, userId: string): Promise<UserPlaces> {
  const shared = new Set(await organizationsOf(data, ctx));
  const memberships = await data.memberships.all({ userId });
  const roles = new Map(memberships.map(({ organizationId, role }) => [organizationId, role]));
  const ids = [...roles.keys()].filter((id) => shared.has(id));
  const teamIds = (await data.teamMembers.all({ userId })).map(({ teamId }) => teamId);
  const organizations = ids.length === 0 ? [] : await data.organizations.all({ id: ids });
  const isNowhere = ids.length === 0 || teamIds.length === 0;
  const teams = isNowhere ? [] : await data.teams.all({ id: teamIds, organizationId: ids });
  const placed = ({ id, name, description }: Organization | Team): Omit<UserPlace, 'roleNames'> => ({
    id,
    name,
    description,
  });
  return {
    teams: { teamsWithRoles: teams.map((team) => ({ ...placed(team), roleNames: [] })), totalCount: teams.length },
    organizations: {
      organizationsWithRoles: organizations.map((one) => ({ ...placed(one), roleNames: [roles.get(one.id) ?? ''] })),
      totalCount: organizations.length,
    },
  };
}

/** Ids of everybody who shares an organization with the user, and of the user. */
async function colleagues(data: UserData, ctx: RequestContext): Promise<ReadonlySet<string>> {
  const ids = new Set([ctx.user.userId]);
  for (const organizationId of await organizationsOf(data, ctx)) {
    for (const { userId } of await data.memberships.all({ organizationId })) ids.add(userId);
  }
  return ids;
}
