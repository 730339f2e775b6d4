import type { FastifyRequest } from 'fastify';
import { safeTarget } from '../access/return-target.ts';

/**
 * Where to go after sign-in: parameter `ref`, the base64url of an address, as published clients send it. Only a path
 * of this very server counts; anything else is the start page.
 */
export function targetOfReference(request: FastifyRequest): string {
  const { ref } = request.query as { ref?: unknown };
  if (typeof ref !== 'string' || !/^[\w+/=-]{1,4096}$/.test(ref)) return '/';
  const text = Buffer.from(ref, 'base64url').toString('utf8');
  const own = `${request.protocol}://${request.host}/`;
  return safeTarget(text.startsWith(own) ? text.slice(own.length - 1) : text) ?? '/';
}
