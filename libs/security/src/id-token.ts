import { MesheryError, isMesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { equalSecrets } from './constant-time.ts';

/** Signatures that are accepted of issuers: none that a public key could forge. */
export const idTokenAlgorithms: readonly string[] = ['RS256', 'PS256', 'ES256'];

const leewaySeconds = 30;
/** With hundreds of groups. */
const maxLength = 64 * 1024;
/** An unknown key makes the keys be fetched again, but not before this time is over. */
const minRefreshMs = 30_000;
const keysLifeMs = 600_000;

/** What a verifier of ID tokens trusts. */
export interface IdTokenVerifierOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Where the public keys of the issuer are. */
  readonly keysUrl: string;
  /** Reads that address; rejects with a coded error when it cannot be read. */
  readonly load: (url: string, signal: AbortSignal) => Promise<string>;
  readonly clock: Clock;
}

/** The claims of a genuine ID token. */
export type IdTokenClaims = JWTPayload & { readonly sub: string };

/** Verifies ID tokens (OpenID Connect Core 1.0, 3.1.3.7) of one issuer for one client, by the keys that it publishes. */
export class IdTokenVerifier {
  readonly #options: IdTokenVerifierOptions;
  readonly #keys: JWTVerifyGetKey;

  constructor(options: IdTokenVerifierOptions) {
    this.#options = options;
    this.#keys = createRemoteJWKSet(new URL(options.keysUrl), {
      cooldownDuration: minRefreshMs,
      cacheMaxAge: keysLifeMs,
      [customFetch]: async (url, { signal }) => new Response(await options.load(url, signal)),
    });
  }

  /** Rejects with `meshery-auth-1207` for any other token, and with `-1208` when the keys cannot be read. */
  async verify(token: string, nonce: string): Promise<IdTokenClaims> {
    const { issuer, clientId, clock } = this.#options;
    if (token.length > maxLength) throw invalid('it is too long');
    const claims = await this.#claims(token);
    const { aud, azp, sub } = claims;
    if (typeof claims.nonce !== 'string' || !equalSecrets(claims.nonce, nonce)) throw invalid('its nonce is another');
    const isShared = Array.isArray(aud) && aud.length > 1;
    if ((isShared || azp !== undefined) && azp !== clientId) throw invalid('it is for another client');
    if ((claims.iat ?? Infinity) > clock.now() / 1000 + leewaySeconds)
      throw invalid(`${issuer} issued it in the future`);
    if (typeof sub !== 'string' || sub === '' || sub.length > 255) throw invalid('its subject is none');
    return { ...claims, sub };
  }

  async #claims(token: string): Promise<JWTPayload> {
    const { issuer, clientId, clock } = this.#options;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: [...idTokenAlgorithms],
        issuer,
        audience: clientId,
        requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
        clockTolerance: leewaySeconds,
        currentDate: new Date(clock.now()),
      });
      return payload;
    } catch (error) {
      if (isMesheryError(error)) throw error;
      throw isOfKeys(error) ? issuerAway(issuer, reasonOf(error)) : invalid(reasonOf(error));
    }
  }
}

/** The error of an issuer that cannot be asked now. */
export function issuerAway(issuer: string, reason: string): MesheryError {
  return new MesheryError('meshery-auth-1208', 'The sign-in service cannot be asked now.', {
    probableCause: `It is down, or this server does not reach it (${reason}).`,
    remedy: 'Try again in a moment, or sign in another way; if it stays so, tell whoever runs this server.',
    details: { issuer, reason },
  });
}

function isOfKeys(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  // The set of keys could not be read at all; everything else has a code of its own.
  return !(error instanceof errors.JOSEError) || error.code === errors.JOSEError.code;
}

/** The words alone: errors of the library carry the claims along. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason is known';
}

function invalid(reason: string): MesheryError {
  return new MesheryError('meshery-auth-1207', 'The answer of the sign-in service is not valid.', {
    probableCause: `What it says about you is not meant for this sign-in (${reason}).`,
    remedy: 'Sign in at /provider again; if it stays so, tell whoever runs this server.',
    details: { reason },
  });
}
