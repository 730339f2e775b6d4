import type { CheckResult } from './checklist.ts';

const signs = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' } as const;

/** One check for people: a line, and for a failed one what was expected and who says so. */
export function inWords({ id, status, expected, seen, reference }: CheckResult): string {
  const line = `${signs[status]} ${id}${status === 'skipped' ? `: ${seen}` : ''}\n`;
  return status === 'failed' ? `${line}     expected: ${expected}\n     seen: ${seen}\n     see: ${reference}\n` : line;
}

/** How many checks had which outcome, and which failed. */
export function summary(results: readonly CheckResult[]): string {
  const of = (status: CheckResult['status']): readonly CheckResult[] =>
    results.filter((result) => result.status === status);
  const counts = `${String(of('passed').length)} passed, ${String(of('failed').length)} failed, ${String(of('skipped').length)} skipped`;
  const failed = of('failed').map(({ id }) => id);
  return failed.length === 0 ? counts : `${counts}: ${failed.join(', ')}`;
}
