import { MesheryError } from '@meshery/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest, preParsingHookHandler } from 'fastify';

interface PathMethods {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** The methods of every path that is registered from now on. */
export class AllowedMethods {
  readonly #routes = new Map<string, PathMethods>();

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      const route = this.#routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      this.#routes.set(url, route);
      for (const each of [method].flat()) route.methods.add(each);
    });
  }

  /**
   * A preParsing hook for requests that no route takes: answers 405, with the methods that there are, where the path is
   * known. It comes after the hooks that look at who asks, so that nobody learns of paths who would be refused.
   */
  readonly preParsing: preParsingHookHandler = (request, reply, payload, done) => {
    const path = request.url.split(/[?#]/, 1)[0] ?? request.url;
    const found = [...this.#routes.values()].filter(({ pattern }) => pattern.test(path));
    const methods = [...new Set(found.flatMap((route) => [...route.methods]))].sort();
    if (methods.length === 0) done(null, payload);
    else done(notAllowed(request, reply, methods));
  };
}

/** `/a/:id` and `/a/*` as expressions; a parameter is at least one character and ends at a slash. */
function patternOf(url: string): RegExp {
  const literal = url.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}

function notAllowed({ method }: FastifyRequest, reply: FastifyReply, methods: readonly string[]): MesheryError {
  void reply.header('allow', methods.join(', '));
  return new MesheryError('meshery-core-1017', `There is no method ${method} at this path.`, {
    probableCause: 'The request is for something else, or for a newer version.',
    remedy: `Use one of: ${methods.join(', ')}.`,
  });
}
