import { MesheryError } from '@meshery/errors';
import type { Organization, OrganizationDraft, OrganizationPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { hasRight } from '@meshery/security';
import type { UserData } from '@meshery/store';
import { missingRight } from '../../access/missing-right.ts';
import { rolePermissions } from '../../access/permissions/role-permissions.ts';
import { localUser } from '../../identity/local-user.ts';
import type { Organizations } from '../provider.ts';
import { firstOrganizationId } from './first-records.ts';
import { ruled } from './local-accounts.ts';
import { requireHeld } from './local-keychains.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { requireRole } from './local-roles.ts';
import { notFound, requireMembership } from './tenancy.ts';

const contents = [
  'connections',
  'credentials',
  'environments',
  'workspaces',
  'designs',
  'views',
  'filters',
  'teams',
] as const;

/** Organizations of the Local provider, and who is in them. */
export class LocalOrganizations implements Organizations {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  get(ctx: RequestContext, id: string): Promise<Organization> {
    return this.#parts.store.read(async (data) => {
      await requireMembership(data, ctx, id, 'read');
      return found(await data.organizations.find({ id }));
    });
  }

  async create(ctx: RequestContext, draft: OrganizationDraft): Promise<Organization> {
    // Whoever makes one rules over it, which a role of another organization does not reach.
    if (!hasRight(ctx.user.roles, 'administer')) throw missingRight('administer');
    const now = timestamp(this.#parts.clock);
    const stamps = { id: this.#parts.newId(), owner: ctx.user.userId, createdAt: now, updatedAt: now };
    const organization: Organization = { ...draft, ...stamps };
    return this.#change(async (data) => {
      await data.organizations.insert(organization);
      await data.memberships.add({ organizationId: organization.id, userId: ctx.user.userId, role: 'admin' });
      await this.#note(data, ctx, 'create', organization);
      return organization;
    });
  }

  update(ctx: RequestContext, id: string, patch: OrganizationPatch): Promise<Organization> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const changes: Partial<Organization> = { ...given, updatedAt: timestamp(this.#parts.clock) };
    return this.#change(async (data) => {
      await requireMembership(data, ctx, id, 'administer');
      await data.organizations.update(id, changes);
      const changed = { ...found(await data.organizations.find({ id })), ...changes };
      await this.#note(data, ctx, 'update', changed);
      return changed;
    });
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#change(async (data) => {
      await requireMembership(data, ctx, id, 'administer');
      if (id === firstOrganizationId || !(await isEmpty(data, ctx, id))) throw inUse();
      const organization = found(await data.organizations.find({ id }));
      await data.organizations.remove({ id });
      await this.#note(data, ctx, 'delete', organization);
    });
  }

  /** Only by somebody who rules over the account already: who joins is ruled over by all of their organizations. */
  join(ctx: RequestContext, organizationId: string, userId: string): Promise<void> {
    return this.#change(async (data) => {
      await requireMembership(data, ctx, organizationId, 'administer');
      const { user } = await ruled(data, ctx, userId);
      const [role] = user.roles;
      if (role === undefined) throw notFound('user');
      await requireRole(data, organizationId, role);
      await requireHeld(data, ctx, organizationId, await rolePermissions(data, organizationId, role));
      await data.memberships.add({ organizationId, userId, role });
      await this.#note(data, ctx, 'join', found(await data.organizations.find({ id: organizationId })));
    });
  }

  leave(ctx: RequestContext, organizationId: string, userId: string): Promise<void> {
    return this.#change(async (data) => {
      await requireMembership(data, ctx, organizationId, 'administer');
      const memberships = await data.memberships.all({ userId });
      const membership = memberships.find((one) => one.organizationId === organizationId);
      if (membership === undefined) throw notFound('user of the organization');
      if (userId === localUser.userId || memberships.length === 1) throw last();
      await requireHeld(data, ctx, organizationId, await rolePermissions(data, organizationId, membership.role));
      for (const { id: teamId } of await data.teams.all({ organizationId })) {
        await data.teamMembers.remove({ teamId, userId });
      }
      await data.memberships.remove({ organizationId, userId });
      await this.#note(data, ctx, 'leave', found(await data.organizations.find({ id: organizationId })));
    });
  }

  async #note(data: UserData, ctx: RequestContext, action: string, { id, name }: Organization): Promise<void> {
    const description = `Organization "${name}": ${action}.`;
    // What is said of one that is gone belongs to none.
    const organizationId = action === 'delete' ? null : id;
    const change = { category: 'organization', action, actedUpon: id, organizationId, description };
    await this.#parts.notes.note(data, ctx, change);
  }

  /** Who is where decides what sessions may do, from the next request on. */
  async #change<T>(work: (data: UserData) => Promise<T>): Promise<T> {
    const result = await this.#parts.store.change(work);
    this.#parts.forgetSessions();
    return result;
  }
}

/** True when nothing is in it that anybody made, and nobody but who asks. */
async function isEmpty(data: UserData, ctx: RequestContext, organizationId: string): Promise<boolean> {
  const members = await data.memberships.all({ organizationId });
  if (members.some(({ userId }) => userId !== ctx.user.userId)) return false;
  if ((await data.memberships.all({ userId: ctx.user.userId })).length === 1) return false;
  for (const kind of contents) {
    if ((await data[kind].find({ organizationId })) !== undefined) return false;
  }
  return true;
}

function found(organization: Organization | undefined): Organization {
  if (organization === undefined) throw notFound('organization');
  return organization;
}

function inUse(): MesheryError {
  return new MesheryError('meshery-core-1007', 'The organization is not empty, or it is your only or the first one.', {
    probableCause: 'There are connections, environments or other things in it, or other people; nothing was changed.',
    remedy: 'Remove what is in it and take its people out first; the first organization of a server stays.',
  });
}

function last(): MesheryError {
  return new MesheryError('meshery-core-1007', 'The user stays in this organization.', {
    probableCause: 'It is their only one, or they are the owner of the server; nothing was changed.',
    remedy: 'Remove the account, or let the user join another organization first.',
  });
}
