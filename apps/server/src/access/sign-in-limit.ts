import { toMesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { httpErrorAnswer } from '@meshery/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimit } from './rate-limit.ts';
import { sessionOf } from './request-session.ts';

const windowMs = 60_000;
/** More than programs and people need, less than a guesser or a loop that went wrong would send. */
const most = 300;

/** Routes of sign-in and tokens, limited whatever the method: patterns, since a path may be written in many ways. */
export const limitedRoutes: ReadonlySet<string> = new Set([
  '/auth/local',
  '/auth/local/code',
  '/auth/oidc',
  '/auth/oidc/callback',
  '/auth/redirect',
  '/api/identity/tokens',
  '/api/identity/tokens/:id',
  '/api/identity/users/:id/code',
  '/api/token',
  '/api/user/token',
  '/api/user/logout',
  '/api/provider',
  '/user/login',
  '/user/logout',
]);

/** Bounds how often somebody signs in or asks for tokens: by user when known, else by address. */
export class SignInLimit {
  readonly #limit: RateLimit;

  constructor(clock: Clock) {
    const message = 'Too many requests for sign-in or tokens came from you.';
    this.#limit = new RateLimit({ clock, most, windowMs, message, remedy: 'Wait a minute; keep the token you have.' });
  }

  /** Fastify's onRequest hook, after the one that finds out who asks. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (!limitedRoutes.has(request.routeOptions.url ?? '')) {
      done();
      return;
    }
    try {
      this.#limit.count(sessionOf(request)?.identity.userId ?? request.socket.remoteAddress ?? '');
    } catch (error) {
      const { status, body } = httpErrorAnswer(toMesheryError(error), request.id);
      void reply
        .code(status)
        .header('retry-after', windowMs / 1000)
        .send(body);
      return;
    }
    done();
  };
}
