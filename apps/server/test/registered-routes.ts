import type { FastifyInstance } from 'fastify';

/** A method and the pattern that it is registered with. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** Every route of the running router, from its own print-out. */
export function routesOf(fastify: FastifyInstance): Route[] {
  const stack: string[] = [];
  const routes: Route[] = [];
  for (const line of fastify.printRoutes().split('\n')) {
    const match = /^([\s│]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) continue;
    const depth = (match[1] ?? '').length / 4;
    stack.length = depth;
    // Parameters of one place that have several names are printed together.
    stack[depth] = (match[2] ?? '').replaceAll(/(:\w+)(?:\|:\w+)+/g, '$1');
    const path = stack.join('');
    for (const method of match[3]?.split(', ') ?? []) routes.push({ method, path });
  }
  return routes;
}
