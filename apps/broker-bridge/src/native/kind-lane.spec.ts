import type { LaneItem } from './kind-lane.ts';
import { KindLane } from './kind-lane.ts';

const item = (sequence: number): LaneItem => ({
  head: { sequence } as LaneItem['head'],
  parts: [],
  data: new Uint8Array(),
});
const sequences = (items: readonly LaneItem[]): number[] => items.map(({ head }) => head.sequence);

test('what came too early goes in order once its predecessor is committed', () => {
  const lane = new KindLane();
  lane.committed(1);
  for (const sequence of [5, 3, 4, 7]) expect(lane.gap(item(sequence), 100).push).toEqual([]);
  expect(lane.gapSince).toBe(100);
  const decision = lane.committed(2);
  expect(sequences(decision.push)).toEqual([3, 4, 5]);
  expect(lane.held).toBe(1);
});

test('a snapshot beginning settles what is older', () => {
  const lane = new KindLane();
  for (const sequence of [3, 4, 9]) lane.gap(item(sequence), 0);
  const decision = lane.committed(8);
  expect([sequences(decision.done), sequences(decision.push)]).toEqual([[3, 4], [9]]);
  expect(lane.gapSince).toBeUndefined();
});

test('a batch whose predecessor was committed meanwhile goes at once', () => {
  const lane = new KindLane();
  lane.committed(4);
  expect(sequences(lane.gap(item(5), 0).push)).toEqual([5]);
});

test('a redelivered batch takes the place of the held one', () => {
  const lane = new KindLane();
  const [first, again] = [item(3), item(3)];
  lane.gap(first, 0);
  expect(lane.gap(again, 1).done).toEqual([first]);
  expect(lane.held).toBe(1);
});

test('giving up settles everything held', () => {
  const lane = new KindLane();
  for (const sequence of [3, 4]) lane.gap(item(sequence), 0);
  expect(sequences(lane.giveUp().done)).toEqual([3, 4]);
  expect([lane.held, lane.gapSince]).toEqual([0, undefined]);
});
