import { hash } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { isRole } from '@meshery/object-model';
import type { Clock, Identity } from '@meshery/observability';
import { maxTokenLength } from '@meshery/security';
import type { Session } from '@meshery/security';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import { FreshCache } from '../../sessions/fresh-cache.ts';
import type { SessionSource, VerifiedSession } from '../../sessions/session-source.ts';
import type { EndedTokens } from './ended-tokens.ts';
import { patienceMs, providerAway, refusesToken } from './provider-client.ts';
import type { ProviderClient } from './provider-client.ts';
import { RemoteKeys } from './remote-keys.ts';
import { RemoteRenewals } from './remote-renewals.ts';
import { readRemoteToken } from './remote-token.ts';

/** How long what the provider said of a token counts: so long a revoked one may still be used here. */
const freshMs = 15_000;
const mostSessions = 1000;
/** A token may end while its renewal is on the way; more than this for one request is a provider that gives ended ones. */
const mostRenewals = 3;
const leewaySeconds = 30;

/** Parts of RemoteSessions. */
export interface RemoteSessionsParts {
  /** Registration key of the provider. */
  readonly provider: string;
  readonly client: ProviderClient;
  readonly clock: Clock;
  readonly ended: Pick<EndedTokens, 'has' | 'find' | 'add'>;
  /** How long a request waits for the renewal of its token, in milliseconds; 5 s unless told. */
  readonly patienceMs?: number;
}

/** A token with the session that it vouches for. */
interface Vouched {
  readonly token: string;
  readonly session: Session;
}

/**
 * Sessions that a remote provider vouches for: an RS256 token with an end, signed by a key of the provider, that the
 * provider still knows. One that has ended is renewed, each token once; a provider that is away ends nothing.
 */
export class RemoteSessions implements SessionSource {
  readonly #parts: RemoteSessionsParts;
  readonly #keys: RemoteKeys;
  readonly #verified: FreshCache<Session | undefined>;
  readonly #renewals: RemoteRenewals;
  /** Goes with the identity that it vouches for. */
  readonly #tokens = new WeakMap<Identity, string>();

  constructor(parts: RemoteSessionsParts) {
    this.#parts = parts;
    this.#keys = new RemoteKeys(parts.client, parts.clock);
    const { clock } = parts;
    this.#verified = new FreshCache({ clock, freshMs, maxEntries: mostSessions, read: (token) => this.#ask(token) });
    this.#renewals = new RemoteRenewals({ ...parts, patienceMs: parts.patienceMs ?? patienceMs });
  }

