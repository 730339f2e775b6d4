import { z } from 'zod';
import { freeForm, givenName, recordId } from './fields.ts';
import type { RecordFields } from './fields.ts';

const maxEndpoints = 100;
const loadGenerator = z.enum(['fortio', 'wrk2', 'nighthawk']);
const headers = z.record(z.string().max(256), z.string().max(8192)).nullish();

/** What somebody says about a new performance profile: a load test that can be run again. */
export const performanceProfileDraft = z.object({
  name: givenName,
  /** Id of the schedule by which it is run. */
  schedule: recordId.nullish().transform((id) => id ?? null),
  loadGenerators: z.array(loadGenerator).min(1).max(3).default(['fortio']),
  endpoints: z
    .array(z.url({ protocol: /^https?$/ }).max(2048))
    .min(1)
    .max(maxEndpoints),
  serviceMesh: z.string().max(100).default(''),
  concurrentRequest: z.int().min(1).max(10_000).default(1),
  /** Requests a second; 0 means as many as can be. */
  qps: z.int().min(0).max(1_000_000).default(0),
  duration: z.string().regex(/^\d{1,6}[smh]$/, 'must be a number with s, m or h'),
  requestHeaders: headers.transform((given) => given ?? {}),
  requestCookies: headers.transform((given) => given ?? {}),
  requestBody: z.string().max(1_000_000).default(''),
  contentType: z.string().max(256).default(''),
  metadata: freeForm,
});
/** See `performanceProfileDraft`. */
export type PerformanceProfileDraft = z.output<typeof performanceProfileDraft>;

/** See `performanceProfileDraft`. */
export interface PerformanceProfile extends RecordFields, PerformanceProfileDraft {
  /** Id of the user whose it is. */
  readonly owner: string;
}

/** What a run of a load test found. */
export interface PerformanceResult extends RecordFields {
  /** Id of the user who ran it. */
  readonly owner: string;
  readonly name: string;
  readonly mesh: string;
  /** Id of the profile. */
  readonly performanceProfile: string;
  readonly testId: string;
  /** RFC 3339. */
  readonly testStartTime: string;
  readonly runnerResults: Readonly<Record<string, unknown>>;
  readonly serverMetrics: Readonly<Record<string, unknown>>;
  readonly serverBoardConfig: Readonly<Record<string, unknown>>;
}
