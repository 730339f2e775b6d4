import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { countOf, crashedFiles, withSecondRun } from './jest-run.ts';

const clean = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
  success: true,
  testResults: [],
};

describe('countOf', () => {
  test('counts what passed', () => {
    expect(countOf(clean, 0)).toEqual({ passed: 5, failed: 0, failures: [] });
  });

  test('a file that does not load, a failed test and a skipped one are all failures', () => {
    const summary = { ...clean, numFailedTests: 2, numPendingTests: 1, numRuntimeErrorTestSuites: 1 };
    expect(countOf(summary, 1)).toMatchObject({ passed: 5, failed: 4 });
  });

  test('an exit code that nothing explains, or no result at all, is a failure', () => {
    expect(countOf(clean, 1)).toMatchObject({ passed: 5, failed: 1 });
    const failures = ['Jest ended with 137 and no result'];
    expect(countOf(undefined, 137)).toEqual({ passed: 0, failed: 1, failures });
  });

  test('names each failed test, and a file that did not load, with the first line of what it said', () => {
    const said = '\u001b[31mError: too late\u001b[39m\n    at somewhere';
    const assertionResults = [
      { fullName: 'a part does its work', status: 'passed', failureMessages: [] },
      { fullName: 'a part ends in time', status: 'failed', failureMessages: [said] },
    ];
    const name = join(repositoryRoot, 'libs', 'a.spec.ts');
    const testResults = [
      { name, message: said, assertionResults },
      {
        name: join(repositoryRoot, 'b.spec.ts'),
        message: '  ● Test suite failed to run\n\n  no such module',
        assertionResults: [],
      },
    ];
    expect(countOf({ ...clean, testResults }, 1).failures).toEqual([
      'libs/a.spec.ts › a part ends in time\n    Error: too late',
      'b.spec.ts\n    no such module',
    ]);
  });
});

describe('a process of Node that crashed', () => {
  const text = (signal: string): string =>
    `A jest worker process (pid=1) was terminated by another process: signal=${signal}, exitCode=null.`;

  test('is told from a failed test and from one that was killed', () => {
    const testResults = [
      { name: 'a.spec.ts', message: text('SIGSEGV'), assertionResults: [] },
      { name: 'b.spec.ts', message: text('SIGKILL'), assertionResults: [] },
      { name: 'c.spec.ts', message: 'expected 1, got 2', assertionResults: [] },
    ];
    expect(crashedFiles({ ...clean, testResults })).toEqual(['a.spec.ts']);
    expect(crashedFiles(undefined)).toEqual([]);
  });

  test('counts by what its files did the second time', () => {
    const crashed = { passed: 5, failed: 2, failures: [`a.spec.ts\n    ${text('SIGSEGV')}`, 'b.spec.ts\n    late'] };
    const again = { passed: 3, failed: 1, failures: ['a.spec.ts › c\n    wrong'] };
    expect(withSecondRun(crashed, 1, { ...again, failed: 0, failures: [] })).toEqual({
      passed: 8,
      failed: 1,
      failures: ['b.spec.ts\n    late'],
    });
    expect(withSecondRun(crashed, 1, again).failures).toEqual(['b.spec.ts\n    late', 'a.spec.ts › c\n    wrong']);
  });
});
