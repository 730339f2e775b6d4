import { hash } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { isRole } from '@meshery/object-model';
import type { Clock, Identity } from '@meshery/observability';
import { maxTokenLength } from '@meshery/security';
import type { Session } from '@meshery/security';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { FreshCache } from '../../sessions/fresh-cache.ts';
import type { SessionSource, VerifiedSession } from '../../sessions/session-source.ts';
import type { ProviderClient } from './provider-client.ts';
import { RemoteKeys } from './remote-keys.ts';
import { readRemoteToken } from './remote-token.ts';

/** How long what the provider said of a token counts: so long a revoked one may still be used here. */
const freshMs = 15_000;
/** Requests that were under way when a token was renewed come with the old one. */
const renewalMs = 60_000;
const mostSessions = 1000;
const leewaySeconds = 30;

/** Parts of RemoteSessions. */
export interface RemoteSessionsParts {
  /** Registration key of the provider. */
  readonly provider: string;
  readonly client: ProviderClient;
  readonly clock: Clock;
}

/**
 * Sessions that a remote provider vouches for: an RS256 token with an end, signed by a key of the provider, that the
 * provider still knows. One that has ended is renewed once; a provider that is away ends nothing.
 */
export class RemoteSessions implements SessionSource {
  readonly #parts: RemoteSessionsParts;
  readonly #keys: RemoteKeys;
  readonly #verified: FreshCache<Session | undefined>;
  readonly #renewed: FreshCache<string | undefined>;
  readonly #ended = new Set<string>();
  /** Goes with the identity that it vouches for. */
  readonly #tokens = new WeakMap<Identity, string>();

  constructor(parts: RemoteSessionsParts) {
    this.#parts = parts;
    this.#keys = new RemoteKeys(parts.client, parts.clock);
    const { clock } = parts;
    this.#verified = new FreshCache({ clock, freshMs, maxEntries: mostSessions, read: (token) => this.#ask(token) });
    this.#renewed = new FreshCache({
      clock,
      freshMs: renewalMs,
      maxEntries: mostSessions,
      read: (token) => this.#refresh(token),
    });
  }

  recall(token: string): Session | undefined {
    if (token.length > maxTokenLength) return undefined;
    const session = this.#verified.recall(token);
    return session !== undefined && this.isLive(session) ? session : undefined;
  }

  async verify(token: string): Promise<VerifiedSession> {
    if (token.length > maxTokenLength) throw invalid();
    const session = await this.#verified.get(token);
    if (session !== undefined && this.isLive(session)) return session;
    const renewedToken = readRemoteToken(token).refresh === undefined ? undefined : await this.#renewed.get(token);
    const renewed = renewedToken === undefined ? undefined : await this.#verified.get(renewedToken);
    if (renewedToken === undefined || renewed === undefined || !this.isLive(renewed)) throw invalid();
    return { ...renewed, renewedToken };
  }

  isLive(session: Session): boolean {
    return session.expiresAt > this.#parts.clock.now() && !this.#ended.has(session.tokenId);
  }

  /** The token that vouches for an identity of this provider; throws `meshery-auth-1201` for any other. */
  tokenOf(identity: Identity): string {
    const token = this.#tokens.get(identity);
    if (token === undefined) throw invalid();
    return token;
  }

  /** Ends a session here and at the provider; here also when the provider cannot be asked. */
  async end(session: Session): Promise<void> {
    const token = this.tokenOf(session.identity);
    const oldest = this.#ended.size < mostSessions ? undefined : this.#ended.values().next().value;
    if (oldest !== undefined) this.#ended.delete(oldest);
    this.#ended.add(session.tokenId);
    const { refresh } = readRemoteToken(token);
    await this.#parts.client.call('/logout', { token });
    if (refresh !== undefined) await this.#parts.client.call('/revoke', { method: 'POST', body: { token: refresh } });
  }

  async #ask(token: string): Promise<Session | undefined> {
    const { access } = readRemoteToken(token);
    const claims = await this.#claims(access);
    if (claims === undefined) return undefined;
    const answer = await this.#parts.client.call('/introspect', { method: 'POST', body: { token: access }, token });
    // RFC 7662 says that a token is not known with 200 and `active`, the older contract with 401.
    const { active } = (answer.body ?? {}) as { readonly active?: unknown };
    if (answer.status !== 200 || active === false) return undefined;
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
    return { identity, tokenId: jti ?? hash('sha256', access), expiresAt: (exp ?? 0) * 1000 };
  }

  async #refresh(token: string): Promise<string | undefined> {
    const { status, body } = await this.#parts.client.call('/refresh', { method: 'POST', body: { token }, token });
    const renewed = (body as { token?: unknown } | undefined)?.token;
    return status === 200 && typeof renewed === 'string' && renewed.length <= maxTokenLength ? renewed : undefined;
  }
}

function invalid(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The token is not valid: its provider does not know it.', {
    probableCause: 'The session ended, the user signed out, or the token has no end.',
    remedy: 'Sign in again at /provider.',
  });
}
