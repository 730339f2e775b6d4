import { HeapTrimmer } from './heap-trimmer.ts';

function trimmed(steps: readonly (readonly [external: number, heapTotal: number])[]): readonly string[] {
  const done: string[] = [];
  let now = { external: 0, heapTotal: 0 };
  const trimmer = new HeapTrimmer({
    usage: () => now,
    collect: (how) => {
      done.push(how);
      now = { external: 5e6, heapTotal: how === 'trim' ? 20e6 : now.heapTotal };
    },
  });
  for (const [external, heapTotal] of steps) {
    now = { external: external * 1e6, heapTotal: heapTotal * 1e6 };
    trimmer.look();
  }
  return done;
}

test('garbage is collected when there is much of it, and the heap is trimmed when a burst is over', () => {
  expect(
    trimmed([
      [10, 20],
      [40, 60],
      [80, 60],
      [20, 60],
      [20, 60],
      [20, 21],
      [20, 21],
    ]),
  ).toEqual(['collect', 'trim']);
});

test('a heap that hardly grew, or was trimmed just now, is left alone', () => {
  expect(
    trimmed([
      [8, 40],
      [8, 40],
      [8, 25],
      [8, 30],
      [8, 31],
      [8, 90],
    ]),
  ).toEqual(['trim']);
});
