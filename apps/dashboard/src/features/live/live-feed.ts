import type { ResourceEvent } from '@meshery/contracts';

/** `live`: changes arrive as they are committed; `reconnecting`: what is shown may be behind. */
export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'paused';

/** One event of the change stream with its change sequence. */
export interface FeedChange {
  readonly seq: number;
  readonly event: Extract<ResourceEvent, { readonly event: 'upsert' | 'delete' }>;
}

export interface FeedListener {
  /** Changes in the order of their commits, gathered over at most one flush interval. */
  readonly changes?: (changes: readonly FeedChange[]) => void;
  /** States or kinds of clusters have changed. */
  readonly clusters?: () => void;
  /** Changes were missed: read everything anew. */
  readonly reset?: () => void;
}

/** The part of EventSource that the feed uses. */
export interface EventStream {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface LiveFeedOptions {
  readonly open: (since: number | undefined) => EventStream;
  /** Milliseconds over which events are gathered before the listeners are called. */
  readonly flushMs?: number;
  readonly retryMs?: { readonly first: number; readonly most: number };
}

const defaultFlushMs = 100;
const defaultRetry = { first: 1_000, most: 15_000 };

/** One change stream for the whole page; reconnects by itself until it is closed. */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #listeners = new Set<FeedListener>();
  readonly #stateListeners = new Set<() => void>();
  #stream: EventStream | undefined;
  #state: FeedState = 'connecting';
  #seq: number | undefined;
  #opened = false;
  #batch: FeedChange[] = [];
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #retryMs: number;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
    this.#retryMs = (options.retryMs ?? defaultRetry).first;
  }

  readonly state = (): FeedState => this.#state;

  readonly onState = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the stream is open, or after the given time: then whatever is read next is made good by a reset. */
  whenOpen(patienceMs: number): Promise<void> {
    if (this.#state === 'live') return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(settle, patienceMs);
      const stop = this.onState(() => {
        if (this.#state === 'live') settle();
      });
      function settle(): void {
        clearTimeout(timer);
        stop();
        resolve();
      }
    });
  }

  connect(): void {
    this.#disconnect();
    this.#setState(this.#opened ? 'reconnecting' : 'connecting');
    const since = this.#seq;
    const stream = this.#options.open(since);
    this.#stream = stream;
    stream.addEventListener('open', () => this.#opens(since === undefined));
    stream.addEventListener('error', () => this.#fails(stream));
    stream.addEventListener('upsert', (event) => this.#receive('upsert', event));
    stream.addEventListener('delete', (event) => this.#receive('delete', event));
    stream.addEventListener('cluster', (event) => this.#clusterEvent(event));
    stream.addEventListener('reset', (event) => this.#resetEvent(event));
  }

  /** Tells that everything up to a change is known from elsewhere, so that a stream without any event can resume. */
  noteRead(seq: number): void {
    this.#seq ??= seq;
  }

  /** Gives the connection back while nobody looks; `connect` continues where it stopped. */
  pause(): void {
    this.#disconnect();
    this.#setState('paused');
  }

  close(): void {
    this.#disconnect();
    this.#flush();
  }

  #opens(missed: boolean): void {
    this.#retryMs = (this.#options.retryMs ?? defaultRetry).first;
    if (missed && this.#opened) this.#emitReset();
    this.#opened = true;
    this.#setState('live');
  }

  /** The browser would retry some failures by itself, but not all, and only after the last event it has seen. */
  #fails(stream: EventStream): void {
    if (stream !== this.#stream) return;
    this.#disconnect();
    this.#setState(this.#opened ? 'reconnecting' : 'connecting');
    this.#retryTimer = setTimeout(() => this.connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, (this.#options.retryMs ?? defaultRetry).most);
  }

  #receive(type: 'upsert' | 'delete', message: MessageEvent<string>): void {
    this.#noteSeq(message);
    const event = { event: type, data: JSON.parse(message.data) as unknown } as FeedChange['event'];
    this.#batch.push({ seq: this.#seq ?? 0, event });
    this.#flushTimer ??= setTimeout(() => this.#flush(), this.#options.flushMs ?? defaultFlushMs);
  }

  #clusterEvent(message: MessageEvent<string>): void {
    this.#noteSeq(message);
    for (const listener of this.#listeners) listener.clusters?.();
  }

  #resetEvent(message: MessageEvent<string>): void {
    this.#noteSeq(message);
    this.#emitReset();
  }

  #emitReset(): void {
    this.#batch = [];
    for (const listener of this.#listeners) listener.reset?.();
  }

  #noteSeq(message: MessageEvent<string>): void {
    const seq = Number(message.lastEventId);
    if (message.lastEventId !== '' && Number.isFinite(seq)) this.#seq = seq;
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const changes = this.#batch;
    this.#batch = [];
    if (changes.length === 0) return;
    for (const listener of this.#listeners) listener.changes?.(changes);
  }

  #disconnect(): void {
    clearTimeout(this.#retryTimer);
    this.#stream?.close();
    this.#stream = undefined;
  }

  #setState(state: FeedState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#stateListeners]) listener();
  }
}
