import type { EventRecord } from '@meshery/object-model';

/** An event on its way to third parties. */
export interface EventMessage {
  /** `meshery.events.<organization>.<category>.<action>`; the organization is "user" for what only its owner sees. */
  readonly subject: string;
  /** The same event has the same id, however often it is sent. */
  readonly id: string;
  /** CloudEvents 1.0, structured JSON. */
  readonly body: Uint8Array;
}

/** Content type of CloudEvents in structured mode. */
export const cloudEventType = 'application/cloudevents+json; charset=utf-8';

/** The event as CloudEvents 1.0 in the JSON event format. */
export function toMessage(event: EventRecord): EventMessage {
  const { id, systemId, category, action, organizationId, actedUpon, createdAt, sequence } = event;
  const cloudEvent = {
    specversion: '1.0',
    id,
    source: `/meshery/systems/${systemId}`,
    type: `io.meshery.${category}.${action}`,
    subject: actedUpon,
    time: createdAt,
    datacontenttype: 'application/json',
    // Extension "sequence": a text whose order is the order of the log.
    sequence: String(sequence).padStart(16, '0'),
    data: event,
  };
  const subject = ['meshery.events', organizationId ?? 'user', token(category), token(action)].join('.');
  return { subject, id, body: Buffer.from(JSON.stringify(cloudEvent)) };
}

/** One part of a subject: dots would make two of it. */
function token(name: string): string {
  return name.replaceAll(/[^\w-]/g, '_');
}
