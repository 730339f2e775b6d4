/**
 * Which project may import which, in two dimensions (`nx.tags` of each package.json): what kind of project it is, and
 * whose it is. A project needs a permission in both.
 */
const types = {
  'type:app': ['contract', 'domain', 'util', 'platform'],
  'type:platform': ['contract', 'domain', 'util', 'platform'],
  'type:domain': ['contract', 'domain', 'util'],
  'type:contract': ['contract'],
  'type:util': ['contract', 'util'],
  'type:testing': ['contract', 'domain', 'util', 'platform', 'testing'],
};

const scopes = ['server', 'adapters', 'operator', 'meshsync', 'bridge', 'cli', 'dashboard', 'provider-ui'];

/** Options of `@nx/enforce-module-boundaries`. */
export const boundaryOptions = {
  enforceBuildableLibDependency: false,
  allowCircularSelfDependency: false,
  banTransitiveDependencies: false,
  // Loading one part of a library lazily (libs/kube/exec) says nothing about its other parts.
  checkDynamicDependenciesExceptions: ['.*'],
  allow: [],
  depConstraints: [
    ...Object.entries(types).map(([sourceTag, targets]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: targets.map((target) => `type:${target}`),
    })),
    ...scopes.map((scope) => ({
      sourceTag: `scope:${scope}`,
      onlyDependOnLibsWithTags: [`scope:${scope}`, 'scope:shared'],
    })),
    { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
    {
      sourceTag: 'scope:dashboard',
      onlyDependOnLibsWithTags: ['type:contract', 'type:domain', 'type:util'],
    },
  ],
};
