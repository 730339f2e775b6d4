/** Rules about imports inside projects, which project tags cannot see. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'edges-only-translate',
      comment: 'A controller, resolver, gRPC handler or subscriber calls a use case, never a repository.',
      severity: 'error',
      from: { path: '\\.(controller|resolver|grpc|subscriber)\\.ts$' },
      to: { path: '\\.repository\\.ts$' },
    },
    {
      name: 'nothing-imports-main',
      comment: 'main.ts starts a process when it is loaded.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)src/main\\.ts$' },
    },
    {
      name: 'apps-stay-apart',
      comment: 'What two apps need is a library.',
      severity: 'error',
      from: { path: '^apps/(?!adapters/)([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-tests-in-production',
      comment: 'Test helpers are imported by tests only.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: '\\.(spec|e2e-spec)\\.tsx?$|/(test|testing|fixtures|test-fixtures)/|^libs/testing/',
      },
      to: { path: '\\.(spec|e2e-spec)\\.tsx?$|^libs/testing/' },
    },
    {
      name: 'resolvable',
      comment: 'Every import must lead somewhere.',
      severity: 'error',
      from: { pathNot: '^apps/(dashboard|provider-ui)/' },
      to: { couldNotResolve: true, pathNot: '^(next|node:)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|out|\\.next|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
