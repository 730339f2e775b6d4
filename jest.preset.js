/** Shared Jest settings: native ESM, TypeScript through swc, real timers. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  modulePathIgnorePatterns: ['/dist/', '/.next/', '/out/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fixtures/'],
};
