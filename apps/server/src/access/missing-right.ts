import { MesheryError } from '@meshery/errors';
import type { Right } from '@meshery/security';

/** The error of somebody who is known and may not do what was asked. */
export function missingRight(right: Right): MesheryError {
  const needs = { read: 'viewer', write: 'editor', administer: 'admin' } as const;
  return new MesheryError('meshery-auth-1202', `This needs the role "${needs[right]}".`, {
    probableCause: 'Your account has a role that may not do this; nothing was changed.',
    remedy: `Ask an administrator of this server to give you the role "${needs[right]}".`,
    details: { right },
  });
}
