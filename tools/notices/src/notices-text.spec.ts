import { noticesText } from './notices-text.ts';

const lock = {
  packages: {
    '': { version: '1.0.0' },
    'libs/errors': { version: '1.0.0' },
    'node_modules/@meshery/errors': { link: true },
    'node_modules/zebra': { version: '2.0.0', license: 'MIT' },
    'node_modules/a/node_modules/beta': { version: '1.0.0' },
    'node_modules/tester': { version: '1.0.0', license: 'GPL-3.0', dev: true },
  },
};

describe('noticesText', () => {
  test('lists what ships, sorted, with the license of the manifest where the lock has none', () => {
    const rows = noticesText(lock, () => '(MIT OR GPL-2.0)')
      .split('\n')
      .filter((line) => /\d\.\d/.test(line));
    expect(rows).toEqual(['| beta | 1.0.0 | (MIT OR GPL-2.0) |', '| zebra | 2.0.0 | MIT |']);
  });

  test.each(['GPL-3.0', 'MIT AND GPL-3.0', undefined])('refuses a package with the license %s', (license) => {
    expect(() => noticesText(lock, () => license)).toThrow(/beta has the license/);
  });
});
