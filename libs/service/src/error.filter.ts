import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@meshery/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpErrorAnswer } from './error-body.ts';

/** Clients that know more than this version are no fault of it. */
const notYet = 501;

/**
 * The one exception filter: every error of every HTTP route becomes the published JSON body with its status. Without
 * `@Catch` it catches everything. Errors of other transports (GraphQL) are handed back to the transport.
 */
export class ErrorFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  catch(thrown: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() !== 'http') return thrown;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    this.answer(thrown, request, http.getResponse<FastifyReply>());
    return undefined;
  }

  /** The same for errors before and beside handlers, such as a body that cannot be read. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, body } = httpErrorAnswer(thrown, request.id);
    const fields = { requestId: request.id, code: body.code, status, method: request.method, err: thrown };
    if (status === notYet) this.#logger.info({ ...fields, err: undefined }, 'request for what is not there yet');
    else if (status >= 500) this.#logger.error(fields, 'request failed');
    else this.#logger.debug(fields, 'request refused');
    if (reply.sent || reply.raw.headersSent) {
      // The answer is half way out (a stream): cutting it is the only way to tell the client that it is not whole.
      reply.raw.destroy();
      return;
    }
    void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
  }
}
