import { emptyProfile } from '@meshery/object-model';
import type { Organization, User } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { localUser } from '../../identity/local-user.ts';
import { timestamp } from './local-parts.ts';

/** The organization that every server has from its first start. */
export const firstOrganizationId = '00000000-0000-4000-8000-000000000002';

/** Makes sure that the owner of this server and the first organization exist; what is there stays as it is. */
export async function ensureFirstRecords(store: UserStore, clock: Clock): Promise<void> {
  const now = timestamp(clock);
  await store.change(async (data) => {
    if ((await data.users.find({ id: localUser.userId })) === undefined) await data.users.insert(ownerAt(now));
    if ((await data.organizations.find({ id: firstOrganizationId })) === undefined) {
      await data.organizations.insert(organizationAt(now));
      await data.memberships.add({ organizationId: firstOrganizationId, userId: localUser.userId, role: 'admin' });
    }
  });
}

function ownerAt(now: string): User {
  return {
    id: localUser.userId,
    provider: localUser.provider,
    name: localUser.name,
    email: '',
    firstName: 'Meshery',
    lastName: 'Meshery',
    avatarUrl: '',
    ...emptyProfile,
    status: 'active',
    roles: ['admin'],
    createdAt: now,
    updatedAt: now,
    lastLoginTime: null,
  };
}

function organizationAt(now: string): Organization {
  return {
    id: firstOrganizationId,
    name: 'My Org',
    description: 'The first organization of this server.',
    country: '',
    region: '',
    domain: '',
    owner: localUser.userId,
    metadata: {},
    createdAt: now,
    updatedAt: now,
  };
}
