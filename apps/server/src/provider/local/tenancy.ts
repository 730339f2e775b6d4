import { MesheryError } from '@meshery/errors';
import type { Right } from '@meshery/security';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import { generalPermissions, rightOf } from '../../access/permissions/permission-keys.ts';
import { missingPermission } from '../../access/permissions/permitted.ts';
import { permissionsOf } from '../../access/permissions/role-permissions.ts';
import { isAtLeast } from '../../access/permissions/route-permissions.ts';

/** True for the server itself: it looks after what belongs to every organization. No token carries this identity. */
export function isSystem({ user }: Pick<RequestContext, 'user'>): boolean {
  return user.userId === 'system' && user.roles.includes('system');
}

/** Ids of the organizations that the user of a request is in. */
export async function organizationsOf(data: UserData, ctx: RequestContext): Promise<readonly string[]> {
  if (isSystem(ctx)) return (await data.organizations.all({})).map(({ id }) => id);
  const memberships = await data.memberships.all({ userId: ctx.user.userId });
  return memberships.map(({ organizationId }) => organizationId);
}

/**
 * Makes sure that the user may do this in an organization. One that they are not in does not exist for them
 * (`meshery-core-1002`); one that they are in with a lesser role refuses (`meshery-auth-1202`).
 */
export async function requireMembership(
  data: UserData,
  ctx: RequestContext,
  organizationId: string,
  right: Right,
): Promise<string> {
  const role = await roleIn(data, ctx, organizationId);
  if (role === undefined) throw notFound('organization');
  await requireRight(data, ctx, { organizationId, role }, right);
  return role;
}

/** The role of the user in an organization; undefined when they are not in it. */
export async function roleIn(data: UserData, ctx: RequestContext, organizationId: string): Promise<string | undefined> {
  if (isSystem(ctx)) return 'admin';
  const [membership] = await data.memberships.all({ userId: ctx.user.userId, organizationId });
  return membership?.role;
}

/** A place in an organization. */
export interface Place {
  readonly organizationId: string;
  readonly role: string;
}

/**
 * Rejects with `meshery-auth-1202` when the keychains of the role, in this very organization, do not have the permission
 * that let the request in. What needs more than that needs a general permission as well.
 */
export async function requireRight(data: UserData, ctx: RequestContext, place: Place, right: Right): Promise<void> {
  if (isSystem(ctx)) return;
  const permissions = await permissionsOf(data, { userId: ctx.user.userId, ...place });
  const { permission } = ctx;
  const wanted = isAtLeast(permission, right) ? permission : generalPermissions[right];
  if (permissions.has(wanted)) return;
  // A query of GraphQL has no permission of its own: its fields were looked at one by one.
  if (permission === undefined && permissions.values().some((name) => rightOf(name) === right)) return;
  throw missingPermission(wanted);
}

/** The error for what is not there, or not for this user. */
export function notFound(what: string): MesheryError {
  return new MesheryError('meshery-core-1002', `There is no such ${what}.`, {
    probableCause: 'It was removed, or belongs to an organization that you are not in.',
    remedy: 'Look it up in the list again.',
  });
}
