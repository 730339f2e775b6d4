import { MesheryError } from '@meshery/errors';
import { roles } from '@meshery/object-model';
import type { Role, User } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import { localProviderName } from '@meshery/security';
import type { Session, TokenAuthority } from '@meshery/security';
import type { ServiceTokenRecord, UserStore } from '@meshery/store';
import { FreshCache } from './fresh-cache.ts';
import { serviceTokenHash, serviceTokenPrefix } from './service-token-text.ts';
import type { SessionSource } from './session-source.ts';

/** How long another server's change may go unseen; changes of this one are seen at once. */
const freshMs = 1000;

type Found<Value> = { readonly found: Value | undefined };

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
export class LocalSessions implements SessionSource {
  readonly #authority: TokenAuthority;
  readonly #clock: Clock;
  readonly #users: FreshCache<Found<User>>;
  readonly #programs: FreshCache<Found<ServiceTokenRecord>>;

  constructor({ authority, store, clock }: LocalSessionsParts) {
    this.#authority = authority;
    this.#clock = clock;
    const shared = { clock, freshMs };
    this.#users = new FreshCache({
      ...shared,
      read: (id) => store.read(async (data) => ({ found: await data.users.find({ id }) })),
    });
    this.#programs = new FreshCache({
      ...shared,
      read: (hash) => store.read(async (data) => ({ found: await data.serviceTokens.find({ hash }) })),
    });
  }

  recall(token: string): Session | undefined {
    if (token.startsWith(serviceTokenPrefix)) {
      const program = this.#programs.recall(serviceTokenHash(token))?.found;
      return program === undefined
        ? undefined
        : this.#programSession(program, this.#users.recall(program.owner)?.found);
    }
    const session = this.#authority.recall(token);
    return session === undefined ? undefined : asNow(session, this.#users.recall(session.identity.userId)?.found);
  }

  async verify(token: string): Promise<Session> {
    const session = token.startsWith(serviceTokenPrefix)
      ? await this.#verifyProgram(token)
      : await this.#verifyPerson(token);
    if (session === undefined) throw ended();
    return session;
  }

  isLive(session: Session): boolean {
    // What is asked here is seen by the next one who asks: a stream asks again and again.
    this.#users.get(session.identity.userId).catch(() => undefined);
    const user = this.#users.last(session.identity.userId);
    if (user !== undefined && user.found?.status !== 'active') return false;
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

  async #verifyProgram(token: string): Promise<Session | undefined> {
    const { found } = await this.#programs.get(serviceTokenHash(token));
    return found === undefined ? undefined : this.#programSession(found, (await this.#users.get(found.owner)).found);
  }

  #programSession(program: ServiceTokenRecord, owner: User | undefined): Session | undefined {
    const expiresAt = Date.parse(program.expiresAt);
    if (owner?.status !== 'active' || expiresAt <= this.#clock.now()) return undefined;
    const identity = { ...identityOf(owner), roles: lesser(program.role, owner.roles) };
    // The hash finds the token again, which an id alone does not.
    return { identity, tokenId: program.hash, expiresAt, isProgram: true };
  }

  #isProgramLive({ tokenId, expiresAt }: Session): boolean {
    this.#programs.get(tokenId).catch(() => undefined);
    const known = this.#programs.last(tokenId);
    return expiresAt > this.#clock.now() && (known === undefined || known.found !== undefined);
  }
}

/** The session with the name and the roles that the account has now; undefined when there is no active one. */
function asNow(session: Session, user: User | undefined): Session | undefined {
  return user?.status === 'active' ? { ...session, identity: identityOf(user) } : undefined;
}

function identityOf({ id, name, roles: given }: User): Session['identity'] {
  return { userId: id, name, provider: localProviderName, roles: given };
}

/** What the token allows, and never more than its owner may. */
function lesser(role: Role, owned: readonly Role[]): readonly Role[] {
  const most = Math.min(roles.indexOf(role), Math.max(-1, ...owned.map((name) => roles.indexOf(name))));
  return roles.slice(most, most + 1);
}

function ended(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The token is not valid: it has ended.', {
    probableCause: 'The account or the token was taken away, or its time is over.',
    remedy: 'Ask an administrator of this server, or sign in again at /provider.',
  });
}
