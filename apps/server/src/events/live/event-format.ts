import { inBothSpellings } from '@meshery/object-model';
import type { EventRecord } from '@meshery/object-model';

/** How a stream writes an event; one object per format, so that each event is written once for all who share it. */
export interface EventFormat {
  /** The events as bytes of the stream; empty when streams of this format leave them out. */
  readonly encode: (events: readonly EventRecord[]) => Uint8Array;
}

/** A format of text streams. */
const text = (write: (event: EventRecord) => string): EventFormat => ({
  encode: (events) => Buffer.from(events.map(write).join('')),
});

/** Published form: unnamed events whose data is the whole event. Its position as id is ours. */
export const systemFormat = text(
  (event) =>
    `id: ${String(event.sequence)}\ndata: ${JSON.stringify(inBothSpellings({ ...event, status: 'unread' }))}\n\n`,
);

/** The clients of the older stream, and the actions that each waits for. */
const actionsOf = {
  cli_deploy: ['deploy', 'undeploy'],
  cli_validate: ['verify', 'validate'],
} as const satisfies Record<string, readonly string[]>;

/** A client of the older stream. */
export type StreamClient = keyof typeof actionsOf;

/** Names of the clients of the older stream. */
export const streamClients = Object.keys(actionsOf) as readonly StreamClient[];

/** What the command line reads while it waits for an adapter; it takes the word "error" for a failure. */
export const clientFormats: Readonly<Record<StreamClient, EventFormat>> = {
  cli_deploy: text((event) => writeForClient(event, actionsOf.cli_deploy)),
  cli_validate: text((event) => writeForClient(event, actionsOf.cli_validate)),
};

function writeForClient(event: EventRecord, actions: readonly string[]): string {
  if (!actions.includes(event.action)) return '';
  const { details } = event.metadata;
  const isFailure = ['emergency', 'alert', 'critical', 'error'].includes(event.severity);
  const data = {
    summary: isFailure ? `error: ${event.description}` : event.description,
    details: typeof details === 'string' ? details : '',
    operation_id: event.operationId ?? '',
  };
  return `id: ${String(event.sequence)}\ndata: ${JSON.stringify(data)}\n\n`;
}
