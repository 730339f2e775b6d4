import { MesheryError } from '@meshery/errors';
import { isRole } from '@meshery/object-model';
import type { MadeRole, OrganizationRole, RoleDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import { organizationRoles } from '../../access/permissions/permission-keys.ts';
import type { Roles } from '../provider.ts';
import { LocalCollection } from './local-collection.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, requireMembership } from './tenancy.ts';

const maxRoles = 100;
type Draft = { readonly organizationId: string; readonly name: string };
type Filter = { readonly organizationId?: string };

/** Roles of the Local provider: the built-in ones, and those that people made. */
export class LocalRoles implements Roles {
  readonly #parts: LocalParts;
  readonly #rows: LocalCollection<MadeRole, Draft, object, Filter>;

  constructor(parts: LocalParts) {
    this.#parts = parts;
    this.#rows = new LocalCollection(parts, { kind: 'role', table: (data) => data.roles });
  }

  all(ctx: RequestContext, organizationId: string): Promise<readonly OrganizationRole[]> {
    return this.#parts.store.read(async (data) => {
      await requireMembership(data, ctx, organizationId, 'read');
      return [...organizationRoles, ...(await data.roles.all({ organizationId })).map(asListed)];
    });
  }

  create(ctx: RequestContext, organizationId: string, draft: RoleDraft): Promise<OrganizationRole> {
    const { roleName: name, description } = draft;
    const now = timestamp(this.#parts.clock);
    const stamps = { id: this.#parts.newId(), owner: ctx.user.userId, createdAt: now, updatedAt: now };
    const role: MadeRole = { ...stamps, name, description, organizationId };
    return this.#parts.store.change(async (data) => {
      await requireMembership(data, ctx, organizationId, 'administer');
      const others = await data.roles.all({ organizationId });
      if (isTaken(name, others)) throw taken();
      if (others.length >= maxRoles) throw tooMany();
      await data.roles.insert(role);
      await this.#rows.note(data, ctx, 'create', role);
      return asListed(role);
    });
  }

  remove(ctx: RequestContext, organizationId: string, id: string): Promise<void> {
    return this.#parts.store.change(async (data) => {
      await requireMembership(data, ctx, organizationId, 'administer');
      if (organizationRoles.some((role) => role.id === id)) throw builtIn();
      const role = await data.roles.find({ id, organizationId });
      if (role === undefined) throw notFound('role');
      const place = { organizationId, role: role.name };
      if ((await data.memberships.all(place)).length > 0) throw inUse();
      await data.organizationRoles.remove(place);
      await data.roles.remove({ id });
      await this.#rows.note(data, ctx, 'delete', role);
    });
  }
}

/** Rejects with `meshery-core-1001` for a role that there is not in an organization. */
export async function requireRole(data: UserData, organizationId: string, role: string): Promise<void> {
  if (isRole(role) || (await data.roles.find({ organizationId, name: role })) !== undefined) return;
  throw new MesheryError('meshery-core-1001', 'There is no such role in the organization of the user.', {
    probableCause: 'It was removed, or is that of another organization; nothing was changed.',
    remedy: 'Name one of GET /api/identity/orgs/{orgID}/roles.',
  });
}

/** Names of what has its meaning without keychains are nobody else's, however they are written. */
function isTaken(name: string, others: readonly MadeRole[]): boolean {
  const spelled = name.toLowerCase();
  return spelled === 'system' || isRole(spelled) || others.some((other) => other.name.toLowerCase() === spelled);
}

function asListed({ name, ...role }: MadeRole): OrganizationRole {
  return { ...role, roleName: name };
}

function taken(): MesheryError {
  return new MesheryError('meshery-core-1007', 'There is a role of this name already.', {
    probableCause: 'It was made before, or is built in; nothing was changed.',
    remedy: 'Choose another name.',
  });
}

function builtIn(): MesheryError {
  return new MesheryError('meshery-core-1007', 'A built-in role stays.', {
    probableCause: 'Every organization has it; nothing was changed.',
    remedy: 'Take keychains from it instead.',
  });
}

function inUse(): MesheryError {
  return new MesheryError('meshery-core-1007', 'Somebody has this role.', {
    probableCause: 'Its users could do nothing at all without it; nothing was changed.',
    remedy: 'Give them another role with PUT /api/identity/users/{id}, then try again.',
  });
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1007', `An organization has at most ${String(maxRoles)} roles of its own.`, {
    remedy: 'Delete roles that nobody has any more, then try again.',
  });
}
