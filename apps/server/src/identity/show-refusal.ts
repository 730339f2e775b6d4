import { toMesheryError } from '@meshery/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberTarget } from '../access/return-target.ts';

/**
 * Leads a browser whose sign-in failed to the sign-in page, which says why, and keeps where it wanted to go (`next`).
 * For a program the error is thrown again.
 */
export function showRefusal(request: FastifyRequest, reply: FastifyReply, error: unknown, next?: unknown): void {
  if (request.headers.accept?.includes('text/html') !== true) throw error;
  if (next !== undefined) rememberTarget(request, reply, next);
  void reply
    .code(302)
    .header('location', `/provider?error=${toMesheryError(error).code}`)
    .send();
}
