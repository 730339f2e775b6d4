import type { Right } from '@meshery/security';
import { generalPermissions, rightOf } from './permission-keys.ts';

/** Permissions of everything below a path: to read, to create, to change, to remove. An empty one is a general one. */
type PathRule = readonly [path: string, read: string, create: string, change: string, remove: string];

/** Where a path names both, the longer one counts. */
const paths: readonly PathRule[] = [
  ['/api/auth/keychains', 'View keychains', 'Create keychain', 'Edit keychain', 'Delete keychain'],
  ['/api/auth/keychains/:keychainId/:keyId', '', 'Edit keychain', '', 'Edit keychain'],
  ['/api/auth/keys', 'View keychains', '', '', ''],
  ['/api/content/views', 'View views', 'Create view', 'Edit view', 'Delete view'],
  ['/api/environments', 'View environment', 'Create environment', 'Edit environment', 'Delete environment'],
  ['/api/environments/:id/connections', 'View assigned connections', 'Assign connections', '', 'Unassign connections'],
  ['/api/events', 'View events', '', '', ''],
  ['/api/identity/orgs', 'View organizations', 'Create organization', 'Edit organization', 'Delete organization'],
  ['/api/identity/orgs/:orgID/users', '', 'Add user', '', 'Remove user'],
  ['/api/identity/orgs/:orgID/roles', 'View keychains', 'Create role', '', 'Delete role'],
  ['/api/identity/orgs/:orgID/roles/:roleId/keychains', 'View keychains', 'Assign keychain', '', 'Unassign keychain'],
  ['/api/identity/teams', 'View teams', 'Create team', 'Edit team', 'Delete team'],
  ['/api/identity/teams/:id/users', 'View teams', 'Add team member', '', 'Remove team member'],
  ['/api/identity/tokens', 'View own tokens', 'Issue own token', '', 'Revoke own token'],
  ['/api/identity/users', 'View users', 'Add user', 'Edit user', 'Remove user'],
  ['/api/identity/users/:id/code', '', 'Invite user', '', ''],
  ['/api/integrations/connections', 'View connections', 'Create connection', 'Edit connection', 'Delete connection'],
  ['/api/integrations/connections/:connectionId/actions', '', 'Edit connection', '', ''],
  ['/api/integrations/connections/:connectionId/check', '', 'Test connection', '', ''],
  ['/api/integrations/connections/:connectionId/controllers', 'View clusters', '', 'Deploy operator', ''],
  ['/api/integrations/connections/:connectionId/ping', '', 'Test connection', '', ''],
  ['/api/integrations/connections/register', '', 'Create connection', '', 'Create connection'],
  ['/api/integrations/credentials', 'View credentials', 'Create credential', 'Edit credential', 'Delete credential'],
  ['/api/mesh', 'View adapters', '', '', ''],
  ['/api/meshmodels', 'View registry', '', '', ''],
  ['/api/meshmodels/connections', 'View registry', 'Import model', 'Import model', 'Remove model'],
  ['/api/registry', 'View registry', '', '', ''],
  ['/api/registry/connections', 'View registry', 'Import model', 'Import model', 'Remove model'],
  ['/api/system/adapter/manage', '', 'Configure adapter', '', 'Configure adapter'],
  ['/api/system/adapter/operation', '', 'Operate adapter', '', ''],
  ['/api/system/adapter/status', '', 'Deploy adapter', '', ''],
  ['/api/system/adapters', 'View adapters', '', '', ''],
  ['/api/system/audit', 'View audit log', '', '', ''],
  ['/api/system/clusters', 'View clusters', '', '', ''],
  ['/api/system/controllers', 'View clusters', '', '', ''],
  ['/api/system/database', 'View database', '', '', 'Reset database'],
  ['/api/system/events', 'View events', 'Publish events', '', 'Delete events'],
  ['/api/system/events/config', 'View events', '', 'Configure events', ''],
  ['/api/system/events/status', '', '', 'Acknowledge events', ''],
  ['/api/system/fileDownload', 'View server log', '', '', ''],
  ['/api/system/fileView', 'View server log', '', '', ''],
  ['/api/system/kubernetes', 'View clusters', 'Connect cluster', '', 'Disconnect cluster'],
  ['/api/system/log-level', '', '', 'Set log level', ''],
  ['/api/system/log-levels', 'View server log', '', 'Set log level', ''],
  ['/api/system/logs', 'View server log', '', '', ''],
  ['/api/system/meshsync/resources', 'View resources', '', '', 'Remove resource'],
  ['/api/system/operations', 'View operations', 'Cancel operation', '', ''],
  ['/api/system/sync', 'View clusters', '', '', ''],
  ['/api/telemetry', 'View dashboards', 'Connect metrics', '', ''],
  ['/api/telemetry/grafana/:connectionID/ping', 'Test connection', '', '', ''],
  ['/api/telemetry/grafana/:connectionID/query_range_batch', '', 'View dashboards', '', ''],
  ['/api/telemetry/prometheus/:connectionID/ping', 'Test connection', '', '', ''],
  ['/api/telemetry/prometheus/:connectionID/query_range_batch', '', 'View dashboards', '', ''],
  ['/api/user/prefs', 'Edit own preferences', 'Edit own preferences', 'Edit own preferences', 'Edit own preferences'],
  ['/api/user/profile', 'View users', '', '', ''],
  ['/api/workspaces', 'View workspace', 'Create workspace', 'Edit workspace', 'Delete workspace'],
  ['/api/workspaces/:id/designs', 'View assigned designs', 'Assign designs', '', 'Unassign designs'],
  [
    '/api/workspaces/:id/environments',
    'View assigned environments',
    'Assign environments',
    '',
    'Unassign environments',
  ],
  ['/api/workspaces/:id/teams', 'View assigned teams', 'Assign teams', '', 'Unassign teams'],
  ['/api/workspaces/:id/views', 'View assigned views', 'Assign views', '', 'Unassign views'],
];

