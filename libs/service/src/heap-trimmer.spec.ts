import { HeapTrimmer } from './heap-trimmer.ts';

/** Megabytes outside the heap and of the heap, and CPU milliseconds since the look before. */
type Step = readonly [external: number, heapTotal: number, cpuMs: number];

type Event = readonly [look: number, what: string | boolean];

/** The looks (from 1) at which garbage is collected, and those at which rest begins or ends. */
function looks(steps: readonly Step[]): { readonly collected: Event[]; readonly rests: Event[] } {
  const collected: Event[] = [];
  const rests: Event[] = [];
  let look = 0;
  let now = { external: 0, heapTotal: 0, cpuMs: 0 };
  const trimmer = new HeapTrimmer({
    usage: () => now,
    collect: (when) => {
      collected.push([look, when]);
      now = { ...now, external: 5e6 };
    },
    onRest: (begins) => {
      rests.push([look, begins]);
    },
  });
  for (const [external, heapTotal, cpuMs] of steps) {
    look += 1;
    now = { external: external * 1e6, heapTotal: heapTotal * 1e6, cpuMs: now.cpuMs + cpuMs };
    trimmer.look();
  }
  return { collected, rests };
}

const repeat = (times: number, step: Step): Step[] => Array.from({ length: times }, () => step);
const busy = 200;
const idle = 5;

test('garbage is collected when there is much of it, and once more when the process rests', () => {
  const burst = [...repeat(3, [10, 20, busy]), [80, 60, busy], ...repeat(4, [20, 60, busy])] as const;
  expect(looks([...burst, ...repeat(4, [20, 60, idle]), ...repeat(8, [5, 21, idle])]).collected).toEqual([
    [4, 'work'],
    [12, 'rest'],
  ]);
});

test('a heap is not collected at work, and at rest only when it grew', () => {
  const steps = [...repeat(8, [8, 90, busy]), ...repeat(4, [8, 90, idle]), ...repeat(60, [8, 95, idle])] as const;
  expect(looks(steps).collected).toEqual([[12, 'rest']]);
});

test('what rest itself leaves waits for a minute, more growth does not', () => {
  const rest = [...repeat(4, [8, 40, idle]), ...repeat(260, [8, 55, idle])] as const;
  expect(looks(rest).collected).toEqual([
    [4, 'rest'],
    [244, 'rest'],
  ]);
  expect(looks([...repeat(4, [8, 40, idle]), ...repeat(9, [8, 80, idle])]).collected).toEqual([
    [4, 'rest'],
    [5, 'rest'],
  ]);
});

test('at rest a smaller amount of garbage outside the heap is enough', () => {
  const steps = [...repeat(4, [8, 40, idle]), ...repeat(240, [8, 41, idle]), ...repeat(4, [25, 41, idle])] as const;
  expect(looks(steps).collected).toEqual([
    [4, 'rest'],
    [245, 'rest'],
  ]);
});

test('rest begins below a tenth of a core, and ends above', () => {
  const steps = [...repeat(4, [8, 10, busy]), ...repeat(8, [8, 10, idle]), ...repeat(8, [8, 10, busy])] as const;
  expect(looks(steps).rests).toEqual([
    [8, true],
    [13, false],
  ]);
});
