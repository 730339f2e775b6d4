import type { Session } from '@meshery/security';
import type { FastifyRequest } from 'fastify';
import { noIdentity } from '@meshery/security';

const sessions = Symbol('meshery.session');

interface WithSession {
  [sessions]?: Session;
}

/** Remembers who asks; called once per request by the access gate. */
export function attachSession(request: FastifyRequest, session: Session): void {
  (request as WithSession)[sessions] = session;
}

/** Who asks; undefined on a public route without a token. */
export function sessionOf(request: FastifyRequest): Session | undefined {
  return (request as WithSession)[sessions];
}

/** Who asks. Throws `meshery-auth-1200` when nobody is known. */
export function requireSession(request: FastifyRequest): Session {
  const session = sessionOf(request);
  if (session === undefined) throw noIdentity();
  return session;
}
