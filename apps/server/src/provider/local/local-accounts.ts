import { MesheryError } from '@meshery/errors';
import { emptyProfile } from '@meshery/object-model';
import type { User, UserDraft, UserPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { localProviderName } from '@meshery/security';
import type { UserData } from '@meshery/store';
import { localUser } from '../../identity/local-user.ts';
import { rolePermissions } from '../../access/permissions/role-permissions.ts';
import { requireHeld } from './local-keychains.ts';
import { requireRole } from './local-roles.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf, requireMembership } from './tenancy.ts';

/** What administrators do with the accounts of others. */
export class LocalAccounts {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  create(ctx: RequestContext, { role, organizationId, ...person }: UserDraft): Promise<User> {
    const now = timestamp(this.#parts.clock);
    const user: User = {
      ...person,
      id: this.#parts.newId(),
      provider: localProviderName,
      avatarUrl: '',
      status: 'active',
      roles: [role],
      createdAt: now,
      updatedAt: now,
      lastLoginTime: null,
      firstLoginTime: null,
    };
    return this.#parts.store.change(async (data) => {
      const joined = organizationId?.toLowerCase() ?? (await organizationsOf(data, ctx))[0];
      if (joined === undefined) throw notFound('organization');
      await requireMembership(data, ctx, joined, 'administer');
      await requireRole(data, joined, role);
      await requireHeld(data, ctx, joined, await rolePermissions(data, joined, role));
      await refuseTaken(data, user.name);
      await data.users.insert(user);
      await data.memberships.add({ organizationId: joined, userId: user.id, role });
      await this.#note(data, ctx, 'create', { user, organizationId: joined });
      return user;
    });
  }

  async update(ctx: RequestContext, id: string, { role, ...patch }: UserPatch): Promise<User> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const updated = await this.#parts.store.change(async (data) => {
      const { user, organizationIds } = await ruled(data, ctx, id);
      if (role !== undefined || patch.status !== undefined) refuseForOwner(user);
      if (patch.name !== undefined && patch.name !== user.name) await refuseTaken(data, patch.name);
      const roles = role === undefined ? user.roles : [role];
      const changes: Partial<User> = { ...given, roles, updatedAt: timestamp(this.#parts.clock) };
      await data.users.update(id, changes);
      if (role !== undefined) {
        for (const organizationId of organizationIds) {
          await requireRole(data, organizationId, role);
          const given = await rolePermissions(data, organizationId, role);
          await requireHeld(data, ctx, organizationId, new Set(['Change role', ...given]));
          await data.memberships.remove({ organizationId, userId: id });
          await data.memberships.add({ organizationId, userId: id, role });
        }
      }
      const changed = { ...user, ...changes };
      await this.#note(data, ctx, 'update', { user: changed, organizationId: organizationIds[0] ?? '' });
      return changed;
    });
    this.#parts.forgetSessions();
    return updated;
  }

  /** The row stays, without anything about the person: what the user made names it as its owner. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.#parts.store.change(async (data) => {
      const { user, organizationIds } = await ruled(data, ctx, id);
      refuseForOwner(user);
      const nobody = { name: `removed-${id}`, email: '', firstName: '', lastName: '', avatarUrl: '', ...emptyProfile };
      await data.users.update(id, {
        ...nobody,
        status: 'inactive',
        roles: [],
        updatedAt: timestamp(this.#parts.clock),
      });
      await data.memberships.remove({ userId: id });
      await data.serviceTokens.remove({ owner: id });
      await data.federatedIdentities.remove({ userId: id });
      await data.performanceTestConfigs.remove({ owner: id });
      await data.performanceProfiles.remove({ owner: id });
      await data.schedules.remove({ owner: id });
      await data.forgetPreferences(id);
      await this.#note(data, ctx, 'delete', { user, organizationId: organizationIds[0] ?? '' });
    });
    this.#parts.forgetSessions();
  }

  /** Whoever has the link is that user; nobody makes one for the owner, who has the machine. */
  invite(ctx: RequestContext, id: string): Promise<string> {
    return this.#parts.store.change(async (data) => {
      const { user, organizationIds } = await ruled(data, ctx, id);
      refuseForOwner(user);
      await this.#note(data, ctx, 'invite', { user, organizationId: organizationIds[0] ?? '' });
      return this.#parts.inviteUser(user.id);
    });
  }

  async #note(data: UserData, ctx: RequestContext, action: string, { user, organizationId }: Concerned): Promise<void> {
    const description = `User "${user.name}" of role ${user.roles.join(', ')}: ${action}d.`;
    const { id: actedUpon } = user;
    await this.#parts.notes.note(data, ctx, { category: 'user', action, actedUpon, organizationId, description });
  }
}

/** Somebody whom an administrator rules over, and every organization that they are in. */
interface RuledUser {
  readonly user: User;
  readonly organizationIds: readonly string[];
}

interface Concerned {
  readonly user: User;
  readonly organizationId: string;
}

/**
 * A user over whose every organization the administrator rules, and who may nothing that the administrator may not: a
 * role holds in the whole server.
 */
export async function ruled(data: UserData, ctx: RequestContext, id: string): Promise<RuledUser> {
  const user = await data.users.find({ id, provider: localProviderName });
  const memberships = await data.memberships.all({ userId: id });
  const organizationIds = memberships.map(({ organizationId }) => organizationId);
  const shared = await organizationsOf(data, ctx);
  const isColleague = organizationIds.some((organizationId) => shared.includes(organizationId));
  if (user === undefined || !isColleague) throw notFound('user');
  for (const { organizationId, role } of memberships) {
    await requireMembership(data, ctx, organizationId, 'administer');
    await requireHeld(data, ctx, organizationId, await rolePermissions(data, organizationId, role));
  }
  return { user, organizationIds };
}

async function refuseTaken(data: UserData, name: string): Promise<void> {
  if ((await data.users.find({ name, provider: localProviderName })) === undefined) return;
  throw new MesheryError('meshery-core-1007', 'There is a user of this name already.', {
    probableCause: 'The user was added before; nothing was changed.',
    remedy: 'Choose another name, or change the user that is there.',
  });
}

function refuseForOwner(user: User): void {
  if (user.id !== localUser.userId) return;
  throw new MesheryError('meshery-core-1007', 'The owner of this server stays its administrator.', {
    probableCause: 'Whoever has the machine signs in as its owner; without that role nobody could rule the server.',
    remedy: 'Give other users the roles that they need.',
  });
}
