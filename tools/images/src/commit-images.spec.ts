import { hasEveryPackage } from './commit-images.ts';

const older = {
  packages: {
    '': { version: '0.1.0' },
    'libs/store': { version: '0.1.0' },
    'node_modules/@meshery/store': { link: true },
    'node_modules/pg': { version: '8.0.0' },
    'apps/server/node_modules/pg': { version: '7.0.0' },
  },
};

test.each([
  ['the same lock', {}, true],
  ['a lock with one package more', { 'node_modules/new': { version: '1.0.0' } }, true],
  ['a lock with another version of the repository itself', { '': { version: '0.2.0' } }, true],
  ['a lock with another version of a package', { 'node_modules/pg': { version: '8.0.1' } }, false],
  ['a lock with another version in an inner folder', { 'apps/server/node_modules/pg': { version: '7.0.1' } }, false],
  ['a lock without one of the packages', { 'node_modules/pg': undefined }, false],
])('the packages of %s serve for an older commit: %s', (_what, over, serves) => {
  const packages: Record<string, { version?: string; link?: boolean } | undefined> = { ...older.packages, ...over };
  const ours = Object.fromEntries(Object.entries(packages).flatMap(([path, entry]) => (entry ? [[path, entry]] : [])));
  expect(hasEveryPackage({ packages: ours }, older)).toBe(serves);
});
