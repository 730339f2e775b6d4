import { isTooOld, oldestPeerVersion } from './peer-version.ts';

test.each(['0.0.9', 'v0.0.99', '0.0.9-rc.1', '0.0.9+build'])('%s is too old', (version) => {
  expect(isTooOld(version)).toBe(true);
});

test.each([oldestPeerVersion, `v${oldestPeerVersion}`, '0.1.1', '0.2.0', '0.10.0', '1.0.0', '99.0.0-rc.1'])(
  '%s is not',
  (version) => {
    expect(isTooOld(version)).toBe(false);
  },
);

test.each(['', 'edge', 'test', 'published', '0.0', '0.0.9.9', `0.0.${'9'.repeat(400)}`])(
  'what is no version of a release is not judged: %s',
  (version) => {
    expect(isTooOld(version)).toBe(false);
  },
);
