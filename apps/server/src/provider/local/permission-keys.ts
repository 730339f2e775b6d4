import { hash } from 'node:crypto';
import type { PermissionKey } from '@meshery/object-model';
import { hasRight } from '@meshery/security';
import type { Right } from '@meshery/security';

/** Functions by category and subcategory: what needs the right to see, to change, to rule. */
const functions: readonly (readonly [category: string, subcategory: string, Record<Right, readonly string[]>])[] = [
  ['Infrastructure', 'Resources', rights('View resources', 'Remove resource')],
  ['Infrastructure', 'Clusters', rights('View clusters', 'Connect cluster, Disconnect cluster, Deploy operator')],
  ['Infrastructure', 'Adapters', rights('View adapters', 'Deploy adapter, Undeploy adapter, Configure adapter')],
  ['Integrations', 'Connections', rights('View connections', 'Create connection, Edit connection, Delete connection')],
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
  ['Configuration', 'Designs', rights('View designs', 'Create design, Edit design, Deploy design, Undeploy design')],
  ['Configuration', 'Filters', rights('View filters', 'Create filter, Edit filter, Delete filter')],
  [
    'Configuration',
    'Catalog',
    rights('View catalog', 'Clone catalog item, Publish catalog item', 'Approve catalog item'),
  ],
  ['Configuration', 'Registry', rights('View registry', 'Import model, Generate model', 'Remove model')],
  ['Performance', 'Profiles', rights('View profiles', 'Create profile, Edit profile, Delete profile, Run test')],
  ['Performance', 'Results', rights('View results', 'Delete result')],
  ['Identity', 'Users', rights('View users', '', 'Add user, Edit user, Remove user, Change role')],
  ['Identity', 'Organizations', rights('View organizations', '', 'Edit organization')],
  ['Identity', 'Tokens', rights('View own tokens, Issue own token, Revoke own token', '')],
  ['System', 'Events', rights('View events', 'Acknowledge events, Delete events')],
  ['System', 'Preferences', rights('Edit own preferences', '')],
  ['System', 'Database', rights('View database', '', 'Reset database')],
  ['System', 'Log', rights('', '', 'Set log level')],
];

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
  const id = stableId(`${category}/${subcategory}/${name}`);
  return { id, function: name, category, subcategory, description: `${name} (${category}, ${subcategory}).` };
}

/** A UUID of version 8 (RFC 9562) out of a name, so that a key has the same id everywhere. */
function stableId(name: string): string {
  const hex = hash('sha256', `meshery permission key ${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The permission keys of a role, by category. */
export function keysOf(role: string): readonly PermissionKey[] {
  return all.filter(({ right }) => hasRight([role], right)).map(({ key }) => key);
}
