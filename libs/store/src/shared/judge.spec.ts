import type { Batch } from '@meshery/contracts';
import { judge } from './judge.ts';
import type { KindPosition } from './judge.ts';
import { sources, verdicts } from './wire-codes.ts';

const run = { incarnation: '02', source: sources.agent };
const position: KindPosition = { incarnation: '02', sequence: 5, epoch: 3, generation: 1, snapshotOpen: false };

function batch(over: Partial<Batch>): Batch {
  const body = { $case: 'changes' as const, value: { objects: [], resourceVersion: '' } };
  return {
    clusterId: 'c',
    incarnation: '02',
    kind: 'pods.v1.',
    epoch: 3,
    sequence: 6,
    producedAtUnixMs: 0,
    body,
    ...over,
  };
}

const begin = { $case: 'snapshotBegin' as const, value: {} };
const value = { state: 2 as const, reason: '', message: '', objectKind: 'Pod', namespaced: true };
const report = { $case: 'kindReport' as const, value };
const unknown = { ...position, incarnation: '', sequence: 0, epoch: 0, generation: 0 };
const end = { $case: 'snapshotEnd' as const, value: { resourceVersion: '1', objectCount: 0 } };

test.each([
  ['the next sequence', batch({}), position, verdicts.committed, 0],
  ['a repeated one', batch({ sequence: 5 }), position, verdicts.duplicate, 6],
  ['one that skips', batch({ sequence: 8 }), position, verdicts.gap, 6],
  ['an older run', batch({ incarnation: '01', sequence: 99 }), position, verdicts.superseded, 0],
  ['the first of a newer run', batch({ incarnation: '03', sequence: 1 }), position, verdicts.committed, 0],
  ['a later one of a newer run', batch({ incarnation: '03', sequence: 2 }), position, verdicts.gap, 1],
  ['a snapshot after a hole', batch({ sequence: 9, epoch: 4, body: begin }), position, verdicts.committed, 0],
  ['a late snapshot', batch({ sequence: 2, epoch: 2, body: begin }), position, verdicts.duplicate, 6],
  ['a report after a hole', batch({ sequence: 9, body: report }), position, verdicts.gap, 6],
  ['a later report to a store made anew', batch({ sequence: 9, body: report }), unknown, verdicts.committed, 0],
  ['changes after a hole to a store made anew', batch({ sequence: 9 }), unknown, verdicts.gap, 1],
  [
    'a report after a hole there',
    batch({ sequence: 9, body: report }),
    { ...unknown, sequence: 2, incarnation: '02' },
    verdicts.gap,
    3,
  ],
  ['changes of another epoch', batch({ epoch: 4 }), position, verdicts.gap, 0],
  ['changes before any snapshot', batch({}), { ...position, generation: 0 }, verdicts.gap, 0],
  ['an end without its begin', batch({ body: end }), position, verdicts.gap, 0],
  ['an end of another epoch', batch({ epoch: 2, body: end }), { ...position, snapshotOpen: true }, verdicts.gap, 0],
  ['an end', batch({ body: end }), { ...position, snapshotOpen: true }, verdicts.committed, 0],
])('%s', (...[, given, at, verdict, expectedSequence]) => {
  expect(judge(given, run, at)).toMatchObject({ verdict, expectedSequence });
});

test('a publisher without epochs needs no snapshot', () => {
  const published = { ...run, source: sources.published };
  expect(judge(batch({ epoch: 0 }), published, { ...position, generation: 0 }).verdict).toBe(verdicts.committed);
});
