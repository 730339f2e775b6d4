import { impersonationOf } from './impersonation.ts';

const user = { userId: 'u', name: 'anna', provider: 'Local', roles: ['editor'] };

test('Kubernetes is told provider and name of the user, and the roles as groups, below the prefix', () => {
  expect(impersonationOf(user, 'meshery:')).toEqual({ user: 'meshery:Local:anna', groups: ['meshery:editor'] });
  expect(impersonationOf(user, undefined)).toBeUndefined();
});

test('groups of an issuer take the place of the role, below a prefix of their own', () => {
  const told = (groups: readonly string[]) => impersonationOf({ ...user, groups }, 'm:')?.groups;
  expect(told(['platform', 'Ärzte\n1', 'admin'])).toEqual(['m:oidc:platform', 'm:oidc:%C3%84rzte%0A1', 'm:oidc:admin']);
  expect(told([])).toEqual([]);
});

test('no name becomes a header of its own, or the name of a user of another provider', () => {
  const told = (name: string, provider = 'Local') => impersonationOf({ ...user, name, provider }, 'm:')?.user;
  expect(told('x\r\nImpersonate-Group: system:masters')).toBe('m:Local:x%0D%0AImpersonate-Group:%20system:masters');
  expect(told('Zoë 100%')).toBe('m:Local:Zo%C3%AB%20100%25');
  expect(told('anna', 'host:3000')).toBe('m:host%3A3000:anna');
});
