import type { MesheryError } from '@meshery/errors';

/** Message headers; names as they travel. */
export type Headers = Readonly<Record<string, string>>;

/** A message of a subscription. */
export interface BrokerMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: Headers;
  /** Answers a request; false when the message asks for no answer. */
  respond(data: Uint8Array | string, headers?: Headers): boolean;
}

/** A stored message, delivered until it is settled. Settling twice is harmless; only the first one counts. */
export interface DurableMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: Headers;
  /** Position in the stream. */
  readonly sequence: number;
  /** 1 at the first delivery. */
  readonly deliveries: number;
  /** Done: the stream forgets the message. */
  ack(): void;
  /** Not now: deliver again after `delayMs` (at once when absent). */
  nak(delayMs?: number): void;
  /** Never again: the message is of no use; park it first. */
  term(reason: string): void;
  /** Still at it: restarts the acknowledgement deadline. */
  working(): void;
}

/** How a core message is sent. */
export interface PublishOptions {
  readonly headers?: Headers;
}

/** How a request is sent. */
export interface RequestOptions extends PublishOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How a message is stored in a stream. */
export interface DurablePublishOptions extends PublishOptions {
  /** A second message of the same id within the stream's duplicate window is not stored again. */
  readonly messageId: string;
  /** Milliseconds until the stream must have answered; 5,000 unless told. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

/** What the stream says about a stored message. */
export interface StoredAck {
  readonly sequence: number;
  readonly duplicate: boolean;
}

/** A stream; both ends of a path make sure that it exists, with the same specification. */
export interface StreamSpec {
  readonly name: string;
  readonly subjects: readonly string[];
  /** A full stream refuses new messages, or forgets its oldest. */
  readonly whenFull: 'refuse' | 'drop-oldest';
  /** Acknowledged messages leave the stream, or stay until a limit is reached. */
  readonly keep: 'until-acked' | 'limits';
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  readonly duplicateWindowMs: number;
}

/** Facts about an existing stream. */
export interface StreamState {
  /** Creation time; another one than before means that everything in it was lost. */
  readonly createdAtUnixMs: number;
  readonly messages: number;
  readonly bytes: number;
  readonly lastSequence: number;
}

/** A durable consumer; one process at a time owns it. */
export interface ConsumerSpec {
  readonly stream: string;
  readonly name: string;
  /** Only messages of this subject; all of the stream when absent. */
  readonly subject?: string;
  /** Milliseconds without a settlement after which a message is delivered again. */
  readonly ackWaitMs: number;
  /** Messages delivered and not yet settled, at most. */
  readonly maxInFlight: number;
}

/** What a consumer calls; its functions must not throw. */
export interface ConsumerHandler {
  /** Delivery begins, or begins anew, at the oldest message that is not settled: forget what was held. */
  onStart(): void;
  onMessage(message: DurableMessage): void;
  /** Asked after each message that came over a network: the next one waits for it. Undefined: there is room. */
  room?(): Promise<void> | undefined;
}

/** How a subscription behaves. */
export interface SubscribeOptions {
  /** One member of the group gets each message. */
  readonly queue?: string;
  /** Messages waiting for the handler, at most; more are dropped, counted and reported. 10,000 unless told. */
  readonly maxPending?: number;
  /** The subscription ends when it aborts. */
  readonly signal: AbortSignal;
}

/** Handles one message at a time, in order; what it throws is reported, never lost. */
export type MessageHandler = (message: BrokerMessage) => void | Promise<void>;

/** Something a person or a metric should know about a broker. */
export type BrokerEvent =
  | { readonly type: 'connected'; readonly reconnects: number }
  | { readonly type: 'disconnected'; readonly reason: string }
  | { readonly type: 'slow-consumer'; readonly subject: string; readonly dropped: number }
  | { readonly type: 'handler-failed'; readonly subject: string; readonly error: unknown }
  | { readonly type: 'error'; readonly reason: string };

/** What a broker says about itself now. */
export interface BrokerStatus {
  readonly connected: boolean;
  /** Why not, in a few words; no credentials. */
  readonly reason: string;
  /** The same with its code and remedy; absent while connected. */
  readonly error?: MesheryError;
  readonly reconnects: number;
  /** Messages dropped because handlers were too slow. */
  readonly slowDrops: number;
}

/**
 * The message broker: at-most-once publish and subscribe, request and reply, and at-least-once streams.
 * Messages of one publisher keep their order. All rejections are MesheryErrors `meshery-messaging-15xx`.
 */
export interface Broker {
  /** Bytes of one message, at most; larger ones are chunked by `splitPayload`. */
  readonly maxPayload: number;
  /** Sends and forgets. Throws 1500 while disconnected, 1502 when too large. */
  publish(subject: string, data: Uint8Array | string, options?: PublishOptions): void;
  /** Begins to receive; delivery resumes by itself after a reconnect. */
  subscribe(subject: string, handler: MessageHandler, options: SubscribeOptions): void;
  /** Rejects with 1504 when nobody answers in time. */
  request(subject: string, data: Uint8Array, options: RequestOptions): Promise<BrokerMessage>;
  /**
   * Sends a request that any number of answers may follow; they are delivered as to a subscription, until its signal
   * aborts. An empty one means that nobody takes the request. Throws 1500 while disconnected, 1502 when too large.
   */
  requestMany(subject: string, data: Uint8Array, handler: MessageHandler, options: SubscribeOptions): void;
  /** Creates the stream, or adapts its limits; a cluster of three servers or more keeps three copies. */
  ensureStream(spec: StreamSpec, signal: AbortSignal): Promise<StreamState>;
  /** Resolves when the message is stored; then its bytes may be used again. Rejects with 1501 (try again) or 1502 (too large). */
  publishDurable(subject: string, data: Uint8Array, options: DurablePublishOptions): Promise<StoredAck>;
  /** Delivers until the signal aborts; survives everything that happens to the connection, stream and consumer. */
  consume(spec: ConsumerSpec, handler: ConsumerHandler, signal: AbortSignal): Promise<void>;
  /** Resolves when everything that was published or settled so far has reached the broker. Rejects with 1500 when it is lost meanwhile. */
  flush(): Promise<void>;
  status(): BrokerStatus;
  /** Returns the function that ends it. */
  onEvent(listener: (event: BrokerEvent) => void): () => void;
  /** Flushes and ends; everything pending rejects. */
  close(): Promise<void>;
}
