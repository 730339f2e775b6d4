import type { AuditRecord, EventRecord, Operation } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, linkColumn, longInteger, optionalText, recordColumns, text, truth } from './columns.ts';

/** An event as it is kept: a removed one stays, unseen, until retention takes it. */
export interface StoredEvent extends EventRecord {
  readonly deletedAt: string | null;
}

/** Who has read which event. */
export interface EventReader {
  readonly eventId: string;
  readonly userId: string;
}

/** How far the log of events is, and how far it was published. */
export interface EventHead {
  readonly id: string;
  readonly systemId: string;
  readonly sequence: number;
  readonly published: number;
  /** The process that publishes, and until when nobody else may. */
  readonly publisher: string;
  readonly publisherUntil: string;
}

/** The last line of the audit log, and the last one that retention took. */
export interface AuditHead {
  readonly id: string;
  readonly sequence: number;
  readonly hash: string;
  readonly pruned: number;
  readonly prunedHash: string;
}

/** Events. */
export const eventSchema = new EntitySchema<StoredEvent>({
  name: 'event',
  tableName: 'events',
  columns: {
    ...recordColumns,
    sequence: longInteger(),
    organizationId: optionalText('organization_id'),
    owner: text(),
    actedUpon: text('acted_upon'),
    action: text(),
    category: text(),
    description: text(),
    metadata: json(),
    operationId: optionalText('operation_id'),
    severity: text(),
    systemId: text('system_id'),
    deletedAt: optionalText('deleted_at'),
  },
});

/** Readers of events. */
export const eventReaderSchema = new EntitySchema<EventReader>({
  name: 'eventReader',
  tableName: 'event_readers',
  columns: { eventId: linkColumn('event_id'), userId: linkColumn('user_id') },
});

/** The one row that says how far events are. */
export const eventHeadSchema = new EntitySchema<EventHead>({
  name: 'eventHead',
  tableName: 'event_heads',
  columns: {
    id: linkColumn('id'),
    systemId: text('system_id'),
    sequence: longInteger(),
    published: longInteger(),
    publisher: text(),
    publisherUntil: text('publisher_until'),
  },
});

/** The audit log. */
export const auditSchema = new EntitySchema<AuditRecord>({
  name: 'audit',
  tableName: 'audit_log',
  columns: {
    sequence: { ...longInteger(), primary: true },
    at: text(),
    userId: text('user_id'),
    userName: text('user_name'),
    provider: text(),
    organizationId: text('organization_id'),
    action: text(),
    objectId: text('object_id'),
    decision: text(),
    reason: text(),
    requestId: text('request_id'),
    previousHash: text('previous_hash'),
    hash: text(),
  },
});

/** The one row that says how far the audit log is. */
export const auditHeadSchema = new EntitySchema<AuditHead>({
  name: 'auditHead',
  tableName: 'audit_heads',
  columns: {
    id: linkColumn('id'),
    sequence: longInteger(),
    hash: text(),
    pruned: longInteger(),
    prunedHash: text('pruned_hash'),
  },
});

/** Operations. */
export const operationSchema = new EntitySchema<Operation>({
  name: 'operation',
  tableName: 'operations',
  columns: {
    ...recordColumns,
    kind: text(),
    organizationId: optionalText('organization_id'),
    owner: text(),
    state: text(),
    progress: { type: 'integer' },
    targets: json(),
    error: { ...json(), nullable: true },
    isCancelRequested: truth('cancel_requested'),
    processId: text('process_id'),
    seenAt: text('seen_at'),
    finishedAt: optionalText('finished_at'),
  },
});
