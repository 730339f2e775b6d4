import { z } from 'zod';
import { givenName } from './fields.ts';
import type { RecordFields } from './fields.ts';

/** What somebody says about a new schedule. */
export const scheduleDraft = z.object({
  name: givenName,
  /** Five fields of cron: minute, hour, day of the month, month, day of the week. */
  cronExpression: z
    .string()
    .max(256)
    .regex(/^\S+(?: \S+){4}$/, 'must have five fields'),
});
/** See `scheduleDraft`. */
export type ScheduleDraft = z.output<typeof scheduleDraft>;

/** When something is done again and again. */
export interface Schedule extends RecordFields, ScheduleDraft {
  /** Id of the user whose it is. */
  readonly owner: string;
  /** RFC 3339; null before the first run. */
  readonly lastRun: string | null;
  readonly nextRun: string | null;
}
