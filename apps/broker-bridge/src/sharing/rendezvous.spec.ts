import { assign, shardOf } from './rendezvous.ts';

const shards = 12;

function counts(assigned: readonly string[]): readonly number[] {
  const members = [...new Set(assigned)];
  return members.map((member) => assigned.filter((other) => other === member).length).sort((a, b) => a - b);
}

test.each([
  [['a'], [12]],
  [
    ['a', 'b'],
    [6, 6],
  ],
  [
    ['a', 'b', 'c'],
    [4, 4, 4],
  ],
  [
    ['a', 'b', 'c', 'd', 'e'],
    [2, 2, 2, 3, 3],
  ],
])('shares of %j are even', (members, expected) => {
  expect(counts(assign(shards, members))).toEqual(expected);
});

test('a member that goes leaves most of what the others have where it is', () => {
  const before = assign(shards, ['a', 'b', 'c']);
  const after = assign(shards, ['a', 'c']);
  const moved = before.filter((member, shard) => member !== 'b' && after[shard] !== member);
  expect(moved.length).toBeLessThanOrEqual(3);
});

test('identities are spread over all shards', () => {
  const hit = new Set(Array.from({ length: 500 }, (_, index) => shardOf(`cluster-${index}/meshery/broker`, shards)));
  expect(hit.size).toBe(shards);
});
