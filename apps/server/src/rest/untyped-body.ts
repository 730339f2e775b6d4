import { errorCodes } from 'fastify';
import type { FastifyInstance } from 'fastify';

/** Published command lines send JSON without saying so: a body without a type is read as JSON, others as they say. */
export function readUntypedAsJson(fastify: FastifyInstance): void {
  const readJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (request.headers['content-type'] === undefined) return readJson(request, body as string, done);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
  });
}
