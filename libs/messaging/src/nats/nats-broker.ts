import { jetstream } from '@nats-io/jetstream';
import type { JetStreamClient } from '@nats-io/jetstream';
import { connect, createInbox } from '@nats-io/transport-node';
import type { NatsConnection, Status } from '@nats-io/transport-node';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type {
  Broker,
  BrokerEvent,
  BrokerMessage,
  BrokerStatus,
  ConsumerHandler,
  ConsumerSpec,
  DurablePublishOptions,
  MessageHandler,
  PublishOptions,
  RequestOptions,
  StoredAck,
  StreamSpec,
  StreamState,
  SubscribeOptions,
} from '../broker.ts';
import { brokerUnreachable, notAcknowledged, tooLarge, unanswered } from '../broker-errors.ts';
import { abortable } from '../abortable.ts';
import { BrokerEvents } from '../broker-events.ts';
import { PendingQueue } from '../pending-queue.ts';
import { ConnectionGate } from './connection-gate.ts';
import { parseNatsAddress } from './nats-address.ts';
import type { NatsAddress } from './nats-address.ts';
import { consumeOnce } from './nats-consumer.ts';
import { NatsCredentials } from './nats-credentials.ts';
import { connectError, publishError, textOf } from './nats-errors.ts';
import { toNatsHeaders } from './nats-headers.ts';
import { toBrokerMessage } from './nats-messages.ts';
import { connectOptions, defaultTimeoutMs, retryMs } from './nats-options.ts';
import type { NatsBrokerOptions } from './nats-options.ts';
import { ensureNatsStream } from './nats-streams.ts';

/** What a NatsBroker needs. */
export interface NatsBrokerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

const defaultMaxPending = 10_000;

/** A broker on a real NATS server with JetStream; reconnects without limit. */
export class NatsBroker implements Broker {
  readonly #options: NatsBrokerOptions;
  readonly #address: NatsAddress;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #events = new BrokerEvents();
  readonly #gate = new ConnectionGate();
  readonly #closing = new AbortController();
  readonly #credentials: NatsCredentials;
  #connection: NatsConnection | undefined;
  #js: JetStreamClient | undefined;
  #reason = 'not yet connected';
  #fault: MesheryError | undefined;
  #reconnecting = 0;
  #reconnects = 0;
  #slowDrops = 0;

  /** Makes a broker that is not yet connected; throws `meshery-config-1100` on an unreadable URL. */
  constructor(options: NatsBrokerOptions, deps: NatsBrokerDeps) {
    this.#options = options;
    this.#address = parseNatsAddress(options.url);
    this.#clock = deps.clock;
    this.#logger = deps.logger.child({ broker: this.#address.server });
    this.#credentials = new NatsCredentials(options.token, this.#address, this.#logger);
  }

  /** Connects, trying until it works; rejects only when the signal aborts or the broker is closed. */
  async open(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (;;) {
      either.throwIfAborted();
      try {
        this.#adopt(await this.#connect());
        return;
      } catch (error) {
        this.#failed(error);
      }
      await this.#clock.sleep(this.#options.reconnectMs ?? retryMs, either);
    }
  }

  get maxPayload(): number {
    return this.#connection?.info?.max_payload ?? 1024 * 1024;
  }

  publish(subject: string, data: Uint8Array | string, options: PublishOptions = {}): void {
    const connection = this.#connected();
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
    if (bytes > this.maxPayload) throw tooLarge(bytes, this.maxPayload);
    const headers = toNatsHeaders(options.headers);
    connection.publish(subject, data, headers === undefined ? {} : { headers });
  }

