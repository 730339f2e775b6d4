import { z } from 'zod';
import { givenName, recordId } from './fields.ts';
import type { RecordFields } from './fields.ts';

/** What somebody says about a test that is to be run again: a configuration of Service Mesh Performance. */
export const performanceTestConfigDraft = z.looseObject({
  /** Given to replace one. */
  id: recordId.nullish(),
  name: givenName,
  duration: z.string().max(64).nullish(),
  labels: z.record(z.string(), z.unknown()).nullish(),
  clients: z.array(z.record(z.string(), z.unknown())).max(100, 'may have at most 100 entries').nullish(),
});
/** See `performanceTestConfigDraft`. */
export type PerformanceTestConfigDraft = z.output<typeof performanceTestConfigDraft>;

/** A test that one user keeps (Service Mesh Performance, PerformanceTestConfig). */
export interface PerformanceTestConfig extends RecordFields {
  /** Id of the user whose it is. */
  readonly owner: string;
  readonly name: string;
  /** The configuration as it was given. */
  readonly config: Readonly<Record<string, unknown>>;
}
