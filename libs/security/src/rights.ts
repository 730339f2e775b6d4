/** What a request needs: to see, to change, or to rule over the server and its users. */
export type Right = 'read' | 'write' | 'administer';

const rightsOfRoles: Readonly<Record<string, readonly Right[]>> = {
  viewer: ['read'],
  editor: ['read', 'write'],
  admin: ['read', 'write', 'administer'],
};

/** True when one of the roles has the right; a role that is not known has none. */
export function hasRight(roles: readonly string[], right: Right): boolean {
  return roles.some((role) => Object.hasOwn(rightsOfRoles, role) && rightsOfRoles[role]?.includes(right) === true);
}