/** Every permission that a path needs. */
export const namedByPaths: readonly string[] = paths.flatMap(([, ...names]) => names.filter((name) => name !== ''));

/** What everybody with a role may: see who they are and what they may, and sign out. */
const ofEverybody: ReadonlySet<string> = new Set([
  '/api/identity/orgs',
  '/api/identity/orgs/:orgID/users/keys',
  '/api/identity/users/profile',
  '/api/provider',
  '/api/provider/capabilities',
  '/api/providers',
  '/api/providers/stream',
  '/api/system/availableAdapters',
  '/api/system/version',
  '/api/token',
  '/api/user',
  '/api/user/logout',
  '/api/user/token',
]);

const ofMethods: Readonly<Record<string, 1 | 2 | 3 | 4>> = { GET: 1, HEAD: 1, POST: 2, PUT: 3, PATCH: 3, DELETE: 4 };
const longestFirst = [...paths].sort(([a], [b]) => b.length - a.length);
const known = new Map<string, string | undefined>();

/**
 * The permission that a route needs beside a role with the right: undefined for what everybody with it may. What no
 * rule names needs a general one, and so does what needs more than the rule of its path gives.
 */
export function routePermission(method: string, path: string, right: Right): string | undefined {
  const key = `${right} ${method} ${path}`;
  if (known.has(key)) return known.get(key);
  const permission = isOfEverybody(path, right) ? undefined : withRight(specific(method, path), right);
  known.set(key, permission);
  return permission;
}

function isOfEverybody(path: string, right: Right): boolean {
  return right !== 'administer' && (ofEverybody.has(path) || !path.startsWith('/api/'));
}

function specific(method: string, path: string): string | undefined {
  const rule = longestFirst.find(([start]) => path === start || path.startsWith(`${start}/`));
  return rule?.[ofMethods[method] ?? 3];
}

/** The permission itself where a role needs at least this right for it, else the general one. */
export function withRight(permission: string | undefined, right: Right): string {
  return isAtLeast(permission, right) ? permission : generalPermissions[right];
}

const order: readonly (Right | undefined)[] = ['read', 'write', 'administer'];

/** True for a permission that a role needs at least this right for. */
export function isAtLeast(permission: string | undefined, right: Right): permission is string {
  return permission !== undefined && order.indexOf(rightOf(permission)) >= order.indexOf(right);
}