  subscribe(subject: string, handler: MessageHandler, options: SubscribeOptions): void {
    const queue = new PendingQueue(handler, options.maxPending ?? defaultMaxPending, {
      onDrop: (dropped) => {
        this.#slowDrops += 1;
        this.#events.emit({ type: 'slow-consumer', subject, dropped });
      },
      onFailure: (error) => {
        this.#events.emit({ type: 'handler-failed', subject, error });
      },
    });
    const subscription = this.#opened().subscribe(subject, {
      ...(options.queue === undefined ? {} : { queue: options.queue }),
      callback: (error, message) => {
        if (error === null) queue.push(toBrokerMessage(message));
        else this.#events.emit({ type: 'error', reason: error.message });
      },
    });
    const end = (): void => {
      queue.clear();
      subscription.unsubscribe();
    };
    if (options.signal.aborted) end();
    else options.signal.addEventListener('abort', end, { once: true });
  }

  async request(subject: string, data: Uint8Array, options: RequestOptions): Promise<BrokerMessage> {
    options.signal.throwIfAborted();
    if (data.byteLength > this.maxPayload) throw tooLarge(data.byteLength, this.maxPayload);
    const connection = this.#connected();
    const headers = toNatsHeaders(options.headers);
    try {
      const asked = connection.request(subject, data, {
        timeout: options.timeoutMs,
        ...(headers === undefined ? {} : { headers }),
      });
      return toBrokerMessage(await abortable(asked, options.signal));
    } catch (error) {
      options.signal.throwIfAborted();
      throw unanswered(subject, error);
    }
  }

  requestMany(subject: string, data: Uint8Array, handler: MessageHandler, options: SubscribeOptions): void {
    const connection = this.#connected();
    if (data.byteLength > this.maxPayload) throw tooLarge(data.byteLength, this.maxPayload);
    const reply = createInbox();
    this.subscribe(reply, handler, options);
    connection.publish(subject, data, { reply });
  }

  async ensureStream(spec: StreamSpec, signal: AbortSignal): Promise<StreamState> {
    const js = await this.#ready(signal);
    try {
      const clustered = this.#connection?.info?.cluster !== undefined;
      return await abortable(ensureNatsStream(await js.jetstreamManager(false), spec, clustered), signal);
    } catch (error) {
      signal.throwIfAborted();
      throw notAcknowledged(textOf(error), { stream: spec.name }, error);
    }
  }

  async publishDurable(subject: string, data: Uint8Array, options: DurablePublishOptions): Promise<StoredAck> {
    const js = await this.#ready(options.signal);
    if (data.byteLength > this.maxPayload) throw tooLarge(data.byteLength, this.maxPayload);
    const headers = toNatsHeaders(options.headers);
    try {
      const ack = await js.publish(subject, data, {
        msgID: options.messageId,
        timeout: options.timeoutMs ?? defaultTimeoutMs,
        retries: 1,
        ...(headers === undefined ? {} : { headers }),
      });
      return { sequence: ack.seq, duplicate: ack.duplicate };
    } catch (error) {
      throw publishError(error);
    }
  }

  async consume(spec: ConsumerSpec, handler: ConsumerHandler, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    let reported = '';
    while (!either.aborted) {
      const reason = await this.#consumeUntilLost(spec, handler, either);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it aborts during the await
      if (either.aborted) return;
      const level = reason === reported ? 'debug' : 'warn';
      reported = reason;
      this.#logger[level]({ stream: spec.stream, consumer: spec.name, reason }, 'delivery begins anew');
      await this.#clock.sleep(retryMs, either).catch(() => undefined);
    }
  }

  async flush(): Promise<void> {
    const connection = this.#connected();
    try {
      await connection.flush();
    } catch (error) {
      throw connectError(error);
    }
  }

  status(): BrokerStatus {
    return {
      connected: this.#gate.isOpen,
      reason: this.#gate.isOpen ? '' : this.#reason,
      ...(this.#gate.isOpen ? {} : { error: this.#fault ?? brokerUnreachable(this.#reason) }),
      reconnects: this.#reconnects,
      slowDrops: this.#slowDrops,
    };
  }

  onEvent(listener: (event: BrokerEvent) => void): () => void {
    return this.#events.add(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort(brokerUnreachable('it was closed'));
    const connection = this.#connection;
    if (connection !== undefined && !connection.isClosed()) {
      if (this.#gate.isOpen) await Promise.race([connection.flush().catch(() => undefined), this.#clock.sleep(2000)]);
      await connection.close();
    }
    this.#gate.close();
    this.#reason = 'closed';
    this.#events.clear();
  }

  async #consumeUntilLost(spec: ConsumerSpec, handler: ConsumerHandler, signal: AbortSignal): Promise<string> {
    const session = new AbortController();
    const stopWatching = this.onEvent((event) => {
      if (event.type === 'connected') session.abort(new Error('the connection was made anew'));
    });
    try {
      const js = await this.#ready(signal);
      return (await consumeOnce(js, spec, handler, AbortSignal.any([signal, session.signal]))).reason;
    } catch (error) {
      return textOf(error);
    } finally {
      stopWatching();
    }
  }

  async #connect(reconnect = true): Promise<NatsConnection> {
    this.#credentials.refresh();
    const options = connectOptions(this.#options, this.#address, () => this.#credentials.current());
    return connect({ ...options, reconnect });
  }

  #adopt(connection: NatsConnection): void {
    this.#connection = connection;
    this.#js = jetstream(connection, { timeout: defaultTimeoutMs });
    this.#watch(connection).catch((error: unknown) => {
      this.#down(textOf(error));
    });
    this.#up();
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) this.#onStatus(status);
    this.#down('the connection was closed');
  }

  #onStatus(status: Status): void {
    if (status.type === 'reconnect') {
      this.#reconnects += 1;
      this.#up();
    } else if (status.type === 'disconnect' || status.type === 'staleConnection') {
      // Each attempt that fails is a disconnect too: what is known by then says more.
      if (this.#gate.isOpen) this.#down(`it was lost (${status.type})`);
    } else if (status.type === 'reconnecting') {
      this.#reconnecting += 1;
      // Twice may be a restart. After that somebody wants to know why, and the client does not say.
      if (this.#reconnecting % 8 === 3) this.#diagnose().catch(() => undefined);
    } else if (status.type === 'error') {
      this.#logger.warn({ reason: status.error.message }, 'the broker reports an error');
      this.#events.emit({ type: 'error', reason: status.error.message });
      if (!this.#gate.isOpen) this.#failed(status.error);
    }
  }

  /** An attempt of its own, only to hear what is wrong. */
  async #diagnose(): Promise<void> {
    try {
      const connection = await this.#connect(false);
      await connection.close();
    } catch (error) {
      if (!this.#gate.isOpen) this.#failed(error);
    }
  }

  #up(): void {
    this.#reconnecting = 0;
    this.#gate.open();
    this.#logger.info({ reconnects: this.#reconnects }, 'connected to the broker');
    this.#events.emit({ type: 'connected', reconnects: this.#reconnects });
  }

  #failed(error: unknown): void {
    const fault = connectError(error);
    this.#down(fault.code === 'meshery-messaging-1500' ? textOf(error) : fault.message, fault);
  }

  #down(reason: string, fault?: MesheryError): void {
    const changed = this.#gate.isOpen || this.#reason !== reason;
    this.#reason = reason;
    this.#fault = fault;
    this.#gate.shut();
    if (!changed || this.#closing.signal.aborted) return;
    this.#logger.warn({ reason, code: fault?.code }, 'not connected to the broker');
    this.#events.emit({ type: 'disconnected', reason });
  }

  #opened(): NatsConnection {
    if (this.#connection === undefined || this.#closing.signal.aborted) throw brokerUnreachable(this.#reason);
    return this.#connection;
  }

  #connected(): NatsConnection {
    const connection = this.#opened();
    if (!this.#gate.isOpen) throw brokerUnreachable(this.#reason);
    return connection;
  }

  async #ready(signal: AbortSignal): Promise<JetStreamClient> {
    await this.#gate.pass(AbortSignal.any([signal, this.#closing.signal]));
    if (this.#js === undefined || this.#closing.signal.aborted) throw brokerUnreachable(this.#reason);
    return this.#js;
  }
}
