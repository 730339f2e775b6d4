import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type {
  ConsumerMessages,
  ConsumerNotification,
  JetStreamClient,
  JetStreamManager,
  JsMsg,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { ConsumerHandler, ConsumerSpec, DurableMessage } from '../broker.ts';
import { abortable } from '../abortable.ts';
import { fromNatsHeaders } from './nats-headers.ts';

/** Pull requests are renewed that often. */
const expiresMs = 120_000;

/**
 * The server that leads the consumer says so this often while it has nothing to deliver. Only this server knows of the
 * pull request, and nobody tells when it is lost: after two of them without a word the consumer is made anew.
 */
const heartbeatMs = 10_000;

/** Messages that wait in this process for their turn, at most. */
const prefetched = 4;

/** Why delivery ended and must begin anew; `missing` when stream or consumer are gone. */
export type ConsumeEnd = { readonly reason: string };

/**
 * Delivers from a fresh consumer until the signal aborts or the consumer is lost.
 * The consumer is made anew each time: in a stream that keeps messages until they are acknowledged this starts at the
 * oldest unsettled message at once and in order, instead of waiting for acknowledgement deadlines out of order.
 */
export async function consumeOnce(
  js: JetStreamClient,
  spec: ConsumerSpec,
  handler: ConsumerHandler,
  signal: AbortSignal,
): Promise<ConsumeEnd> {
  const messages = await openConsumer(js, spec);
  const end = watchNotifications(messages, signal);
  try {
    signal.throwIfAborted();
    handler.onStart();
    for await (const message of messages) {
      if (signal.aborted) break;
      handler.onMessage(toDurable(message));
      const room = handler.room?.();
      if (room !== undefined) await abortable(room, signal);
    }
  } finally {
    messages.stop();
  }
  return end();
}

async function openConsumer(js: JetStreamClient, spec: ConsumerSpec): Promise<ConsumerMessages> {
  const manager = await js.jetstreamManager(false);
  await deleteIfThere(manager, spec);
  await manager.consumers.add(spec.stream, {
    durable_name: spec.name,
    ...(spec.subject === undefined ? {} : { filter_subject: spec.subject }),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(spec.ackWaitMs),
    max_ack_pending: spec.maxInFlight,
    max_deliver: -1,
  });
  const consumer = await js.consumers.get(spec.stream, spec.name);
  return consumer.consume({
    max_messages: Math.min(prefetched, spec.maxInFlight),
    expires: expiresMs,
    idle_heartbeat: heartbeatMs,
  });
}

async function deleteIfThere(manager: JetStreamManager, spec: ConsumerSpec): Promise<void> {
  try {
    await manager.consumers.delete(spec.stream, spec.name);
  } catch (error) {
    if ((error as { readonly status?: unknown }).status !== 404) throw error;
  }
}

/** Ends the delivery when the signal aborts or the server says that there is nothing to consume from any more. */
function watchNotifications(messages: ConsumerMessages, signal: AbortSignal): () => ConsumeEnd {
  let reason = 'the delivery ended';
  const stop = (why: string): void => {
    reason = why;
    messages.stop();
  };
  const onAbort = (): void => {
    stop('it was stopped');
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  readNotifications(messages, stop)
    .catch((error: unknown) => {
      stop(error instanceof Error ? error.message : 'its status ended');
    })
    .finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  return () => ({ reason });
}

async function readNotifications(messages: ConsumerMessages, stop: (reason: string) => void): Promise<void> {
  for await (const notification of messages.status()) {
    const reason = whyLost(notification);
    if (reason !== undefined) stop(reason);
  }
}

function whyLost(notification: ConsumerNotification): string | undefined {
  switch (notification.type) {
    case 'consumer_deleted':
    case 'consumer_not_found':
    case 'stream_not_found':
      return notification.type.replaceAll('_', ' ');
    case 'heartbeats_missed':
      return notification.count >= 2 ? 'the broker stopped answering' : undefined;
    default:
      return undefined;
  }
}

function toDurable(message: JsMsg): DurableMessage {
  return {
    subject: message.subject,
    data: message.data,
    headers: fromNatsHeaders(message.headers),
    sequence: message.seq,
    deliveries: message.info.deliveryCount,
    ack: () => {
      message.ack();
    },
    nak: (delayMs) => {
      message.nak(delayMs);
    },
    term: (reason) => {
      message.term(reason);
    },
    working: () => {
      message.working();
    },
  };
}
