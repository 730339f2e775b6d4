import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { SignJWT, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { Account, Accounts } from './accounts.ts';

const algorithm = 'RS256';
const codeLifeMs = 60_000;
const refreshLifeMs = 24 * 3_600_000;
const mostOpen = 10_000;
const mostGuests = 1000;

/** What the tokens are made with. */
export interface TokenDeskOptions {
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Life of an access token. */
  readonly tokenSeconds: number;
}

/** An OAuth 2 token response, as the cookie `token` carries it. */
export interface TokenSet {
  readonly access_token: string;
  readonly token_type: 'bearer';
  readonly refresh_token: string;
  /** RFC 3339. */
  readonly expiry: string;
}

/** A code waits for whoever knows the verifier of its challenge (RFC 7636). */
interface OpenCode {
  readonly account: Account;
  readonly challenge: string;
  readonly callback: string;
  readonly endsAt: number;
}

interface Grant {
  readonly account: Account;
  readonly endsAt: number;
}

/** Issues, checks, renews and ends sessions; in memory: a restart signs everybody out. */
export class TokenDesk {
  readonly #options: TokenDeskOptions;
  readonly #codes = new Map<string, OpenCode>();
  /** By refresh token; access tokens name it by its hash, so that they end together. */
  readonly #grants = new Map<string, Grant>();
  /** Sessions of those without an account, who may push out each other and nobody else. */
  readonly #guests = new Set<string>();
  #keys: { readonly id: string; readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

  private constructor(options: TokenDeskOptions, keys: Awaited<ReturnType<typeof newKeys>>) {
    this.#options = options;
    this.#keys = keys;
  }

  static async create(options: TokenDeskOptions): Promise<TokenDesk> {
    return new TokenDesk(options, await newKeys());
  }

  /** From now on signs with another key, as after a leak: what was signed before is not valid any more. */
  async rotate(): Promise<void> {
    this.#keys = await newKeys();
  }

  /** The public keys (RFC 7517). */
  async keys(): Promise<{ readonly keys: readonly JWK[] }> {
    const jwk = await exportJWK(this.#keys.publicKey);
    return { keys: [{ ...jwk, kid: this.#keys.id, alg: algorithm, use: 'sig' }] };
  }

  issueCode(account: Account, challenge: string, callback: string): string {
    const code = randomBytes(32).toString('base64url');
    const endsAt = this.#options.clock.monotonic() + codeLifeMs;
    keep(this.#codes, digest(code), { account, challenge, callback, endsAt });
    return code;
  }

  /** Trades a code, once, for tokens. Rejects with `meshery-auth-1203`. */
  async redeem(code: string, verifier: string, callback: string): Promise<TokenSet> {
    const open = this.#codes.get(digest(code));
    this.#codes.delete(digest(code));
    const isGood =
      open !== undefined &&
      open.endsAt > this.#options.clock.monotonic() &&
      open.callback === callback &&
      createHash('sha256').update(verifier).digest('base64url') === open.challenge;
    if (!isGood) throw refused();
    return this.issue(open.account);
  }

  async issue(account: Account): Promise<TokenSet> {
    const refresh = randomBytes(32).toString('base64url');
    const { clock, tokenSeconds } = this.#options;
    keep(this.#grants, digest(refresh), { account, endsAt: clock.monotonic() + refreshLifeMs });
    if (account.isAnonymous === true) this.#noteGuest(digest(refresh));
    const now = Math.floor(clock.now() / 1000);
    const access = await new SignJWT({ name: account.name, roles: [account.role], grant: digest(refresh) })
      .setProtectedHeader({ alg: algorithm, kid: this.#keys.id, typ: 'at+jwt' })
      .setSubject(account.id)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + tokenSeconds)
      .sign(this.#keys.privateKey);
    const expiry = new Date((now + tokenSeconds) * 1000).toISOString();
    return { access_token: access, token_type: 'bearer', refresh_token: refresh, expiry };
  }

  /** The account of a live access token. Rejects with `meshery-auth-1201`. */
  async introspect(token: string): Promise<Account> {
    try {
      const currentDate = new Date(this.#options.clock.now());
      const { payload } = await jwtVerify(token, this.#keys.publicKey, { algorithms: [algorithm], currentDate });
      const grant = this.#grants.get(String(payload.grant));
      if (grant !== undefined) return grant.account;
    } catch {
      // Whatever is wrong with it: it is not a token of ours.
    }
    throw refused();
  }

  /** New tokens for a refresh token, which is used up. Rejects with `meshery-auth-1201`. */
  async refresh(refreshToken: string): Promise<TokenSet> {
    const grant = this.#grants.get(digest(refreshToken));
    this.#grants.delete(digest(refreshToken));
    if (grant === undefined || grant.endsAt <= this.#options.clock.monotonic()) throw refused();
    return this.issue(grant.account);
  }

  revoke(refreshToken: string): void {
    this.#grants.delete(digest(refreshToken));
  }

  #noteGuest(grant: string): void {
    const oldest = this.#guests.size < mostGuests ? undefined : this.#guests.values().next().value;
    if (oldest !== undefined) {
      this.#guests.delete(oldest);
      this.#grants.delete(oldest);
    }
    this.#guests.add(grant);
  }
}

async function newKeys() {
  return { id: randomUUID(), ...(await generateKeyPair(algorithm, { extractable: true })) };
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  const oldest = map.size < mostOpen ? undefined : map.keys().next().value;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function refused(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The token or code is not valid.', {
    probableCause: 'It was used or revoked, or its time is over.',
    remedy: 'Sign in again.',
  });
}
