import { MesheryError } from '@meshery/errors';
import { emptyProfile } from '@meshery/object-model';
import type { Role, User } from '@meshery/object-model';
import { requestContext } from '@meshery/observability';
import type { Logger, RequestContext } from '@meshery/observability';
import { localProviderName } from '@meshery/security';
import type { UserData } from '@meshery/store';
import { allowedEntry } from '../../audit/audit-entry.ts';
import { firstOrganizationId } from './first-records.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { loginTimes } from './login-times.ts';

/** Somebody whom an issuer vouches for, with the role that their groups give them now; undefined: none. */
export interface VouchedPerson extends Pick<User, 'name' | 'email' | 'firstName' | 'lastName'> {
  readonly issuer: string;
  readonly subject: string;
  readonly role: Role | undefined;
  readonly groups: readonly string[];
}

/** The request that signs somebody in. */
export interface SignInAttempt {
  readonly requestId: string;
  readonly logger: Logger;
}

/**
 * Accounts of people whom an issuer vouches for. An account belongs to issuer and subject and to nothing else: neither
 * a name nor an e-mail address that somebody claims leads to the account of another.
 */
export class FederatedAccounts {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  /**
   * The account, made at the first sign-in and given the role of the groups at each. Rejects with `meshery-auth-1206`
   * for somebody without a role, whose account loses the one that it had, and for a locked account.
   */
  async welcome(person: VouchedPerson, attempt: SignInAttempt): Promise<User> {
    const { user, hasChanged } = await this.#parts.store.change(async (data) => {
      const [link] = await data.federatedIdentities.all({ issuer: person.issuer, subject: person.subject });
      const known = link === undefined ? undefined : await data.users.find({ id: link.userId });
      if (known === undefined) return { user: await this.#create(data, person, attempt), hasChanged: false };
      if (known.status !== 'active') return { user: undefined, hasChanged: false };
      const renewed = await this.#renew(data, { ...known, roles: rolesOf(person) }, { attempt, before: known });
      return { user: renewed.user, hasChanged: (await keepGroups(data, person)) || renewed.hasChanged };
    });
    if (hasChanged) this.#parts.forgetSessions();
    if (user === undefined || user.roles.length === 0) throw noRole();
    return user;
  }

  /** True for the account of somebody whom an issuer vouches for. */
  has(userId: string): Promise<boolean> {
    return this.#parts.store.read(async (data) => (await data.federatedIdentities.all({ userId })).length > 0);
  }

  async #create(data: UserData, person: VouchedPerson, attempt: SignInAttempt): Promise<User | undefined> {
    const { issuer, subject, role, groups: groupNames, ...named } = person;
    if (role === undefined) return undefined;
    const now = timestamp(this.#parts.clock);
    const id = this.#parts.newId();
    const user: User = {
      ...named,
      id,
      name: await freeName(data, named.name, id),
      provider: localProviderName,
      avatarUrl: '',
      status: 'active',
      roles: [role],
      createdAt: now,
      updatedAt: now,
      ...emptyProfile,
      lastLoginTime: now,
      firstLoginTime: now,
    };
    await data.users.insert(user);
    await data.federatedIdentities.add({ issuer, subject, userId: id, groupNames, createdAt: now });
    const [link] = await data.federatedIdentities.all({ issuer, subject });
    if (link?.userId !== id) throw twice();
    await place(data, user);
    await this.#note(data, user, { attempt, action: 'create' });
    return user;
  }

  async #renew(data: UserData, user: User, { attempt, before }: { attempt: SignInAttempt; before: User }) {
    const now = timestamp(this.#parts.clock);
    const hasChanged = user.roles.join() !== before.roles.join();
    await data.users.update(user.id, {
      roles: user.roles,
      ...(user.roles.length === 0 ? {} : loginTimes(user, now)),
      ...(hasChanged ? { updatedAt: now } : {}),
    });
    if (hasChanged) {
      await place(data, user);
      await this.#note(data, user, { attempt, action: 'update' });
    } else if (user.roles.length > 0) {
      const what = { action: 'user.sign-in', objectId: user.id, organizationId: null };
      await data.audit.append(allowedEntry(contextOf(user, attempt), now, what));
    }
    return { user, hasChanged };
  }

  async #note(data: UserData, user: User, { attempt, action }: { attempt: SignInAttempt; action: string }) {
    const role = user.roles.length === 0 ? 'no role' : `role ${user.roles.join(', ')}`;
    await this.#parts.notes.note(data, contextOf(user, attempt), {
      category: 'user',
      action,
      actedUpon: user.id,
      organizationId: firstOrganizationId,
      description: `User "${user.name}" of ${role}: ${action}d by the groups of the sign-in service.`,
    });
  }
}

/** True when they are others than at the last sign-in. */
async function keepGroups(data: UserData, { issuer, subject, groups }: VouchedPerson): Promise<boolean> {
  const [link] = await data.federatedIdentities.all({ issuer, subject });
  await data.federatedIdentities.update({ issuer, subject }, { groupNames: groups });
  return JSON.stringify(link?.groupNames) !== JSON.stringify(groups);
}

function rolesOf({ role }: VouchedPerson): readonly Role[] {
  return role === undefined ? [] : [role];
}

/** Gives the role in the organizations of the account, the first one at first; without a role it is in none. */
async function place(data: UserData, { id, roles: [role] }: User): Promise<void> {
  const organizationIds = (await data.memberships.all({ userId: id })).map(({ organizationId }) => organizationId);
  await data.memberships.remove({ userId: id });
  if (role === undefined) return;
  for (const organizationId of organizationIds.length === 0 ? [firstOrganizationId] : organizationIds) {
    await data.memberships.add({ organizationId, userId: id, role });
  }
}

/** Names are unique here, and whoever comes later does not get the name of somebody else. */
async function freeName(data: UserData, name: string, id: string): Promise<string> {
  const isTaken = (await data.users.find({ name, provider: localProviderName })) !== undefined;
  return isTaken ? `${name} (${id.slice(0, 8)})` : name;
}

function contextOf({ id, name, provider, roles }: User, { requestId, logger }: SignInAttempt): RequestContext {
  return requestContext({ user: { userId: id, name, provider, roles }, requestId, logger, signals: [] });
}

/** Another server on the same database made the account meanwhile. */
function twice(): MesheryError {
  return new MesheryError('meshery-core-1007', 'You were signed in twice at the same time.', {
    remedy: 'Sign in at /provider again.',
  });
}

function noRole(): MesheryError {
  return new MesheryError('meshery-auth-1206', 'You may not use this server.', {
    probableCause: 'None of your groups has a role here, or your account is locked.',
    remedy: 'Ask an administrator of this server for a role.',
  });
}
