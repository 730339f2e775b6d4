import { MesheryError } from '@meshery/errors';
import type { FastifyRequest } from 'fastify';
import { requireSession } from './request-session.ts';

/** What only people may do: a token of a program must not make itself, or another one, live longer or do more. */
export function refuseProgram(request: FastifyRequest): void {
  if (requireSession(request).isProgram !== true) return;
  throw new MesheryError('meshery-auth-1202', 'A token of a program may not do this.', {
    probableCause: 'Tokens and sessions are made by people who are signed in.',
    remedy: 'Sign in at /provider or with "mesheryctl system login", and send the request again.',
  });
}
