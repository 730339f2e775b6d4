import {
  connectionStatus,
  connectionStatuses,
  eventSeverities,
  eventStatuses,
  inCamelCase,
  noRecordId,
} from '@meshery/object-model';
import type { Connection, Credential, SeenEvent, StatusChange } from '@meshery/object-model';
import { MesheryError } from '@meshery/errors';
import { z } from 'zod';

/** A provider keeps what it likes of a record: what is not there, or of another type, is empty. */
const text = z.string().catch('');
const maybe = z.string().nullable().catch(null);
const free = z.record(z.string(), z.unknown()).catch({});
const record = { id: z.string().min(1), createdAt: text, updatedAt: text };
const owned = { ...record, organizationId: text, owner: text, name: text };

const credentialSchema = z.object({ ...owned, type: text });

const line = z.object({
  from: z.enum(connectionStatuses).nullable().catch(null),
  to: connectionStatus,
  by: text,
  why: text,
  isDone: z.boolean().catch(true),
  at: text,
});

const connectionSchema = z.object({
  ...owned,
  description: text,
  kind: text,
  type: text,
  subType: text,
  status: connectionStatus.catch('discovered'),
  url: text,
  credentialId: maybe,
  metadata: free,
  styles: free,
  origin: z.enum(['user', 'discovery', 'start']).catch('user'),
  contextId: maybe,
  controllersConfig: z.record(z.string(), z.unknown()).nullable().catch(null),
  /** Oldest first. */
  history: z.array(line).catch([]),
});

const eventSchema = z.object({
  ...record,
  /** Positions are those of the log of one server. */
  sequence: z.literal(0).catch(0),
  organizationId: maybe,
  owner: text,
  actedUpon: z.string().catch(noRecordId),
  action: text,
  category: text,
  description: text,
  metadata: free,
  operationId: maybe,
  severity: z.enum(eventSeverities).catch('informational'),
  systemId: text,
  status: z.enum(eventStatuses).catch('unread'),
});

/** A line of the history of a connection, as it is kept in the connection. */
export type HistoryLine = Omit<StatusChange, 'connectionId' | 'position'>;
/** A connection with its history. */
export type KeptConnection = Connection & { readonly history: readonly HistoryLine[] };

/** A credential without its secret, whatever the provider answers beside. */
export const readCredential = (row: unknown): Credential => shaped(credentialSchema, row);
/** A connection as it is kept. */
export const readConnection = (row: unknown): KeptConnection => shaped(connectionSchema, row);
/** An event. */
export const readEvent = (row: unknown): SeenEvent => shaped(eventSchema, row);

function shaped<Schema extends z.ZodType>(schema: Schema, row: unknown): z.output<Schema> {
  const result = schema.safeParse(inCamelCase(row));
  if (result.success) return result.data;
  throw new MesheryError('meshery-provider-2001', 'The provider answers something that is no record.', {
    probableCause: 'Its version does not fit this server.',
    remedy: 'Ask whoever runs the provider to check it with meshery-provider-conformance.',
  });
}
