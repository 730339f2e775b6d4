import { fieldPermission, methodPermission, namedByOperations } from './operation-permissions.ts';
import { allPermissions, permissionKeys } from './permission-keys.ts';
import { namedByPaths, routePermission } from './route-permissions.ts';

test('each function is that of one key, with an id of its own', () => {
  expect(allPermissions.size).toBe(permissionKeys.length);
  expect(new Set(permissionKeys.map(({ id }) => id)).size).toBe(permissionKeys.length);
});

test('the tables name permissions that there are', () => {
  expect([...namedByPaths, ...namedByOperations].filter((name) => !allPermissions.has(name))).toEqual([]);
});

test.each([
  ['GET', '/api/environments/:id', 'read', 'View environment'],
  ['DELETE', '/api/environments/:id/connections/:connectionId', 'write', 'Unassign connections'],
  ['POST', '/api/environments-of-mine', 'write', 'Change server'],
  ['PUT', '/api/environments/:id/connections', 'write', 'Change server'],
  ['GET', '/api/system/controllers/config', 'read', 'View clusters'],
  // It needs more than the rule of its path gives.
  ['GET', '/api/system/controllers/config', 'administer', 'Administer server'],
  ['GET', '/api/user', 'read', undefined],
  ['GET', '/provider', 'read', undefined],
  ['POST', '/auth/local/code', 'administer', 'Administer server'],
] as const)('%s %s with the right to %s needs %j', (method, path, right, permission) => {
  expect(routePermission(method, path, right)).toBe(permission);
});

test('what no table names needs a general permission', () => {
  expect(fieldPermission('resources', 'read')).toBe('View resources');
  expect(fieldPermission('somethingNew', 'write')).toBe('Change server');
  expect(methodPermission('/meshery.v1.ConnectionService/Test', 'write')).toBe('Test connection');
  expect(methodPermission('/meshery.v1.NewService/Get', 'read')).toBe('View server');
});
