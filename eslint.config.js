import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundaryOptions } from './tools/eslint-rules/boundaries.mjs';
import { plugin as meshery } from './tools/eslint-rules/index.js';
import { ensureProjectGraph } from './tools/eslint-rules/project-graph.mjs';

await ensureProjectGraph();

const specs = [
  '**/*.spec.ts',
  '**/*.spec.tsx',
  '**/*.e2e-spec.ts',
  'e2e/**',
  '**/testing/**',
  '**/test/**',
  'libs/testing/**',
];
const scripts = ['tools/**', '**/*.config.{js,mjs,ts}', 'jest.*.js'];

const bannedImports = {
  clientNode: {
    group: ['@kubernetes/client-node', '@kubernetes/client-node/*'],
    message: 'It costs 50 MB of memory: use libs/kube; only libs/kube/src/exec may load it.',
  },
  internals: { group: ['@meshery/*/src', '@meshery/*/src/**'], message: 'Import the library by its public name.' },
  frameworks: {
    group: ['@nestjs/*', '@kubernetes/*', 'fastify'],
    message: 'Contracts and domain code know no framework.',
  },
};

function restrictImports(...patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] };
}

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only config.ts reads the environment: take the value as an argument.',
};
const enums = { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' };
const defaults = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/out/**',
      '**/.next/**',
      '**/.nx/**',
      '**/coverage/**',
      '**/generated/**',
      '**/next-env.d.ts',
      'tools/eslint-rules/fixtures/**',
      'tools/setup/go/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/naming-convention': ['error', { selector: 'typeLike', format: ['PascalCase'] }],
      // Arrow functions that pass a call on are the shortest honest form of an event handler.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Nest declares some option types as classes; they are meant to be object literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // It takes `ReturnType<typeof Promise.withResolvers<void>>` for a misuse.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // graphql and pg declare enums whose values are the published strings and numbers; ours are unions.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Modules of Nest are classes whose decorator is their content.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Ten branches; ESLint counts `??`, `?.` and default values as well, which hardly branch for a reader.
      complexity: ['error', 14],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'max-statements': ['error', 20],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', environment, enums, defaults],
      ...restrictImports(bannedImports.clientNode, bannedImports.internals),
    },
  },
  {
    plugins: { meshery },
    files: ['**/*.{js,mjs,ts,tsx,mts}'],
    rules: { 'meshery/kebab-filename': 'error' },
  },
  { files: ['libs/**/*.ts'], ignores: specs, rules: { 'meshery/documented-exports': 'error' } },
  {
    files: ['libs/{contracts,object-model,errors,client}/**/*.ts'],
    ignores: ['libs/contracts/src/grpc/**'],
    rules: restrictImports(bannedImports.clientNode, bannedImports.internals, bannedImports.frameworks),
  },
  { files: ['libs/kube/src/exec/**/*.ts'], rules: restrictImports(bannedImports.internals) },
  // An import that only decorator metadata needs looks like a type.
  {
    files: ['apps/{server,broker-bridge,meshsync,remote-provider}/**/*.ts', 'libs/service/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  { files: ['**/config.ts'], rules: { 'no-restricted-syntax': ['error', enums, defaults] } },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['tools/**', 'e2e/**', ...specs],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', boundaryOptions] },
  },
  {
    // Nest injects through constructors and factories: six dependencies there, four parameters elsewhere.
    files: ['apps/**/*.{controller,resolver,module,handler,grpc}.ts'],
    rules: { 'max-params': ['error', 6] },
  },
  {
    files: scripts,
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', enums] },
  },
  {
    files: specs,
    rules: {
      'no-restricted-syntax': ['error', enums],
      'no-console': 'off',
      'max-lines-per-function': 'off',
      'max-statements': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      // Jest's asymmetric matchers are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Callbacks that run in the page use the DOM, whose types a Node program does not load. Tests of the REST surface
    // look into answers as a client without types does.
    files: ['e2e/dashboard/**/*.ts', 'apps/server/test/*.parity.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // A contract suite is one list of cases.
  {
    files: ['**/*.contract.ts'],
    rules: { 'max-lines': ['error', { max: 700, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['apps/dashboard/**/*.{ts,tsx}', 'apps/provider-ui/**/*.{ts,tsx}'],
    rules: {
      // Next.js asks for default exports of pages; what a component or hook returns is said by its name; markup is
      // long without being complex.
      'no-restricted-syntax': ['error', enums],
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
    },
  },
);
