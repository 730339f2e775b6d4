import { MesheryError } from '@meshery/errors';
import { isRole } from '@meshery/object-model';
import { hasRight } from '@meshery/security';
import type { Right } from '@meshery/security';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import { missingRight } from '../../access/right.guard.ts';

/** True for the server itself: it looks after what belongs to every organization. No token carries this identity. */
export function isSystem({ user }: RequestContext): boolean {
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
  requireRight(role, right);
  return role;
}

/** The role of the user in an organization; undefined when they are not in it. */
export async function roleIn(data: UserData, ctx: RequestContext, organizationId: string): Promise<string | undefined> {
  if (isSystem(ctx)) return 'admin';
  const [membership] = await data.memberships.all({ userId: ctx.user.userId, organizationId });
  return membership?.role;
}

/** Throws `meshery-auth-1202` when a role is not enough. */
export function requireRight(role: string, right: Right): void {
  if (!isRole(role) || !hasRight([role], right)) throw missingRight(right);
}

/** The error for what is not there, or not for this user. */
export function notFound(what: string): MesheryError {
  return new MesheryError('meshery-core-1002', `There is no such ${what}.`, {
    probableCause: 'It was removed, or belongs to an organization that you are not in.',
    remedy: 'Look it up in the list again.',
  });
}
