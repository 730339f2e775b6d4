/** Routes of published clients that belong together and that this version only knows by name. */
export interface LaterFeature {
  readonly tag: string;
  /** What cannot be done, for people: "Designs cannot be ... yet." */
  readonly what: string;
  readonly instead: string;
  /** `METHOD /path` as it is registered. */
  readonly routes: readonly string[];
}

const registry = ['/api/registry', '/api/meshmodels'].flatMap((base) => [
  `DELETE ${base}/models/:model`,
  `POST ${base}/components`,
  `POST ${base}/relationships`,
  `POST ${base}/relationships/evaluate`,
  `POST ${base}/register`,
  `POST ${base}/generate`,
  `GET ${base}/export`,
  `POST ${base}/validate`,
  `POST ${base}/:entityType/status`,
]);

const profiles = ['/api/performance/profiles', '/api/user/performance/profiles'].flatMap((base) => [
  `GET ${base}`,
  `POST ${base}`,
  `GET ${base}/:id`,
  `DELETE ${base}/:id`,
  `GET ${base}/:id/results`,
]);

const designs: LaterFeature = {
  tag: 'Designs',
  what: 'Designs cannot be kept, shared or deployed yet.',
  instead: 'GET /api/workspaces/{id}/designs and GraphQL fetchPatterns read those that there are.',
  routes: [
    'GET /api/pattern',
    'POST /api/pattern',
    'POST /api/pattern/import',
    'POST /api/pattern/deploy',
    'DELETE /api/pattern/deploy',
    'POST /api/pattern/:id',
    'PUT /api/pattern/:id',
    'GET /api/pattern/types',
    'GET /api/pattern/catalog',
    'POST /api/pattern/catalog/publish',
    'DELETE /api/pattern/catalog/unpublish',
    'GET /api/pattern/:id',
    'DELETE /api/pattern/:id',
    'POST /api/pattern/clone/:id',
    'GET /api/pattern/download/:id',
    'GET /api/pattern/download/:id/:sourcetype',
    'POST /api/patterns/delete',
    'POST /api/content/design/share',
  ],
};

const definitions: LaterFeature = {
  tag: 'Changing the registry',
  what: 'Models and what is in them cannot be changed, exported or evaluated by clients yet.',
  instead: 'POST /api/system/kubernetes/register fills it with what a cluster defines.',
  routes: [...registry, 'POST /api/meshmodel/components/register'],
};

const filters: LaterFeature = {
  tag: 'Filters',
  what: 'Filters cannot be kept, shared or deployed yet.',
  instead: 'GraphQL fetchFilterCatalogContent reads those that are published.',
  routes: [
    'GET /api/filter',
    'POST /api/filter',
    'POST /api/filter/deploy',
    'DELETE /api/filter/deploy',
    'GET /api/filter/catalog',
    'POST /api/filter/catalog/publish',
    'DELETE /api/filter/catalog/unpublish',
    'GET /api/filter/:id',
    'DELETE /api/filter/:id',
    'GET /api/filter/download/:id',
    'POST /api/filter/clone/:id',
    'POST /api/content/filter/share',
  ],
};

const loadTests: LaterFeature = {
  tag: 'Load tests',
  what: 'Load tests cannot be kept, run or scheduled yet.',
  instead: 'GraphQL getPerformanceProfiles and fetchAllResults read those that there are.',
  routes: [
    ...profiles,
    'GET /api/performance/results',
    'GET /api/user/performance/profiles/results',
    'GET /api/user/performance/profiles/:id/run',
    'GET /api/perf/profile',
    'POST /api/perf/profile',
    'GET /api/perf/profile/result',
    'GET /api/perf/profile/result/:id',
    'GET /api/user/schedules',
    'POST /api/user/schedules',
    'GET /api/user/schedules/:id',
    'DELETE /api/user/schedules/:id',
    'GET /api/smi/results',
    'GET /api/smi/results/:id',
  ],
};

/** All of them. What is built goes from here to a folder of its own. */
export const laterFeatures: readonly LaterFeature[] = [designs, definitions, filters, loadTests];

const byRoute = new Map(laterFeatures.flatMap((feature) => feature.routes.map((route) => [route, feature] as const)));

/** The paths of a method. */
export function laterPaths(method: string): string[] {
  return [...byRoute.keys()].flatMap((route) => (route.startsWith(`${method} `) ? route.slice(method.length + 1) : []));
}

/** What a route belongs to; undefined for one that is there. */
export function laterFeature(method: string, path: string): LaterFeature | undefined {
  return byRoute.get(`${method} ${path}`);
}
