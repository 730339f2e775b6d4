/** HTTP methods as the router names them. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** One public route: what it is and why it needs no identity. */
export interface PublicRoute {
  readonly methods: readonly HttpMethod[];
  /** Pattern exactly as registered with the router. */
  readonly path: string;
  readonly reason: string;
  /** `loopback`: public only for a program on this machine that connects directly; an identity is needed otherwise. */
  readonly onlyFrom?: 'loopback';
}

/**
 * Everything that answers without an identity. A route that is not here is refused, and a test that enumerates the
 * running server's routes, GraphQL fields and gRPC methods fails when one answers an anonymous caller all the same.
 * No GraphQL field is public; `publicMethods` has the gRPC methods.
 */
export const publicRoutes: readonly PublicRoute[] = [
  { methods: ['GET', 'HEAD'], path: '/healthz/live', reason: 'liveness probe; says nothing about content' },
  { methods: ['GET', 'HEAD'], path: '/healthz/ready', reason: 'readiness probe; says nothing about content' },
  { methods: ['GET', 'HEAD'], path: '/api/system/version', reason: 'published clients ask it before sign-in' },
  { methods: ['GET', 'HEAD'], path: '/api/providers', reason: 'published clients choose a provider before sign-in' },
  { methods: ['GET', 'HEAD'], path: '/api/token', reason: 'token exchange; decides by its own rules' },
  { methods: ['GET', 'HEAD', 'POST'], path: '/auth/local', reason: 'sign-in with a one-time code' },
  { methods: ['GET', 'HEAD'], path: '/provider', reason: 'sign-in page' },
  { methods: ['GET', 'HEAD'], path: '/provider/*', reason: 'sign-in page' },
  { methods: ['GET', 'HEAD'], path: '/_next/*', reason: 'static assets of the dashboard, the same for everyone' },
  { methods: ['GET', 'HEAD'], path: '/favicon.ico', reason: 'static asset' },
  { methods: ['GET', 'HEAD'], path: '/provider/favicon.ico', reason: 'static asset' },
  { methods: ['GET', 'HEAD'], path: '/provider/_next/*', reason: 'static assets of the sign-in page' },
  { methods: ['GET', 'HEAD'], path: '/auth/login', reason: 'sign-in page under its older path' },
  { methods: ['GET', 'HEAD'], path: '/auth/redirect', reason: 'sign-in with a token; verifies it first' },
  { methods: ['GET', 'HEAD'], path: '/user/login', reason: 'leads to the sign-in of the chosen provider' },
  { methods: ['GET', 'HEAD'], path: '/user/logout', reason: 'leads to the sign-in page, with or without a session' },
  { methods: ['GET', 'HEAD', 'POST'], path: '/api/user/token', reason: 'end of a sign-in; decides by its own rules' },
  { methods: ['GET', 'HEAD', 'POST'], path: '/api/provider', reason: 'choice of the provider before sign-in' },
  { methods: ['GET', 'HEAD'], path: '/api/providers/stream', reason: 'state of the providers before sign-in' },
  {
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    path: '/error',
    reason: 'where clients are sent when something went wrong; the same for everyone',
  },
  {
    methods: ['GET', 'HEAD'],
    path: '/ui/public/static/img/meshmodels/*',
    reason: 'images of models; the same for everyone',
  },
  { methods: ['GET', 'HEAD'], path: '/auth/oidc', reason: 'leads to the sign-in of the OpenID Connect issuer' },
  { methods: ['GET', 'HEAD'], path: '/auth/oidc/callback', reason: 'end of a sign-in; decides by its own rules' },
  {
    methods: ['GET', 'HEAD'],
    path: '/api/system/availableAdapters',
    reason: 'names of adapters; the same for everyone',
  },
  { methods: ['GET', 'HEAD'], path: '/metrics', reason: 'a scraper on this machine', onlyFrom: 'loopback' },
];

/** Every gRPC method that answers without an identity, by its path. */
export const publicMethods: ReadonlySet<string> = new Set([
  // Probes; they say nothing about content.
  '/grpc.health.v1.Health/Check',
  '/grpc.health.v1.Health/Watch',
]);

/** Looks routes up in a table of public ones. */
export class AccessTable {
  readonly #public: ReadonlyMap<string, PublicRoute>;

  constructor(routes: readonly PublicRoute[] = publicRoutes) {
    const keyed = routes.flatMap((route) => route.methods.map((method) => [`${method} ${route.path}`, route] as const));
    this.#public = new Map(keyed);
  }

  /** The rule that makes a route pattern public; undefined when it is not, as for an unknown route. */
  rule(method: string, pattern: string | undefined): PublicRoute | undefined {
    return pattern === undefined ? undefined : this.#public.get(`${method} ${pattern}`);
  }
}
