import { hasRight } from './rights.ts';

test.each([
  [['viewer'], [true, false, false]],
  [['editor'], [true, true, false]],
  [['admin'], [true, true, true]],
  [
    ['viewer', 'editor'],
    [true, true, false],
  ],
  [
    ['constructor', '__proto__', 'owner', ''],
    [false, false, false],
  ],
  [[], [false, false, false]],
])('roles %j may read, write, administer: %j', (roles, may) => {
  expect((['read', 'write', 'administer'] as const).map((right) => hasRight(roles, right))).toEqual(may);
});
