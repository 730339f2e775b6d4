/** Every feature that a provider may offer, and where this one does. */
export const features = {
  'sync-prefs': '/user/preferences',
  'persist-results': '/results',
  'persist-result': '/result',
  'persist-smi-results': '/smi/results',
  'persist-metrics': '/result/metrics',
  'persist-events': '/events',
  'get-events': '/events',
  'events-summary': '/events/summary',
  'persist-smp-test-profile': '/user/test-config',
  'persist-meshery-patterns': '/patterns',
  'persist-meshery-pattern-resources': '/patterns/resource',
  'persist-meshery-filters': '/filters',
  'persist-meshery-applications': '/applications',
  'persist-performance-profiles': '/user/performance/profiles',
  'persist-schedules': '/user/schedules',
  'meshery-patterns-catalog': '/patterns/catalog',
  'meshery-filters-catalog': '/filters/catalog',
  'clone-meshery-patterns': '/patterns/clone',
  'clone-meshery-filters': '/filters/clone',
  'share-designs': '/designs/share',
  'share-filters': '/filters/share',
  'persist-connection': '/integrations/connections',
  'persist-credentials': '/integrations/credentials',
  'users-profile': '/identity/users/profile',
  'users-identity': '/identity/users',
  'users-keys': '/identity/orgs/keys',
  organizations: '/identity/orgs',
  environments: '/environments',
  workspaces: '/workspaces',
  'persist-anonymous-user': '/user/anonymous',
} as const;

/** Features with an endpoint of a form of its own; under the others are plain records. */
const ownForm: readonly string[] = [
  'sync-prefs',
  'users-profile',
  'users-identity',
  'users-keys',
  'organizations',
  'events-summary',
  'meshery-patterns-catalog',
  'meshery-filters-catalog',
  'clone-meshery-patterns',
  'clone-meshery-filters',
  'share-designs',
  'share-filters',
  'persist-anonymous-user',
];

/** Endpoints of plain records. */
export const collections: string[] = [
  ...new Set(Object.entries(features).flatMap(([feature, path]) => (ownForm.includes(feature) ? [] : [path]))),
];

/** What the provider says of itself. */
export function capabilityDocument({ url, version, hasAnonymous }: DocumentParts): object {
  return {
    providerType: 'remote',
    packageVersion: version,
    packageUrl: `${url}/package.tar`,
    providerName: 'Reference',
    providerDescription: ['Keeps what you make in memory.', 'For tests, and as a pattern for providers.'],
    providerUrl: url,
    extensions: {
      navigator: [
        {
          title: 'Reference',
          href: { uri: '/reference', external: false },
          component: 'reference.js',
          show: true,
          type: 'full_page',
        },
      ],
      userPrefs: [],
      graphql: [{ component: 'reference', path: '/graphql', type: 'graphql' }],
      account: [],
      collaborator: [],
    },
    capabilities: Object.entries(features).map(([feature, endpoint]) =>
      feature === 'persist-anonymous-user' && !hasAnonymous ? { feature } : { feature, endpoint },
    ),
    restrictedAccess: { isMesheryUiRestricted: false },
    redirects: {},
  };
}

interface DocumentParts {
  readonly url: string;
  readonly version: string;
  /** Whether people without an account are let in. */
  readonly hasAnonymous: boolean;
}
