import { cookieValue } from '@meshery/security';
import type { FastifyReply, FastifyRequest } from 'fastify';

const name = 'meshery-return';
/** Only sign-in reads it, so nothing else is sent it. */
const path = '/auth';
const seconds = 15 * 60;
const longest = 2048;
/** One slash and no second one, then visible ASCII without the backslash, which browsers take for a slash. */
const ownPath = /^\/(?!\/)[!-[\]-~]*$/;

/** The path when it is one of this very origin, as a redirect may name it; undefined for everything else. */
export function safeTarget(target: unknown): string | undefined {
  return typeof target === 'string' && target.length <= longest && ownPath.test(target) ? target : undefined;
}

/**
 * Keeps in the browser where to go after sign-in, for 15 minutes: a cookie, because the link that signs in is mostly
 * opened from a terminal and knows nothing of the page that was asked for. An unsafe target counts as the start page.
 */
export function rememberTarget(request: FastifyRequest, reply: FastifyReply, target: unknown): void {
  reply.header('set-cookie', cookie(request, encodeURIComponent(safeTarget(target) ?? '/'), seconds));
}

/** Where to go now that somebody is signed in: what the form asks for, else what was kept, which is forgotten. */
export function takeTarget(request: FastifyRequest, reply: FastifyReply, asked: unknown): string {
  const kept = cookieValue(request.headers.cookie, name);
  if (kept !== undefined) reply.header('set-cookie', cookie(request, '', 0));
  return safeTarget(asked) ?? safeTarget(decoded(kept ?? '')) ?? '/';
}

function cookie(request: FastifyRequest, value: string, maxAge: number): string {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; Max-Age=${String(maxAge)}; HttpOnly; SameSite=Lax${secure}`;
}

/** Anybody can send any cookie: what does not decode counts as absent. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
