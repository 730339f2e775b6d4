import { randomUUID } from 'node:crypto';
import type { Connection, Environment, Organization, User } from '@meshery/object-model';

const at = '2026-01-01T00:00:00.000Z';
const times = { createdAt: at, updatedAt: at };

/** A user for tests, named as told. */
export function testUser(name: string, over: Partial<User> = {}): User {
  const person = { email: `${name}@example.com`, firstName: name, lastName: '', avatarUrl: '', lastLoginTime: null };
  return {
    id: randomUUID(),
    provider: 'Local',
    name,
    status: 'active',
    roles: ['editor'],
    ...person,
    bio: '',
    country: { name: 'Sweden' },
    region: {},
    socials: [{ site: 'github', link: 'https://example.com/x' }],
    firstLoginTime: null,
    ...times,
    ...over,
  };
}

/** An organization of a user. */
export function testOrganization(owner: User, name = 'org'): Organization {
  const place = { country: 'Sweden', region: 'Skåne', domain: 'example.com' };
  return { id: randomUUID(), name, description: '', ...place, owner: owner.id, metadata: {}, ...times };
}

/** An environment (or workspace: they have the same fields) of an organization. */
export function testEnvironment(
  organization: Organization,
  name: string,
  over: Partial<Environment> = {},
): Environment {
  const { id: organizationId, owner } = organization;
  return { id: randomUUID(), organizationId, owner, name, description: '', metadata: {}, ...times, ...over };
}

/** A Kubernetes connection of an organization. */
export function testConnection(organization: Organization, name: string, over: Partial<Connection> = {}): Connection {
  const kind = { kind: 'kubernetes', type: 'platform', subType: 'orchestration', url: '', styles: {} } as const;
  const links = { definitionId: null, credentialId: null, contextId: null, controllersConfig: null } as const;
  return { ...testEnvironment(organization, name), ...kind, ...links, status: 'discovered', origin: 'user', ...over };
}
