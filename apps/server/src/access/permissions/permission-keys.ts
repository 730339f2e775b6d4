import { hash } from 'node:crypto';
import { isRole, roles } from '@meshery/object-model';
import type { Keychain, OrganizationRole, PermissionKey, Role } from '@meshery/object-model';
import { hasRight } from '@meshery/security';
import type { Right } from '@meshery/security';
import { localUser } from '../../identity/local-user.ts';

/** Functions by category and subcategory: what the roles may from "viewer", "editor" and "admin" on. */
const functions: readonly (readonly [category: string, subcategory: string, Record<Right, readonly string[]>])[] = [
  ['Infrastructure', 'Resources', rights('View resources', 'Remove resource')],
  [
    'Infrastructure',
    'Clusters',
    rights('View clusters', 'Connect cluster, Disconnect cluster, Deploy operator', 'Resynchronize cluster'),
  ],
  ['Infrastructure', 'Adapters', rights('View adapters', 'Deploy adapter, Configure adapter, Operate adapter')],
  [
    'Integrations',
    'Connections',
    rights('View connections', 'Create connection, Edit connection, Delete connection, Test connection'),
  ],
  ['Integrations', 'Credentials', rights('View credentials', 'Create credential, Edit credential, Delete credential')],
  ['Integrations', 'Metrics', rights('View dashboards', 'Connect metrics')],
  [
    'Environments',
    'Environments',
    rights('View environment', 'Create environment, Edit environment, Delete environment'),
  ],
  ['Environments', 'Connections', rights('View assigned connections', 'Assign connections, Unassign connections')],
  ['Workspaces', 'Workspaces', rights('View workspace', 'Create workspace, Edit workspace, Delete workspace')],
  ['Workspaces', 'Environments', rights('View assigned environments', 'Assign environments, Unassign environments')],
  ['Workspaces', 'Designs', rights('View assigned designs', 'Assign designs, Unassign designs')],
  ['Workspaces', 'Views', rights('View assigned views', 'Assign views, Unassign views')],
  ['Workspaces', 'Teams', rights('View assigned teams', 'Assign teams, Unassign teams')],
  ['Configuration', 'Designs', rights('View designs', 'Create design, Edit design, Deploy design, Undeploy design')],
  ['Configuration', 'Filters', rights('View filters', 'Create filter, Edit filter, Delete filter')],
  ['Configuration', 'Views', rights('View views', 'Create view, Edit view, Delete view')],
  [
    'Configuration',
    'Catalog',
    rights('View catalog', 'Clone catalog item, Publish catalog item', 'Approve catalog item'),
  ],
  ['Configuration', 'Registry', rights('View registry', 'Import model, Generate model', 'Remove model')],
  ['Performance', 'Profiles', rights('View profiles', 'Create profile, Edit profile, Delete profile, Run test')],
  ['Performance', 'Results', rights('View results', 'Delete result')],
  ['Identity', 'Users', rights('View users', '', 'Add user, Edit user, Remove user, Invite user, Change role')],
  [
    'Identity',
    'Organizations',
    rights('View organizations', '', 'Create organization, Edit organization, Delete organization'),
  ],
  [
    'Identity',
    'Teams',
    rights('View teams', '', 'Create team, Edit team, Delete team, Add team member, Remove team member'),
  ],
  ['Identity', 'Roles', rights('', '', 'Create role, Delete role')],
  [
    'Identity',
    'Keychains',
    rights('View keychains', '', 'Create keychain, Edit keychain, Delete keychain, Assign keychain, Unassign keychain'),
  ],
  ['Identity', 'Tokens', rights('View own tokens, Issue own token, Revoke own token', '')],
  ['System', 'Events', rights('View events, Acknowledge events', 'Publish events, Delete events', 'Configure events')],
  ['System', 'Operations', rights('View operations', 'Cancel operation')],
  ['System', 'Preferences', rights('Edit own preferences', '')],
  ['System', 'Database', rights('View database', '', 'Reset database')],
  ['System', 'Log', rights('', '', 'View server log, Set log level')],
  ['System', 'Audit', rights('', '', 'View audit log')],
  ['System', 'Server', rights('View server', 'Change server', 'Administer server')],
];

