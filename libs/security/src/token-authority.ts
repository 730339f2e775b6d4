import { hash, randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { Clock, Identity } from '@meshery/observability';
import { SignJWT, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { maxTokenLength } from './credentials.ts';
import { signingAlgorithm } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';
import type { RevocationList } from './revocation-list.ts';

/** Who issues the tokens of the Local provider. */
export const tokenIssuer = 'meshery-local';
/** Whom they are for. */
export const tokenAudience = 'meshery-server';
/** Life of a token, in milliseconds. */
export const tokenLifeMs = 24 * 3_600_000;

const tokenType = 'at+jwt';
const leewaySeconds = 30;

/** A token that was found to be genuine. */
export interface Session {
  readonly identity: Identity;
  /** Claim `jti`. */
  readonly tokenId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** True for a token that a person gave to a program. */
  readonly isProgram?: boolean;
  /** Functions of the permission keys that count now; absent where the roles alone say what somebody may do. */
  readonly permissions?: ReadonlySet<string>;
  /** The permission that let a request in; a stream ends without it. */
  readonly permission?: string;
}

/** Parts of a TokenAuthority. */
export interface TokenAuthorityOptions {
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly revoked: RevocationList;
  /** How many verified tokens are remembered. */
  readonly cacheSize?: number;
}

/**
 * Issues and verifies the tokens of the Local provider (RFC 7519, RFC 9068 `typ`): one algorithm, one issuer, one
 * audience, `exp`, `nbf` and `jti` required; keys named in a token's header are never followed.
 * Verified tokens are remembered by hash until they end, are revoked, or the bounded cache drops them.
 */
export class TokenAuthority {
  readonly #options: TokenAuthorityOptions;
  readonly #cacheSize: number;
  readonly #verified = new Map<string, Session>();
  /** What a connection presented last, while it is open: clients that stay send the same again. */
  readonly #presented = new WeakMap<object, { readonly token: string; readonly key: string }>();

  constructor(options: TokenAuthorityOptions) {
    this.#options = options;
    this.#cacheSize = options.cacheSize ?? 1024;
  }

  /** Signs a new token for an identity. */
  async issue(identity: Identity, lifeMs = tokenLifeMs): Promise<string> {
    const now = Math.floor(this.#options.clock.now() / 1000);
    return new SignJWT({ name: identity.name, provider: identity.provider, roles: [...identity.roles] })
      .setProtectedHeader({ alg: signingAlgorithm, kid: this.#options.key.id, typ: tokenType })
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setSubject(identity.userId)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + Math.ceil(lifeMs / 1000))
      .sign(this.#options.key.privateKey);
  }

  /**
   * The session of a token that was verified before, without waiting; undefined when `verify` has to decide. With the
   * connection that it came over, the same token is hashed once for it.
   */
  recall(token: string, connection?: object): Session | undefined {
    if (token.length === 0 || token.length > maxTokenLength) return undefined;
    const session = this.#verified.get(this.#keyOf(token, connection));
    return session !== undefined && this.isLive(session) ? session : undefined;
  }

  /** The session of a genuine token. Rejects with `meshery-auth-1200` (none) or `-1201` (invalid, expired, revoked). */
  async verify(token: string): Promise<Session> {
    if (token.length === 0) throw noIdentity();
    const known = this.recall(token);
    if (known !== undefined) return known;
    const session = sessionOf(await this.#claims(token));
    if (!this.isLive(session)) throw invalidToken('it has ended');
    this.#remember(this.#keyOf(token), session);
    return session;
  }

  /** True while the session has neither ended nor been revoked. */
  isLive(session: Session): boolean {
    return session.expiresAt > this.#options.clock.now() && !this.#options.revoked.has(session.tokenId);
  }

  /** Ends one session before its time; durable when the promise resolves. */
  async revoke(session: Session): Promise<void> {
    await this.#options.revoked.add(session.tokenId, session.expiresAt);
  }

  async #claims(token: string): Promise<JWTPayload> {
    if (token.length > maxTokenLength) throw invalidToken('it is too long');
    try {
      const { payload } = await jwtVerify(token, this.#options.key.publicKey, {
        algorithms: [signingAlgorithm],
        issuer: tokenIssuer,
        audience: tokenAudience,
        typ: tokenType,
        requiredClaims: ['exp', 'nbf', 'iat', 'sub', 'jti'],
        clockTolerance: leewaySeconds,
        currentDate: new Date(this.#options.clock.now()),
      });
      return payload;
    } catch (error) {
      throw invalidToken(
        error instanceof errors.JWTExpired ? 'it has ended' : 'it was not issued by this server',
        error,
      );
    }
  }

  #keyOf(token: string, connection?: object): string {
    const known = connection === undefined ? undefined : this.#presented.get(connection);
    if (known?.token === token) return known.key;
    const key = hash('sha256', token, 'base64');
    if (connection !== undefined) this.#presented.set(connection, { token, key });
    return key;
  }

  #remember(key: string, session: Session): void {
    if (this.#verified.size >= this.#cacheSize) {
      const oldest = this.#verified.keys().next();
      if (oldest.done !== true) this.#verified.delete(oldest.value);
    }
    this.#verified.set(key, session);
  }
}

/** The error of a request without identity. */
export function noIdentity(): MesheryError {
  return new MesheryError('meshery-auth-1200', 'This needs a signed-in user.', {
    probableCause: 'The request carries no token.',
    remedy: 'Sign in at /provider, run "mesheryctl system login", or send "Authorization: Bearer <token>".',
  });
}

function invalidToken(why: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-auth-1201', `The token is not valid: ${why}.`, {
    probableCause: 'The session ended, the user signed out, or the server was set up anew.',
    remedy: 'Sign in again at /provider or run "mesheryctl system login".',
    cause,
  });
}

function sessionOf(claims: JWTPayload): Session {
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : [];
  const identity: Identity = {
    userId: claims.sub ?? '',
    name: typeof claims.name === 'string' ? claims.name : '',
    provider: typeof claims.provider === 'string' ? claims.provider : '',
    roles,
  };
  return { identity, tokenId: claims.jti ?? '', expiresAt: (claims.exp ?? 0) * 1000 };
}
