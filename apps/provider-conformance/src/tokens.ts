import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { expect } from './mismatch.ts';

/** A token response of OAuth 2, as far as it is read here. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** What a server keeps in the cookie and presents: unpadded base64 of the whole response. */
  readonly cookie: string;
}

/** A public key of a provider (RFC 7517). */
export type PublishedKey = JsonWebKey & { readonly kid?: unknown };

/** Reads a token response. Throws a Mismatch that names what is missing. */
export function tokensOf(body: unknown): Tokens {
  const response = (body ?? {}) as Readonly<Record<string, unknown>>;
  const { access_token: access, refresh_token: refresh, token_type: type, expiry, expires_in: seconds } = response;
  expect(typeof access === 'string' && access !== '', 'no access_token');
  expect(typeof refresh === 'string' && refresh !== '', 'no refresh_token');
  expect(typeof type === 'string' && type.toLowerCase() === 'bearer', 'the token_type is not "bearer"');
  const hasEnd = typeof seconds === 'number' || (typeof expiry === 'string' && !Number.isNaN(Date.parse(expiry)));
  expect(hasEnd, 'neither expiry (RFC 3339) nor expires_in');
  return { access, refresh, cookie: Buffer.from(JSON.stringify(body)).toString('base64').replaceAll('=', '') };
}

/** Reads the answer of /refresh. Throws a Mismatch. */
export function renewedTokens(body: unknown): Tokens {
  const { token } = (body ?? {}) as { readonly token?: unknown };
  expect(typeof token === 'string', 'no "token"');
  let response: unknown;
  try {
    response = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    expect(false, '"token" is not base64 of a JSON token response');
  }
  return tokensOf(response);
}

/** One part of a JWT; an empty object when it cannot be read. */
export function partOf(token: string, index: 0 | 1): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
  } catch {
    return {};
  }
}

/** The same token with another header or other claims, and the signature that it had. */
export function forged(token: string, { header = {}, claims = {}, signature }: Forgery): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const head = encode({ ...partOf(token, 0), ...header });
  return `${head}.${encode({ ...partOf(token, 1), ...claims })}.${signature ?? token.split('.')[2] ?? ''}`;
}

interface Forgery {
  readonly header?: object;
  readonly claims?: object;
  readonly signature?: string;
}

/** Throws a Mismatch unless a token is signed as servers ask for. */
export function expectSigned(token: string, keys: readonly PublishedKey[]): void {
  const { alg, kid } = partOf(token, 0);
  expect(alg === 'RS256', 'the algorithm of the token is not RS256');
  const key = keys.find((published) => typeof kid === 'string' && published.kid === kid);
  expect(key !== undefined, 'the token names no key of /keys');
  const { n = '', e = '' } = key;
  const [head = '', claims = '', signature = ''] = token.split('.');
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }),
    Buffer.from(signature, 'base64url'),
  );
  expect(isSigned, 'the signature does not fit the key');
  const { sub, exp } = partOf(token, 1);
  expect(typeof sub === 'string' && sub !== '', 'the token has no "sub"');
  expect(typeof exp === 'number' && exp * 1000 > Date.now(), 'the token has no "exp" that is to come');
}
