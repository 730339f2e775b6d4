import { MesheryError } from '@meshery/errors';
import type { Session } from '@meshery/security';
import { builtInPermissions, rightOf } from './permission-keys.ts';

/** The session as it may do this. Throws `meshery-auth-1202` when it may not. */
export function permitted(session: Session, permission: string): Session {
  if (!mayDo(session, permission)) throw missingPermission(permission);
  return { ...session, permission };
}

/** True when a keychain of the roles has the permission; another provider's users have the built-in ones. */
export function mayDo({ identity, permissions }: Session, permission: string): boolean {
  if (permissions !== undefined) return permissions.has(permission);
  return identity.roles.some((role) => builtInPermissions(role).has(permission));
}

/** The error of somebody whose keychains do not allow what was asked. */
export function missingPermission(permission: string): MesheryError {
  const right = rightOf(permission) ?? 'administer';
  const usual = { read: 'viewer', write: 'editor', administer: 'admin' }[right];
  return new MesheryError('meshery-auth-1202', `This needs the permission "${permission}".`, {
    probableCause: 'No keychain of your role has it; nothing was changed.',
    remedy: `Ask an administrator of this server for a role with this permission; "${usual}" usually has it.`,
    details: { right, permission },
  });
}