const builtIn = {
  owner: localUser.userId,
  createdAt: new Date(0).toISOString(),
  updatedAt: new Date(0).toISOString(),
};

/** What everything needs that has no permission of its own. */
export const generalPermissions = {
  read: 'View server',
  write: 'Change server',
  administer: 'Administer server',
} as const;

function rights(read: string, write: string, administer = ''): Record<Right, readonly string[]> {
  const names = (text: string): string[] => text.split(', ').filter((name) => name !== '');
  return { read: names(read), write: names(write), administer: names(administer) };
}

const all = functions.flatMap(([category, subcategory, byRight]) =>
  (['read', 'write', 'administer'] as const).flatMap((right) =>
    byRight[right].map((name) => ({ right, key: keyOf(category, subcategory, name) })),
  ),
);

function keyOf(category: string, subcategory: string, name: string): PermissionKey {
  const id = stableId(`permission key ${category}/${subcategory}/${name}`);
  const description = `${name} (${category}, ${subcategory}).`;
  return { id, ...builtIn, function: name, category, subcategory, description };
}

/** A UUID of version 8 (RFC 9562) out of a name, so that a thing has the same id everywhere. */
function stableId(name: string): string {
  const hex = hash('sha256', `meshery ${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const byFunction = new Map(all.map((entry) => [entry.key.function, entry]));
const byId = new Map(all.map(({ key }) => [key.id, key]));

/** Every key of this version, by category. */
export const permissionKeys: readonly PermissionKey[] = all.map(({ key }) => key);

/** The functions of all keys: what the owner of the server may do. */
export const allPermissions: ReadonlySet<string> = new Set(byFunction.keys());

/** The key of an id; undefined for one that this version does not know. */
export function permissionKey(id: string): PermissionKey | undefined {
  return byId.get(id.toLowerCase());
}

/** From which right on the roles have a permission; undefined for none that is known. */
export function rightOf(permission: string): Right | undefined {
  return byFunction.get(permission)?.right;
}

const ofRoles = new Map(
  roles.map((role) => {
    const keys = all.filter(({ right }) => hasRight([role], right)).map(({ key }) => key);
    return [role, { keys, names: new Set(keys.map((key) => key.function)) }];
  }),
);
const nothing: ReadonlySet<string> = new Set();

/** What the built-in keychain of a role allows. */
export function builtInPermissions(role: string): ReadonlySet<string> {
  return (isRole(role) ? ofRoles.get(role)?.names : undefined) ?? nothing;
}

/** The keys of the built-in keychain of a role. */
export function builtInKeys(role: Role): readonly PermissionKey[] {
  return ofRoles.get(role)?.keys ?? [];
}

const titles: Record<Role, readonly [keychain: string, may: string]> = {
  viewer: ['Viewer', 'Sees everything of the organization.'],
  editor: ['Editor', 'Sees and changes everything of the organization.'],
  admin: ['Administrator', 'Rules over the organization, its users and the server.'],
};

/** The built-in roles of every organization, from least to most. */
export const organizationRoles: readonly OrganizationRole[] = roles.map((roleName) => ({
  id: stableId(`role ${roleName}`),
  ...builtIn,
  roleName,
  description: titles[roleName][1],
  organizationId: null,
}));

/** The keychains that every organization has, with the role that has each until it is taken away. */
export const builtInKeychains: readonly (Keychain & { readonly role: Role })[] = roles.map((role) => ({
  id: stableId(`keychain ${role}`),
  role,
  name: titles[role][0],
  description: titles[role][1],
  organizationId: null,
  ...builtIn,
}));
