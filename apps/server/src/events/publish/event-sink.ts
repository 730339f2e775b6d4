import type { Broker, NatsBroker, StreamSpec } from '@meshery/messaging';
import { cloudEventType } from './cloud-event.ts';
import type { EventMessage } from './cloud-event.ts';

/** Where events are published to. */
export interface EventSink {
  /** Resolves when it can be tried to publish; rejects only when the signal aborts. */
  open(signal: AbortSignal): Promise<void>;
  /** Resolves when the message is safe there; rejects with `meshery-messaging-15xx`. */
  publish(message: EventMessage, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const headers = { 'Content-Type': cloudEventType };
const day = 86_400_000;

/** Third parties read it with consumers of their own; the oldest messages make room for new ones. */
const stream: StreamSpec = {
  name: 'MESHERY_EVENTS',
  subjects: ['meshery.events.>'],
  whenFull: 'drop-oldest',
  keep: 'limits',
  maxBytes: 256 * 1024 * 1024,
  maxAgeMs: 7 * day,
  duplicateWindowMs: 120_000,
};

/** Publishes inside of the process: whoever subscribes there at the moment hears it. */
export function inProcessSink(broker: Broker): EventSink {
  return {
    open: () => Promise.resolve(),
    publish: ({ subject, body }) => {
      broker.publish(subject, body, { headers });
      return Promise.resolve();
    },
    close: () => broker.close(),
  };
}

/** Publishes into a stream of a NATS server, where messages stay for a week. */
export function streamSink(broker: NatsBroker): EventSink {
  let isThere = false;
  return {
    open: (signal) => broker.open(signal),
    publish: async ({ subject, body, id }, signal) => {
      if (!isThere) await broker.ensureStream(stream, signal);
      isThere = true;
      try {
        await broker.publishDurable(subject, body, { headers, messageId: id, signal });
      } catch (error) {
        // The server may have lost the stream with its disk.
        isThere = false;
        throw error;
      }
    },
    close: () => broker.close(),
  };
}
