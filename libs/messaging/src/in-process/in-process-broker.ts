import type { Clock } from '@meshery/observability';
import type {
  Broker,
  BrokerEvent,
  BrokerMessage,
  BrokerStatus,
  ConsumerHandler,
  ConsumerSpec,
  DurablePublishOptions,
  Headers,
  MessageHandler,
  PublishOptions,
  RequestOptions,
  StoredAck,
  StreamSpec,
  StreamState,
  SubscribeOptions,
} from '../broker.ts';
import { brokerUnreachable, notAcknowledged, tooLarge, unanswered } from '../broker-errors.ts';
import { BrokerEvents } from '../broker-events.ts';
import { PendingQueue } from '../pending-queue.ts';
import { MemoryStream } from './memory-stream.ts';
import { subjectMatches } from './subject-match.ts';

/** How an in-process broker is made. */
export interface InProcessBrokerOptions {
  readonly clock: Clock;
  /** Bytes of one message, at most; 1 MiB unless told. */
  readonly maxPayload?: number;
}

interface Subscriber {
  readonly pattern: string;
  readonly queueGroup: string | undefined;
  readonly queue: PendingQueue;
}

const defaultMaxPending = 10_000;

/** A broker inside one process: the same contract without a server; what it holds is gone with the process. */
export class InProcessBroker implements Broker {
  readonly maxPayload: number;
  readonly #clock: Clock;
  readonly #subscribers = new Set<Subscriber>();
  readonly #streams = new Map<string, MemoryStream>();
  readonly #events = new BrokerEvents();
  readonly #closing = new AbortController();
  #slowDrops = 0;
  #inboxes = 0;

  constructor(options: InProcessBrokerOptions) {
    this.#clock = options.clock;
    this.maxPayload = options.maxPayload ?? 1024 * 1024;
  }

  publish(subject: string, data: Uint8Array | string, options: PublishOptions = {}): void {
    this.#deliver(subject, this.#checked(data), options.headers ?? {}, undefined);
  }

  subscribe(subject: string, handler: MessageHandler, options: SubscribeOptions): void {
    this.#checkOpen();
    const queue = new PendingQueue(handler, options.maxPending ?? defaultMaxPending, {
      onDrop: (dropped) => {
        this.#slowDrops += 1;
        this.#events.emit({ type: 'slow-consumer', subject, dropped });
      },
      onFailure: (error) => {
        this.#events.emit({ type: 'handler-failed', subject, error });
      },
    });
    const subscriber = { pattern: subject, queueGroup: options.queue, queue };
    if (options.signal.aborted) return;
    this.#subscribers.add(subscriber);
    options.signal.addEventListener(
      'abort',
      () => {
        queue.clear();
        this.#subscribers.delete(subscriber);
      },
      { once: true },
    );
  }

  async request(subject: string, data: Uint8Array, options: RequestOptions): Promise<BrokerMessage> {
    options.signal.throwIfAborted();
    const answer = Promise.withResolvers<BrokerMessage>();
    const given = this.#deliver(subject, this.#checked(data), options.headers ?? {}, (message) => {
      answer.resolve(message);
    });
    if (given === 0) throw unanswered(subject);
    const timer = new AbortController();
    const either = AbortSignal.any([options.signal, timer.signal, this.#closing.signal]);
    const late = this.#clock.sleep(options.timeoutMs, either).then((): never => {
      throw unanswered(subject);
    });
    late.catch(() => undefined);
    try {
      return await Promise.race([answer.promise, late]);
    } catch (error) {
      options.signal.throwIfAborted();
      throw error;
    } finally {
      timer.abort();
    }
  }

  requestMany(subject: string, data: Uint8Array, handler: MessageHandler, options: SubscribeOptions): void {
    this.#inboxes += 1;
    const reply = `_INBOX.${String(this.#inboxes)}`;
    this.subscribe(reply, handler, options);
    const given = this.#deliver(subject, this.#checked(data), {}, (message) => {
      this.#deliver(reply, message.data, message.headers, undefined);
    });
    if (given === 0) this.#deliver(reply, new Uint8Array(), {}, undefined);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async ensureStream(spec: StreamSpec, signal: AbortSignal): Promise<StreamState> {
    signal.throwIfAborted();
    this.#checkOpen();
    const stream = this.#streams.get(spec.name) ?? new MemoryStream(spec, this.#clock);
    this.#streams.set(spec.name, stream);
    return stream.adapt(spec);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async publishDurable(subject: string, data: Uint8Array, options: DurablePublishOptions): Promise<StoredAck> {
    options.signal.throwIfAborted();
    const stream = [...this.#streams.values()].find((candidate) =>
      candidate.spec.subjects.some((pattern) => subjectMatches(pattern, subject)),
    );
    const copy = this.#checked(data);
    if (stream === undefined) throw notAcknowledged('no stream takes it', { missing: true });
    return stream.store(subject, copy, options.headers ?? {}, options.messageId);
  }

  async consume(spec: ConsumerSpec, handler: ConsumerHandler, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    while (!either.aborted) {
      const stream = this.#streams.get(spec.stream);
      if (stream !== undefined) await stream.consume(spec, handler, either);
      await this.#clock.sleep(stream === undefined ? 100 : 0, either).catch(() => undefined);
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- nothing is on its way inside one process
  async flush(): Promise<void> {
    this.#checkOpen();
  }

  status(): BrokerStatus {
    const connected = !this.#closing.signal.aborted;
    return { connected, reason: connected ? '' : 'closed', reconnects: 0, slowDrops: this.#slowDrops };
  }

  onEvent(listener: (event: BrokerEvent) => void): () => void {
    return this.#events.add(listener);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async close(): Promise<void> {
    this.#closing.abort(brokerUnreachable('it was closed'));
    this.#subscribers.clear();
    this.#streams.clear();
    this.#events.clear();
  }

  #deliver(
    subject: string,
    data: Uint8Array,
    headers: Headers,
    onReply: ((message: BrokerMessage) => void) | undefined,
  ): number {
    const receivers = this.#receivers(subject);
    const message = toMessage(subject, data, headers, onReply);
    for (const receiver of receivers) receiver.queue.push(message);
    return receivers.length;
  }

  /** Every plain subscriber and one of each queue group. */
  #receivers(subject: string): readonly Subscriber[] {
    const chosen: Subscriber[] = [];
    const groups = new Set<string>();
    for (const subscriber of this.#subscribers) {
      if (!subjectMatches(subscriber.pattern, subject)) continue;
      if (subscriber.queueGroup !== undefined) {
        const group = `${subscriber.pattern} ${subscriber.queueGroup}`;
        if (groups.has(group)) continue;
        groups.add(group);
      }
      chosen.push(subscriber);
    }
    return chosen;
  }

  #checked(data: Uint8Array | string): Uint8Array {
    this.#checkOpen();
    const bytes = Buffer.from(data);
    if (bytes.byteLength > this.maxPayload) throw tooLarge(bytes.byteLength, this.maxPayload);
    return bytes;
  }

  #checkOpen(): void {
    if (this.#closing.signal.aborted) throw brokerUnreachable('it was closed');
  }
}

function toMessage(
  subject: string,
  data: Uint8Array,
  headers: Headers,
  onReply: ((message: BrokerMessage) => void) | undefined,
): BrokerMessage {
  return {
    subject,
    data,
    headers,
    respond: (answer, answerHeaders = {}) => {
      if (onReply === undefined) return false;
      onReply({ subject: '', data: Buffer.from(answer), headers: answerHeaders, respond: () => false });
      return true;
    },
  };
}
