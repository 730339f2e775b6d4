import { groupsOf } from './oidc-settings.ts';

test('groups are kept as the claim lists them, each once', () => {
  expect(groupsOf(['b', 'a', 'b', '', 7, undefined])).toEqual(['b', 'a']);
  expect(groupsOf('one')).toEqual(['one']);
  expect(groupsOf({ a: 1 })).toEqual([]);
});

test('groups are bounded in number, and a name that is too long is no group', () => {
  const many = Array.from({ length: 101 }, (_, index) => `g${String(index)}`);
  expect(groupsOf(many)).toEqual(many.slice(0, 100));
  expect(groupsOf(['x'.repeat(257), 'x'.repeat(256)])).toEqual(['x'.repeat(256)]);
});
