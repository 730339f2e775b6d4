import { hasRight } from '@meshery/security';
import type { Right, Session } from '@meshery/security';
import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { neededRight } from './needs.ts';
import { missingRight } from './missing-right.ts';
import { mayDo, missingPermission } from './permissions/permitted.ts';

/** What a handler demands of who asks. */
export interface Demand {
  readonly right: Right;
  /** Undefined for what everybody with a role that has the right may. */
  readonly permission: string | undefined;
}

/** The demand of a handler: the right that it declares, else what the request does, and the permission that goes with it. */
export function demandOf(
  reflector: Reflector,
  context: ExecutionContext,
  { reads, permission }: { readonly reads: boolean; readonly permission: (right: Right) => string | undefined },
): Demand {
  const places = [context.getHandler(), context.getClass()];
  const right = reflector.getAllAndOverride<Right | undefined>(neededRight, places) ?? (reads ? 'read' : 'write');
  return { right, permission: permission(right) };
}

/** True for somebody who may what is demanded: who has an account here, whatever its role, sees who they are. */
export function meets(session: Session, { right, permission }: Demand): boolean {
  if (permission !== undefined) return mayDo(session, permission);
  return hasRight(session.identity.roles, right) || (right === 'read' && session.permissions !== undefined);
}

/** The error of somebody who is known and may not do what was asked. */
export function unmet({ right, permission }: Demand): Error {
  return permission === undefined ? missingRight(right) : missingPermission(permission);
}
