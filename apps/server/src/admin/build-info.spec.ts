import { releaseFacts } from './build-info.ts';

describe('releases', () => {
  test('nothing is known unless told', () => {
    expect(releaseFacts('v1.2.3', undefined)).toEqual({ latest: 'unknown', outdated: false });
  });

  test.each([
    ['v1.2.3', 'v1.2.4', true],
    ['v1.2.3', '1.10.0', true],
    ['v1.2.3', 'v1.2.3', false],
    ['v1.10.0', 'v1.9.9', false],
    ['v1.2.3-rc.1', 'v1.2.3', true],
    ['v1.2.3', 'v1.2.3-rc.1', false],
    ['v1.2.3-rc.2', 'v1.2.3-rc.10', true],
  ])('%s beside %s is outdated: %s', (version, latest, outdated) => {
    expect(releaseFacts(version, latest)).toEqual({ latest: latest.replace(/^v?/, 'v'), outdated });
  });
});
