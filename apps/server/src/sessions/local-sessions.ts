import { MesheryError } from '@meshery/errors';
import { isRole, roles } from '@meshery/object-model';
import type { Role, User } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import { localProviderName } from '@meshery/security';
import type { Session, TokenAuthority } from '@meshery/security';
import type { ServiceTokenRecord, UserStore } from '@meshery/store';
import { grantsOf } from '../access/permissions/role-permissions.ts';
import type { Grants } from '../access/permissions/role-permissions.ts';
import { FreshCache } from './fresh-cache.ts';
import { certificateHash, serviceTokenHash, serviceTokenPrefix } from './service-token-text.ts';
import type { CertificateSource, ClientCertificate, SessionSource } from './session-source.ts';

/** How long another server's change may go unseen; changes of this one are seen at once. */
const freshMs = 1000;

type Found<Value> = { readonly found: Value | undefined };

/** An account with what it may do now. */
interface Account {
  readonly user: User;
  readonly grants: Grants;
  /** Undefined for somebody who does not sign in with an issuer. */
  readonly groups: readonly string[] | undefined;
}

/** Parts of LocalSessions. */
export interface LocalSessionsParts {
  readonly authority: TokenAuthority;
  readonly store: UserStore;
  readonly clock: Clock;
}

/**
 * Sessions of the Local provider: its own signed tokens, and those that people gave to programs. What somebody may do
 * is not what their token says but what their account says now.
 */
export class LocalSessions implements SessionSource, CertificateSource {
  readonly #authority: TokenAuthority;
  readonly #clock: Clock;
  readonly #users: FreshCache<Found<Account>>;
  readonly #programs: FreshCache<Found<ServiceTokenRecord>>;

  constructor({ authority, store, clock }: LocalSessionsParts) {
    this.#authority = authority;
    this.#clock = clock;
    const shared = { clock, freshMs };
    this.#users = new FreshCache({
      ...shared,
      read: (id) =>
        store.read(async (data) => {
          const user = await data.users.find({ id });
          if (user === undefined) return { found: undefined };
          const [federated] = await data.federatedIdentities.all({ userId: id });
          return { found: { user, grants: await grantsOf(data, user), groups: federated?.groupNames } };
        }),
    });
    this.#programs = new FreshCache({
      ...shared,
      read: (hash) => store.read(async (data) => ({ found: await data.serviceTokens.find({ hash }) })),
    });
  }

  recall(token: string, connection?: object): Session | undefined {
    if (token.startsWith(serviceTokenPrefix)) return this.#recallProgram(serviceTokenHash(token));
    const session = this.#authority.recall(token, connection);
    return session === undefined ? undefined : asNow(session, this.#users.recall(session.identity.userId)?.found);
  }

  async verify(token: string): Promise<Session> {
    const session = token.startsWith(serviceTokenPrefix)
      ? await this.#verifyProgram(serviceTokenHash(token))
      : await this.#verifyPerson(token);
    if (session === undefined) throw ended();
    return session;
  }

  recallCertificate(certificate: ClientCertificate): Session | undefined {
    return this.#whileValid(this.#recallProgram(certificateHash(certificate.fingerprint)), certificate);
  }

  async verifyCertificate(certificate: ClientCertificate): Promise<Session> {
    const session = await this.#verifyProgram(certificateHash(certificate.fingerprint));
    const valid = this.#whileValid(session, certificate);
    if (valid === undefined) throw unknownCertificate();
    return valid;
  }

  isLive(session: Session): boolean {
    // What is asked here is seen by the next one who asks: a stream asks again and again.
    this.#users.get(session.identity.userId).catch(() => undefined);
    const known = this.#users.last(session.identity.userId);
    if (known !== undefined && !this.#isAllowed(session, known.found)) return false;
    return session.isProgram === true ? this.#isProgramLive(session) : this.#authority.isLive(session);
  }

  /** From now on accounts and tokens count as they are kept now. */
  forget(): void {
    this.#users.forget();
    this.#programs.forget();
  }

  async #verifyPerson(token: string): Promise<Session | undefined> {
    const session = await this.#authority.verify(token);
    return asNow(session, (await this.#users.get(session.identity.userId)).found);
  }

  #recallProgram(hash: string): Session | undefined {
    const program = this.#programs.recall(hash)?.found;
    return program === undefined ? undefined : this.#programSession(program, this.#users.recall(program.owner)?.found);
  }

  async #verifyProgram(hash: string): Promise<Session | undefined> {
    const { found } = await this.#programs.get(hash);
    return found === undefined ? undefined : this.#programSession(found, (await this.#users.get(found.owner)).found);
  }

  #programSession(program: ServiceTokenRecord, account: Account | undefined): Session | undefined {
    const expiresAt = Date.parse(program.expiresAt);
    if (account?.user.status !== 'active' || expiresAt <= this.#clock.now()) return undefined;
    const identity = { ...identityOf(account), roles: rolesOfProgram(program.role, account.user.roles) };
    const permissions = account.grants.ofPrograms[program.role];
    // The hash finds the token again, which an id alone does not.
    return { identity, tokenId: program.hash, expiresAt, isProgram: true, permissions };
  }

  /** A connection may outlive the certificate that it was opened with; the session does not. */
  #whileValid(session: Session | undefined, { expiresAt }: ClientCertificate): Session | undefined {
    if (session === undefined || !(expiresAt > this.#clock.now())) return undefined;
    return { ...session, expiresAt: Math.min(session.expiresAt, expiresAt) };
  }

  /** True while the account is active and may still do what let the session in. */
  #isAllowed({ permission, tokenId, isProgram }: Session, account: Account | undefined): boolean {
    if (account?.user.status !== 'active') return false;
    if (permission === undefined) return true;
    if (isProgram !== true) return account.grants.own.has(permission);
    const program = this.#programs.last(tokenId)?.found;
    return program === undefined || account.grants.ofPrograms[program.role].has(permission);
  }

  #isProgramLive({ tokenId, expiresAt }: Session): boolean {
    this.#programs.get(tokenId).catch(() => undefined);
    const known = this.#programs.last(tokenId);
    return expiresAt > this.#clock.now() && (known === undefined || known.found !== undefined);
  }
}

/** The session with the name, the roles and the permissions of the account now; undefined when there is no active one. */
function asNow(session: Session, account: Account | undefined): Session | undefined {
  if (account?.user.status !== 'active') return undefined;
  return { ...session, identity: identityOf(account), permissions: account.grants.own };
}

function identityOf({ user: { id, name, roles: given }, groups }: Account): Session['identity'] {
  const identity = { userId: id, name, provider: localProviderName, roles: given };
  return groups === undefined ? identity : { ...identity, groups };
}

/**
 * What the token names, and never more than its owner has. A role that somebody made has no rank: the program has its
 * owner's, and may no more than the built-in one of its token.
 */
function rolesOfProgram(role: Role, owned: readonly string[]): readonly string[] {
  const ranks = owned.filter(isRole).map((name) => roles.indexOf(name));
  if (ranks.length === 0) return owned;
  const least = Math.min(roles.indexOf(role), Math.max(...ranks));
  return roles.slice(least, least + 1);
}

function ended(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The token is not valid: it has ended.', {
    probableCause: 'The account or the token was taken away, or its time is over.',
    remedy: 'Ask an administrator of this server, or sign in again at /provider.',
  });
}

function unknownCertificate(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The client certificate lets nobody in.', {
    probableCause: 'It was never registered here, its registration was revoked, or the time of either is over.',
    remedy: 'Register its SHA-256 fingerprint with POST /api/identity/tokens, or send a token.',
  });
}
