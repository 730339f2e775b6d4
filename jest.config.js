import preset from './jest.preset.js';

// As the store sets it: a test has an environment of its own, which SQLite does not see.
process.env.SQLITE_USE_URI = '1';

/** MESHERY_TEST_SIZE selects small (default), medium or e2e; naming a file on the command line finds it in any size. */
const size = process.env.MESHERY_TEST_SIZE ?? 'all';
const inClusters = '{broker,clusters,install,manifests,operator,upgrades}';
const patterns = {
  small: ['**/?(*.)spec.ts', '!**/*.medium.spec.ts', '!**/e2e/**'],
  medium: ['**/*.medium.spec.ts'],
  e2e: ['<rootDir>/e2e/**/*.e2e-spec.ts', `!**/e2e/${inClusters}/**`],
  cluster: [`<rootDir>/e2e/${inClusters}/**/*.e2e-spec.ts`],
  all: ['**/*.spec.ts', '<rootDir>/e2e/**/*.e2e-spec.ts'],
};

export default {
  ...preset,
  testMatch: patterns[size],
  testTimeout: size === 'small' ? 10_000 : 120_000,
};
