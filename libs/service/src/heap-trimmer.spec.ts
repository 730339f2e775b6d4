import { HeapTrimmer } from './heap-trimmer.ts';

/** Megabytes outside the heap and of the heap, and CPU milliseconds since the look before. */
type Step = readonly [external: number, heapTotal: number, cpuMs: number];

/** The looks (from 1) at which garbage is collected, and those at which V8 is told to save memory or not to. */
function looks(steps: readonly Step[]): {
  readonly collected: number[];
  readonly saves: (readonly [number, boolean])[];
} {
  const collected: number[] = [];
  const saves: (readonly [number, boolean])[] = [];
  let look = 0;
  let now = { external: 0, heapTotal: 0, cpuMs: 0 };
  const trimmer = new HeapTrimmer({
    usage: () => now,
    collect: () => {
      collected.push(look);
      now = { ...now, external: 5e6 };
    },
    save: (on) => {
      saves.push([look, on]);
    },
  });
  for (const [external, heapTotal, cpuMs] of steps) {
    look += 1;
    now = { external: external * 1e6, heapTotal: heapTotal * 1e6, cpuMs: now.cpuMs + cpuMs };
    trimmer.look();
  }
  return { collected, saves };
}

const repeat = (times: number, step: Step): Step[] => Array.from({ length: times }, () => step);
const busy = 200;
const idle = 5;

test('garbage is collected when there is much of it, and once more when the process rests', () => {
  const burst = [...repeat(3, [10, 20, busy]), [80, 60, busy], ...repeat(4, [20, 60, busy])] as const;
  expect(looks([...burst, ...repeat(4, [20, 60, idle]), ...repeat(8, [5, 21, idle])]).collected).toEqual([4, 12]);
});

test('a heap is not collected at work, and at rest only when it grew', () => {
  const steps = [...repeat(8, [8, 90, busy]), ...repeat(4, [8, 90, idle]), ...repeat(60, [8, 95, idle])] as const;
  expect(looks(steps).collected).toEqual([12]);
});

test('what rest itself leaves waits for ten seconds', () => {
  expect(looks([...repeat(4, [8, 40, idle]), ...repeat(60, [8, 60, idle])]).collected).toEqual([4, 44]);
});

test('V8 saves memory while the process rests', () => {
  const steps = [...repeat(4, [8, 10, busy]), ...repeat(8, [8, 10, idle]), ...repeat(8, [8, 10, busy])] as const;
  expect(looks(steps).saves).toEqual([
    [8, true],
    [16, false],
  ]);
});
