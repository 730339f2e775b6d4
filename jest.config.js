import preset from './jest.preset.js';

// As the store sets it: a test has an environment of its own, which SQLite does not see.
process.env.SQLITE_USE_URI = '1';

/** MESHERY_TEST_SIZE selects small (default), medium, e2e or cluster; naming a file on the command line finds it in any size. */
const size = process.env.MESHERY_TEST_SIZE ?? 'all';
const mostlyWaiting = '{broker,clusters,compose,faults,install,manifests,operator,upgrades}';
const patterns = {
  small: ['**/?(*.)spec.ts', '!**/*.{medium,parity,cluster}.spec.ts', '!**/e2e/**'],
  medium: ['**/*.{medium,parity}.spec.ts'],
  e2e: ['<rootDir>/e2e/**/*.e2e-spec.ts', `!**/e2e/${mostlyWaiting}/**`],
  cluster: ['**/*.cluster.spec.ts', `<rootDir>/e2e/${mostlyWaiting}/**/*.e2e-spec.ts`],
  all: ['**/*.spec.ts', '<rootDir>/e2e/**/*.e2e-spec.ts'],
};

export default {
  ...preset,
  testMatch: patterns[size],
  testSequencer: '<rootDir>/tools/test/src/longest-first.ts',
  // Longer than its waits together, whose messages say what did not happen.
  testTimeout: 300_000,
};
