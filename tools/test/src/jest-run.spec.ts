import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { countOf, filesToRepeat, withSecondRun } from './jest-run.ts';

const passed = { fullName: 'a part does its work', status: 'passed', failureMessages: [] };
const failed = {
  fullName: 'a part ends in time',
  status: 'failed',
  failureMessages: ['\u001b[31mError: too late\u001b[39m\n    at somewhere'],
};
const good = file('good.spec.ts', [passed, passed]);
const bad = file('bad.spec.ts', [passed, failed]);
const unloaded = { ...file('b.spec.ts', []), message: '  ● Test suite failed to run\n\n  no such module' };
const tooLate = { test: 'bad.spec.ts › a part ends in time', said: 'Error: too late' };

function file(name: string, assertionResults: readonly (typeof failed)[]) {
  return { name: join(repositoryRoot, name), message: '', assertionResults };
}

describe('countOf', () => {
  test('counts what passed', () => {
    expect(countOf({ testResults: [good] }, 0)).toEqual({ passed: 2, failed: 0, failures: [], unsteady: [] });
  });

  test('a file that does not load, a failed test and a skipped one are all failures, named with what they said', () => {
    const skipped = file('skips.spec.ts', [{ ...passed, status: 'pending' }]);
    const count = countOf({ testResults: [good, bad, unloaded, skipped] }, 1);
    expect(count).toMatchObject({ passed: 3, failed: 3 });
    expect(count.failures).toEqual([
      tooLate,
      { test: 'b.spec.ts', said: 'no such module' },
      { test: 'skips.spec.ts › a part does its work', said: 'pending' },
    ]);
  });

  test('an exit code that nothing explains, or no result at all, is a failure', () => {
    expect(countOf({ testResults: [good] }, 1)).toMatchObject({ passed: 2, failed: 1 });
    const failures = [{ test: 'Jest', said: 'ended with 137 and no result' }];
    expect(countOf(undefined, 137)).toMatchObject({ passed: 0, failed: 1, failures });
  });
});

describe('files that failed', () => {
  test('run once more when they are few', () => {
    expect(filesToRepeat({ testResults: [good, bad, unloaded] })).toEqual([bad.name, unloaded.name]);
    expect(filesToRepeat({ testResults: [bad, bad, unloaded] })).toEqual([]);
    expect(filesToRepeat(undefined)).toEqual([]);
  });

  test('count by what they did the second time, and are named as unsteady when they passed', () => {
    const first = { testResults: [good, bad] };
    const second = countOf({ testResults: [file('bad.spec.ts', [passed, passed])] }, 0);
    expect(withSecondRun(first, [bad.name], second)).toEqual({
      ...{ passed: 4, failed: 0, failures: [] },
      unsteady: [tooLate],
    });
  });

  test('fail when they fail again, and are no longer called unsteady', () => {
    const second = countOf({ testResults: [bad] }, 1);
    expect(withSecondRun({ testResults: [good, bad] }, [bad.name], second)).toEqual({
      ...{ passed: 3, failed: 1, unsteady: [] },
      failures: [tooLate],
    });
  });
});
