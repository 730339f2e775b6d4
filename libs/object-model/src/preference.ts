import { z } from 'zod';
import { inCamelCase } from './spelling.ts';

/** A duration as Go writes it, e.g. "1m30s". */
const goDuration = z
  .string()
  .max(64)
  .regex(/^(?:0|(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))*)$/, {
    error: 'must be a duration such as "30s"',
  });
const count = z.number().int('must be a whole number').min(0, 'must not be negative');

/** The shape of a load test that is offered first. */
const loadTestPrefs = z
  .looseObject({
    /** Connections at the same time. */
    c: count.optional(),
    /** Requests per second; 0 means as many as possible. */
    qps: count.optional(),
    t: goDuration.optional(),
    gen: z.enum(['fortio', 'wrk2', 'nighthawk'], { error: 'must be fortio, wrk2 or nighthawk' }).optional(),
  })
  .nullable();

/** Keys of Grafana are secrets: they belong into a credential, which is sealed, not into what every page reads. */
const grafana = z
  .preprocess(inCamelCase, z.looseObject({}))
  .refine((fields) => (fields.grafanaApiKey ?? fields.grafanaAPIKey ?? '') === '', {
    error: 'must not have an API key: keep the key as a credential of the Grafana connection',
  })
  .nullable();

const object = z.record(z.string(), z.unknown()).nullable();

/**
 * What is changed of preferences, as a JSON merge patch (RFC 7396): objects are merged, null removes, all else
 * replaces. Fields that are not known here belong to extensions and are kept.
 */
export const preferencePatch = z.looseObject({
  meshAdapters: z.array(z.unknown()).max(100).nullable().optional(),
  grafana: grafana.optional(),
  prometheus: z.preprocess(inCamelCase, object).optional(),
  loadTestPrefs: loadTestPrefs.optional(),
  anonymousUsageStats: z.boolean().nullable().optional(),
  anonymousPerfResults: z.boolean().nullable().optional(),
  dashboardPreferences: object.optional(),
  selectedOrganizationId: z.string().max(64).nullable().optional(),
  selectedWorkspaceForOrganizations: object.optional(),
  usersExtensionPreferences: object.optional(),
  remoteProviderPreferences: object.optional(),
});
/** See `preferencePatch`. */
export type PreferencePatch = z.output<typeof preferencePatch>;

/** What a user prefers (users.meshery.io/v1beta3 Preference). */
export interface Preference {
  readonly anonymousUsageStats: boolean;
  readonly anonymousPerfResults: boolean;
  /** RFC 3339; undefined before the first change. */
  readonly updatedAt?: string;
  readonly [field: string]: unknown;
}
