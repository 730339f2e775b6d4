import multipart from '@fastify/multipart';
import type { FastifyMultipartBaseOptions } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type AsyncHook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
type Hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void;

/**
 * Makes requests parse multipart forms. The parser adds its hooks to every route, and they wait: requests without a form
 * do not go through them.
 */
export function registerFormParser(fastify: FastifyInstance, options: FastifyMultipartBaseOptions): Promise<void> {
  const addHook = (name: 'onRequest' | 'onResponse', hook: AsyncHook): unknown => fastify.addHook(name, forForms(hook));
  const narrowed = Object.create(fastify, { addHook: { value: addHook } }) as FastifyInstance;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  multipart(narrowed, options, (error) => {
    if (error === undefined) resolve(undefined);
    else reject(error);
  });
  return promise;
}

function forForms(hook: AsyncHook): Hook {
  return (request, reply, done) => {
    if (!bringsForm(request)) {
      done();
      return;
    }
    hook(request, reply).then(() => {
      done();
    }, done);
  };
}

/** Broader than what the parser is chosen by, which is the same type without regard to case. */
function bringsForm({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.toLowerCase().includes('multipart/') === true;
}
