import { localProviderName, tokenLifeMs } from '@meshery/security';
import type { FastifyReply } from 'fastify';

const tokenSeconds = Math.floor(tokenLifeMs / 1000);
const providerSeconds = 30 * 24 * 3600;

/** Sets the cookies of a signed-in browser: HttpOnly, SameSite=Lax, Secure when the listener speaks TLS. */
export function setSessionCookies(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.header('set-cookie', [
    cookie('token', token, tokenSeconds, isSecure),
    cookie('meshery-provider', localProviderName, providerSeconds, isSecure),
  ]);
}

/** Removes them. */
export function clearSessionCookies(reply: FastifyReply, isSecure: boolean): void {
  reply.header('set-cookie', [cookie('token', '', 0, isSecure), cookie('meshery-provider', '', 0, isSecure)]);
}

function cookie(name: string, value: string, seconds: number, isSecure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${String(seconds)}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
