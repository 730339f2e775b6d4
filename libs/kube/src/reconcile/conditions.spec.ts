import { MesheryError } from '@meshery/errors';
import { summarise } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { mergePatch } from './merge-patch.ts';
import { done, failureOf, runSteps } from './outcome.ts';
import type { Outcome, Step } from './outcome.ts';

const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const { signal } = new AbortController();

function conditionsOf(outcome: Outcome, previous: readonly Condition[] = [], nowMs = at): readonly Condition[] {
  return summarise({ outcome, generation: 7, previous, more: [], nowMs });
}

const words = (conditions: readonly Condition[]): string[] =>
  conditions.map(({ type, status, reason }) => `${type}=${status}/${reason}`);

const forbidden = failureOf(
  new MesheryError('meshery-kube-1308', 'The API server forbids it.', { remedy: 'Grant it.' }),
);

test.each<[Outcome, string[]]>([
  [done, ['Ready=True/Available', 'Progressing=False/Settled', 'Degraded=False/AsExpected']],
  [
    { type: 'waiting', reason: 'ServersStarting', message: '0 of 1' },
    ['Ready=False/ServersStarting', 'Progressing=True/ServersStarting', 'Degraded=False/AsExpected'],
  ],
  [
    { type: 'waiting', reason: 'RollingOut', message: '2 of 3', available: true },
    ['Ready=True/Available', 'Progressing=True/RollingOut', 'Degraded=False/AsExpected'],
  ],
  [
    { type: 'stalled', reason: 'UnknownVersion', message: 'no such version' },
    ['Ready=False/UnknownVersion', 'Progressing=False/UnknownVersion', 'Degraded=True/UnknownVersion'],
  ],
  [forbidden, ['Ready=False/Forbidden', 'Progressing=True/Retrying', 'Degraded=True/Forbidden']],
])('%j', (outcome, expected) => {
  expect(words(conditionsOf(outcome))).toEqual(expected);
});

test('a failure is said with its remedy', () => {
  expect(conditionsOf(forbidden)[2]?.message).toBe('The API server forbids it. Grant it.');
});

test('the time changes with the status and not with the reason', () => {
  const first = conditionsOf(forbidden);
  expect(first[0]).toMatchObject({ lastTransitionTime: '2026-01-02T03:04:05Z', observedGeneration: 7 });
  const second = conditionsOf({ type: 'waiting', reason: 'X', message: 'x' }, first, at + 60_000);
  expect(second.map(({ lastTransitionTime }) => lastTransitionTime.slice(11, 16))).toEqual(['03:04', '03:04', '03:05']);
});

test('steps run in their order and the first that is not done ends them; what is thrown is an outcome', async () => {
  const ran: string[] = [];
  const step = (name: string, outcome: () => Outcome): Step<undefined> => ({
    name,
    run: () => {
      ran.push(name);
      return outcome();
    },
  });
  const broken = (): Outcome => {
    throw new MesheryError('meshery-kube-1312', 'busy', { details: { retryAfterMs: 3000 } });
  };
  const steps = [step('a', () => done), step('b', broken), step('c', () => done)];
  expect(await runSteps(steps, undefined, signal)).toMatchObject({ reason: 'ApiServerBusy', afterMs: 3000 });
  expect(ran).toEqual(['a', 'b']);
});

test('of the times at which steps want to look again the soonest holds', async () => {
  const step = (outcome: Outcome): Step<undefined> => ({ name: 'x', run: () => outcome });
  const later = step({ type: 'done', afterMs: 5000 });
  expect(await runSteps([later, step(done)], undefined, signal)).toEqual({ type: 'done', afterMs: 5000 });
  const waiting = step({ type: 'waiting', reason: 'A', message: 'a', afterMs: 9000 });
  expect(await runSteps([later, waiting], undefined, signal)).toMatchObject({ type: 'waiting', afterMs: 5000 });
});

test('a merge patch has what differs, and null for what is gone', () => {
  const from = { a: 1, b: { c: 1, d: 2 }, list: [1, 2], gone: true };
  expect(mergePatch(from, { a: 1, b: { c: 1, d: 3 }, list: [1], gone: undefined })).toEqual({
    b: { d: 3 },
    list: [1],
    gone: null,
  });
  expect(mergePatch(from, { ...from })).toBeUndefined();
});