  recall(token: string): Session | undefined {
    // Whoever still comes with a token that was renewed is to be given the new one, which `verify` does.
    if (token.length > maxTokenLength || this.#renewals.has(token)) return undefined;
    const session = this.#verified.recall(token);
    return session !== undefined && this.isLive(session) ? session : undefined;
  }

  async verify(token: string): Promise<VerifiedSession> {
    if (token.length > maxTokenLength) throw invalid();
    const live = await this.#live(token, mostRenewals);
    return live.token === token ? live.session : { ...live.session, renewedToken: live.token };
  }

  /** Takes a token that the provider itself just gave: its key may be one that nobody has seen before. */
  async learn(token: string): Promise<void> {
    const { kid } = headerOf(readRemoteToken(token).access);
    if (typeof kid === 'string') await this.#keys.learn(kid);
  }

  isLive(session: Session): boolean {
    return session.expiresAt > this.#parts.clock.now() && !this.#parts.ended.has(session.tokenId);
  }

  /** The token that vouches for an identity of this provider; throws `meshery-auth-1201` for any other. */
  tokenOf(identity: Identity): string {
    const token = this.#tokens.get(identity);
    if (token === undefined) throw invalid();
    return token;
  }

  /**
   * Asks the provider on behalf of an identity. A token that ended on the way is renewed, and the provider asked once
   * more; the client is given the new token with its next request.
   */
  async ask<Answer extends { readonly status: number }>(
    identity: Identity,
    send: (token: string) => Promise<Answer>,
  ): Promise<Answer> {
    const token = this.tokenOf(identity);
    const answer = await send(token);
    if (answer.status !== 401) return answer;
    this.#verified.drop(token);
    const renewed = await this.#live(token, mostRenewals);
    if (renewed.token === token || renewed.session.identity.userId !== identity.userId) return answer;
    this.#tokens.set(identity, renewed.token);
    return send(renewed.token);
  }

  /** Ends a session here and at the provider; here also when the provider cannot be asked. */
  async end(session: Session): Promise<void> {
    const line = this.#renewals.line(this.tokenOf(session.identity));
    const told = this.#tell(line.at(-1) ?? '');
    const outcomes = await Promise.allSettled([this.#parts.ended.add(line.map(tokenIdOf)), told]);
    // What could not be kept here counts for more than what the provider does not know.
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #tell(token: string): Promise<void> {
    const { refresh } = readRemoteToken(token);
    const { client } = this.#parts;
    const revoke = async (): Promise<unknown> =>
      refresh === undefined ? undefined : client.call('/revoke', { method: 'POST', body: { token: refresh } });
    // What becomes of the one does not keep the provider from hearing of the other.
    await client.call('/logout', { token }).finally(revoke);
  }

  /** The newest token in the line of one, with its session. Rejects with `meshery-auth-1201` when there is none. */
  async #live(token: string, renewals: number): Promise<Vouched> {
    const newest = this.#newest(token);
    const session = await this.#verified.get(newest);
    if (session !== undefined && this.isLive(session)) return { token: newest, session };
    // What was ended here stays so, also where the provider was never told.
    const isOver = renewals === 0 || this.#parts.ended.has(tokenIdOf(newest));
    const renewed = isOver ? undefined : await this.#renewals.renew(newest);
    if (renewed === undefined) throw invalid();
    await this.learn(renewed);
    return this.#live(token, renewals - 1);
  }

  #newest(token: string): string {
    const line = this.#renewals.line(token);
    if (line.some((one) => this.#parts.ended.has(tokenIdOf(one)))) throw invalid();
    return line.at(-1) ?? token;
  }

  async #ask(token: string): Promise<Session | undefined> {
    const { access } = readRemoteToken(token);
    const claims = await this.#claims(access);
    if ((await this.#parts.ended.find(tokenIdOf(token))) || claims === undefined) return undefined;
    const answer = await this.#parts.client.call('/introspect', { method: 'POST', body: { token: access }, token });
    // RFC 7662 says that a token is not known with 200 and `active`, the older contract with 401.
    const { active } = (answer.body ?? {}) as { readonly active?: unknown };
    if (refusesToken(answer.status) || active === false) return undefined;
    if (answer.status !== 200) throw providerAway(this.#parts.client.url, new Error(`status ${String(answer.status)}`));
    const session = this.#sessionOf(access, claims);
    this.#tokens.set(session.identity, token);
    return session;
  }

  /** The claims of a genuine token. A key named in the token is looked up by its id, never followed. */
  async #claims(access: string): Promise<JWTPayload | undefined> {
    try {
      const { kid, alg } = decodeProtectedHeader(access);
      if (alg !== 'RS256' || typeof kid !== 'string') return undefined;
      const key = await this.#keys.find(kid);
      if (key === undefined) return undefined;
      const { payload } = await jwtVerify(access, key, {
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: leewaySeconds,
        currentDate: new Date(this.#parts.clock.now()),
      });
      return payload;
    } catch (error) {
      if (error instanceof MesheryError) throw error;
      return undefined;
    }
  }

  #sessionOf(access: string, { sub, name, roles, jti, exp }: JWTPayload): Session {
    const known = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string' && isRole(role)) : [];
    const identity = {
      userId: sub ?? '',
      name: typeof name === 'string' ? name : '',
      provider: this.#parts.provider,
      roles: known.length === 0 ? ['viewer'] : (known as string[]),
    };
    return { identity, tokenId: idOf(access, jti), expiresAt: (exp ?? 0) * 1000 };
  }
}

/** What a token is told from others by; it need not be genuine, as whoever asks only ends or refuses it. */
function tokenIdOf(token: string): string {
  const { access } = readRemoteToken(token);
  try {
    return idOf(access, decodeJwt(access).jti);
  } catch {
    return idOf(access, undefined);
  }
}

function headerOf(access: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(access);
  } catch {
    return {};
  }
}

function idOf(access: string, jti: unknown): string {
  return typeof jti === 'string' ? jti : hash('sha256', access);
}

function invalid(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The token is not valid: its provider does not know it.', {
    probableCause: 'The session ended, the user signed out, or the token has no end.',
    remedy: 'Sign in again at /provider.',
  });
}
