import { type ObjectState, describeDiff, diffStates, isEqual } from './object-key.ts';

const state = (name: string, change: Partial<ObjectState> = {}): ObjectState => ({
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: 'default',
  name,
  uid: `uid-${name}`,
  resourceVersion: '1',
  ...change,
});

describe('diffStates', () => {
  test('finds nothing between equal sets in another order', () => {
    expect(isEqual(diffStates([state('a'), state('b')], [state('b'), state('a')]))).toBe(true);
  });

  test.each<[string, ObjectState[], ObjectState[], RegExp]>([
    [
      'an object the store lacks',
      [state('a'), state('b')],
      [state('a')],
      /not in the store \(1\):\n {2}v1 Pod default\/b/,
    ],
    ['an object the cluster lacks', [], [state('a')], /only in the store \(1\)/],
    ['an older state', [state('a')], [state('a', { resourceVersion: '0' })], /cluster uid-a@1, store uid-a@0/],
    ['a predecessor of the same name', [state('a')], [state('a', { uid: 'old' })], /cluster uid-a@1, store old@1/],
    ['a row that is there twice', [state('a')], [state('a'), state('a')], /more than once in the store \(1\)/],
  ])('finds %s', (_, cluster, store, said) => {
    const diff = diffStates(cluster, store);
    expect(isEqual(diff)).toBe(false);
    expect(describeDiff(diff)).toMatch(said);
  });

  test('names only the first few', () => {
    const many = Array.from({ length: 100 }, (_, index) => state(`pod-${String(index)}`));
    expect(describeDiff(diffStates(many, []), 3)).toContain('.. and 97 more');
  });
});
