import { HeapTrimmer } from './heap-trimmer.ts';

/** Megabytes outside the heap, and CPU milliseconds since the look before. */
type Step = readonly [external: number, cpuMs: number];

type Collected = readonly [look: number, what: 'young' | 'all'];

/** The looks (from 1) at which garbage is collected, and those at which freed memory is given back. */
function looks(
  steps: readonly Step[],
  atWork = true,
): { readonly collected: Collected[]; readonly released: number[] } {
  const collected: Collected[] = [];
  const released: number[] = [];
  let look = 0;
  let now = { external: 0, cpuMs: 0 };
  const trimmer = new HeapTrimmer({
    atWork,
    usage: () => now,
    collect: (what) => {
      collected.push([look, what]);
      if (what === 'all') now = { ...now, external: 5e6 };
    },
    release: () => {
      released.push(look);
    },
  });
  for (const [external, cpuMs] of steps) {
    look += 1;
    now = { external: external * 1e6, cpuMs: now.cpuMs + cpuMs };
    trimmer.look();
  }
  return { collected, released };
}

const repeat = (times: number, step: Step): Step[] => Array.from({ length: times }, () => step);
const busy = 200;
const idle = 5;

test('at work what is young is collected when there is much garbage, each time', () => {
  const steps = [...repeat(3, [40, busy]), [60, busy], [10, busy], [49, busy], [10, busy]] as const;
  expect(looks(steps).collected).toEqual([
    [4, 'young'],
    [6, 'young'],
  ]);
});

test('all is collected when that was not enough, and what is left then counts no more', () => {
  const steps = [[60, busy], [60, busy], ...repeat(3, [52, busy]), ...repeat(2, [54, busy])] as const;
  expect(looks(steps).collected).toEqual([
    [1, 'young'],
    [2, 'all'],
    [6, 'young'],
    [7, 'all'],
  ]);
});

test('a service that somebody waits for leaves collections at work to V8', () => {
  expect(looks(repeat(8, [200, busy]), false).collected).toEqual([]);
});

test('at rest a smaller amount is enough', () => {
  const steps = [...repeat(3, [30, busy]), ...repeat(4, [30, idle]), ...repeat(12, [10, idle])] as const;
  expect(looks(steps, false).collected).toEqual([[7, 'young']]);
  expect(looks([...repeat(3, [20, busy]), ...repeat(12, [20, idle])]).collected).toEqual([]);
});

test('what is freed is given back every 15 seconds, at work and at rest', () => {
  expect(looks([...repeat(70, [1, busy]), ...repeat(60, [1, idle])]).released).toEqual([60, 120]);
});
