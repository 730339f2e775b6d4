import { HeapTrimmer } from './heap-trimmer.ts';

/** The steps (megabytes outside the heap, and of the heap) at which garbage is collected. */
function collected(steps: readonly (readonly [external: number, heapTotal: number])[]): readonly number[] {
  const done: number[] = [];
  let step = -1;
  let now = { external: 0, heapTotal: 0 };
  const trimmer = new HeapTrimmer({
    usage: () => now,
    collect: () => {
      done.push(step);
      now = { ...now, external: 5e6 };
    },
  });
  for (const [external, heapTotal] of steps) {
    step += 1;
    now = { external: external * 1e6, heapTotal: heapTotal * 1e6 };
    trimmer.look();
  }
  return done;
}

test('garbage is collected when there is much of it, and once more when a burst is over', () => {
  expect(
    collected([
      [10, 20],
      [40, 60],
      [80, 60],
      [20, 60],
      [20, 60],
      [20, 21],
      [20, 21],
    ]),
  ).toEqual([2, 4]);
});

test('a heap that hardly grew, or was collected just now, is left alone', () => {
  expect(
    collected([
      [8, 40],
      [8, 40],
      [8, 25],
      [8, 30],
      [8, 31],
      [8, 90],
    ]),
  ).toEqual([1]);
});
