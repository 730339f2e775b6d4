import { z } from 'zod';
import { description, freeForm, recordId } from './fields.ts';
import type { RecordFields } from './fields.ts';

/** How grave an event is, gravest first. */
export const eventSeverities = [
  'emergency',
  'alert',
  'critical',
  'error',
  'warning',
  'informational',
  'debug',
  'success',
] as const;
/** See `eventSeverities`. */
export type EventSeverity = (typeof eventSeverities)[number];

/** The severities of what failed: such an event is a notification that stays until it is read. */
export const failureSeverities: readonly EventSeverity[] = ['emergency', 'alert', 'critical', 'error'];

/** Whether a user has read an event. */
export const eventStatuses = ['read', 'unread'] as const;
/** See `eventStatuses`. */
export type EventStatus = (typeof eventStatuses)[number];

/** The id of nothing, where an event is about no record. */
export const noRecordId = '00000000-0000-0000-0000-000000000000';

/** Something that happened. */
export interface EventRecord extends RecordFields {
  /** Position in the log: grows by one with each event, in the order of the commits. */
  readonly sequence: number;
  /** Whose members see it; without one only its owner does. */
  readonly organizationId: string | null;
  /** Id of the user who caused it. */
  readonly owner: string;
  /** Id of the record that it is about. */
  readonly actedUpon: string;
  /** What was done, such as "create". */
  readonly action: string;
  /** What it was done to, such as "environment". */
  readonly category: string;
  /** One sentence for people, without secrets. */
  readonly description: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The operation that it is a part of. */
  readonly operationId: string | null;
  readonly severity: EventSeverity;
  /** Id of the installation. */
  readonly systemId: string;
}

/** An event as one user sees it. */
export interface SeenEvent extends EventRecord {
  readonly status: EventStatus;
}

const maxMetadata = 16_384;
const token = z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, "_", "." or "-"');
const optionalId = recordId.nullish().transform((id) => id?.toLowerCase() ?? null);

/** What a client says about an event of its own. */
export const eventDraft = z.object({
  organizationId: optionalId,
  actedUpon: recordId.nullish().transform((id) => id?.toLowerCase() ?? noRecordId),
  action: token,
  category: token,
  description,
  metadata: freeForm.refine(
    (fields) => JSON.stringify(fields).length <= maxMetadata,
    `may have at most ${String(maxMetadata)} characters of JSON`,
  ),
  operationId: optionalId,
  severity: z.enum(eventSeverities).default('informational'),
});
/** See `eventDraft`. */
export type EventDraft = z.output<typeof eventDraft>;

const maxIds = 1000;

/** The ids of a bulk request. */
export const eventIds = z
  .array(recordId.transform((id) => id.toLowerCase()))
  .min(1, 'must name at least one')
  .max(maxIds, `may name at most ${String(maxIds)}`);

/** What PUT of a status says. */
export const eventStatusChange = z.object({ status: z.enum(eventStatuses) });
