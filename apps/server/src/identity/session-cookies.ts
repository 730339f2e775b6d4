import { tokenLifeMs } from '@meshery/security';
import type { FastifyReply } from 'fastify';

const tokenSeconds = Math.floor(tokenLifeMs / 1000);
const providerSeconds = 30 * 24 * 3600;

/** Who is signed in now, and whether the listener speaks TLS. */
export interface SignedIn {
  readonly token: string;
  /** Registration key of the provider that vouches for the token. */
  readonly provider: string;
  readonly isSecure: boolean;
}

/** Sets the cookies of a signed-in browser: HttpOnly, SameSite=Lax, Secure when the listener speaks TLS. */
export function setSessionCookies(reply: FastifyReply, { token, provider, isSecure }: SignedIn): void {
  reply.header('set-cookie', [
    cookie('token', token, tokenSeconds, isSecure),
    cookie('meshery-provider', provider, providerSeconds, isSecure),
  ]);
}

/** Remembers which provider somebody chose. */
export function setProviderCookie(reply: FastifyReply, provider: string, isSecure: boolean): void {
  reply.header('set-cookie', cookie('meshery-provider', provider, providerSeconds, isSecure));
}

/** What a browser that began to sign in elsewhere brings back. */
export const loginCookie = 'meshery-login';
const loginSeconds = 600;

/** Remembers, for ten minutes, which sign-in a browser began; an empty state forgets it. */
export function setLoginCookie(reply: FastifyReply, state: string, isSecure: boolean): void {
  reply.header('set-cookie', cookie(loginCookie, state, state === '' ? 0 : loginSeconds, isSecure));
}

/** Puts a renewed token in the place of the one that a browser has. */
export function renewTokenCookie(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.header('set-cookie', cookie('token', token, tokenSeconds, isSecure));
}

/** Removes them. */
export function clearSessionCookies(reply: FastifyReply, isSecure: boolean): void {
  reply.header('set-cookie', [cookie('token', '', 0, isSecure), cookie('meshery-provider', '', 0, isSecure)]);
}

function cookie(name: string, value: string, seconds: number, isSecure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${String(seconds)}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
