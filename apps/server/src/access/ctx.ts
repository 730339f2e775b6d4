import type { Logger } from '@meshery/observability';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpContext } from './http-context.ts';

const loggers = new WeakMap<FastifyInstance, Logger>();

/** Makes a server's logger known to `Ctx`. */
export function provideLogger(fastify: FastifyInstance, logger: Logger): void {
  loggers.set(fastify, logger);
}

/** The `RequestContext` of a signed-in request, as a parameter of a handler. */
export const Ctx = createParamDecorator((_: unknown, host: ExecutionContext) => {
  const http = host.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const logger = loggers.get(request.server);
  if (logger === undefined) throw new TypeError('the server has no logger');
  return httpContext({ request, reply: http.getResponse<FastifyReply>() }, logger);
});
