import { countOf } from './jest-run.ts';

const clean = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0, success: true };

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
