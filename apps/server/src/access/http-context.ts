import { MesheryError } from '@meshery/errors';
import type { Identity, Logger, RequestContext } from '@meshery/observability';
import type { Session } from '@meshery/security';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireSession } from './request-session.ts';

/** How long a request may take unless its handler streams. */
const deadlineMs = 30_000;

/**
 * The context of one HTTP request. Logger and signal are made when they are first asked for: most requests need
 * neither, and both cost more than the look-up that they would guard.
 */
class HttpContext implements RequestContext {
  readonly user: Identity;
  readonly tenant = 'default';
  readonly requestId: string;
  readonly permission: string | undefined;
  readonly #parts: { readonly reply: FastifyReply; readonly logger: Logger; readonly timeoutMs: number | undefined };
  #signal: AbortSignal | undefined;
  #logger: Logger | undefined;

  constructor(
    { identity, permission }: Session,
    requestId: string,
    parts: { reply: FastifyReply; logger: Logger; timeoutMs: number | undefined },
  ) {
    this.user = identity;
    this.permission = permission;
    this.requestId = requestId;
    this.#parts = parts;
  }

  get logger(): Logger {
    this.#logger ??= this.#parts.logger.child({ requestId: this.requestId, userId: this.user.userId });
    return this.#logger;
  }

  get signal(): AbortSignal {
    this.#signal ??= this.#makeSignal();
    return this.#signal;
  }

  #makeSignal(): AbortSignal {
    const { reply, timeoutMs } = this.#parts;
    const controller = new AbortController();
    const left = (): void => {
      controller.abort(new MesheryError('meshery-core-1004', 'The client left.'));
    };
    if (reply.raw.destroyed) left();
    reply.raw.once('close', left);
    return timeoutMs === undefined
      ? controller.signal
      : AbortSignal.any([controller.signal, AbortSignal.timeout(timeoutMs)]);
  }
}

/** What a context is made from. */
export interface HttpExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The context of a signed-in request. Throws `meshery-auth-1200` without identity. */
export function httpContext(exchange: HttpExchange, logger: Logger): RequestContext {
  const { request, reply } = exchange;
  return new HttpContext(requireSession(request), request.id, { reply, logger, timeoutMs: deadlineMs });
}

/** The same without a deadline, for answers that stream as long as the client reads. */
export function streamContext(exchange: HttpExchange, logger: Logger): RequestContext {
  const { request, reply } = exchange;
  return new HttpContext(requireSession(request), request.id, { reply, logger, timeoutMs: undefined });
}
