import type { Verdict } from '@meshery/contracts';
import { verdicts } from './wire-codes.ts';

/** The verdict as a metric label, in lower case. */
export function verdictName(verdict: Verdict): string {
  return Object.entries(verdicts).find(([, value]) => value === verdict)?.[0] ?? 'unknown';
}
