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
    expect(countOf(clean, 0)).toEqual({ passed: 5, failed: 0 });
  });

  test('a file that does not load, a failed test and a skipped one are all failures', () => {
    const summary = { ...clean, numFailedTests: 2, numPendingTests: 1, numRuntimeErrorTestSuites: 1 };
    expect(countOf(summary, 1)).toEqual({ passed: 5, failed: 4 });
  });

  test('an exit code that nothing explains, or no result at all, is a failure', () => {
    expect(countOf(clean, 1)).toEqual({ passed: 5, failed: 1 });
    expect(countOf(undefined, 137)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('a process of Node that crashed', () => {
  const text = (signal: string): string =>
    `A jest worker process (pid=1) was terminated by another process: signal=${signal}, exitCode=null.`;

  test('is told from a failed test and from one that was killed', () => {
    const testResults = [
      { name: 'a.spec.ts', message: text('SIGSEGV') },
      { name: 'b.spec.ts', message: text('SIGKILL') },
      { name: 'c.spec.ts', message: 'expected 1, got 2' },
    ];
    expect(crashedFiles({ ...clean, testResults })).toEqual(['a.spec.ts']);
    expect(crashedFiles(undefined)).toEqual([]);
  });

  test('counts by what its files did the second time', () => {
    expect(withSecondRun({ passed: 5, failed: 1 }, 1, { passed: 3, failed: 0 })).toEqual({ passed: 8, failed: 0 });
    expect(withSecondRun({ passed: 5, failed: 2 }, 1, { passed: 2, failed: 1 })).toEqual({ passed: 7, failed: 2 });
  });
});
