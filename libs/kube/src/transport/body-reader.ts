import type { Dispatcher } from 'undici';

/** Bytes buffered before the socket is paused. */
const highWaterBytes = 128 * 1024;

/** Headers of an answer, names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Start of an answer. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
}

/** Who is told what happens to a request. */
export interface RequestListener {
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Called when the request goes out; what it throws ends it. */
  readonly beforeSend?: (() => void) | undefined;
}

/**
 * One HTTP answer as a pull source of chunks with back-pressure: while nobody reads, the socket is paused.
 * A thin undici handler instead of a Node stream: the initial lists pass through here chunk by chunk.
 */
export class BodyReader implements Dispatcher.DispatchHandler {
  /** Settles with the head of the answer, or rejects with the transport's error or the abort reason. */
  readonly head: Promise<ResponseHead>;
  /** Bytes received so far. */
  bytes = 0;
  readonly #now: () => number;
  readonly #listener: RequestListener;
  readonly #resolvers = Promise.withResolvers<ResponseHead>();
  #chunks: Buffer[] = [];
  #buffered = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #paused = false;
  #ended = false;
  #error: Error | undefined;
  #waiting: PromiseWithResolvers<Buffer | undefined> | undefined;
  #activeAt: number;

  constructor(now: () => number, listener: RequestListener = {}) {
    this.#now = now;
    this.#listener = listener;
    this.#activeAt = now();
    this.head = this.#resolvers.promise;
    this.head.catch(() => undefined);
  }

  /** Monotonic ms of the last byte, or of the last moment when it was the reader that waited. */
  get activeAt(): number {
    return this.#paused || this.#buffered > 0 ? this.#now() : this.#activeAt;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    try {
      this.#listener.beforeSend?.();
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
    if (this.#error !== undefined) controller.abort(this.#error);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (status < 200) return;
    this.#activeAt = this.#now();
    this.#resolvers.resolve({ status, headers });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#activeAt = this.#now();
    this.#listener.onBytes?.(chunk.length);
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting.resolve(chunk);
      return;
    }
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered >= highWaterBytes && !this.#paused) {
      this.#paused = true;
      controller.pause();
    }
  }

  onResponseEnd(): void {
    this.#ended = true;
    this.#waiting?.resolve(undefined);
    this.#waiting = undefined;
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  /** The next chunk without waiting; undefined when none is buffered. */
  tryRead(): Buffer | undefined {
    const chunk = this.#chunks.shift();
    if (chunk === undefined) return undefined;
    this.#buffered -= chunk.length;
    if (this.#paused && this.#buffered < highWaterBytes / 2) {
      this.#paused = false;
      this.#activeAt = this.#now();
      this.#controller?.resume();
    }
    return chunk;
  }

  /** The next chunk; undefined at the end of the body. Rejects when the connection breaks or is aborted. */
  read(): Promise<Buffer | undefined> {
    const chunk = this.tryRead();
    if (chunk !== undefined) return Promise.resolve(chunk);
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve(undefined);
    this.#waiting = Promise.withResolvers<Buffer | undefined>();
    return this.#waiting.promise;
  }

  /** Ends the request; reads reject with `reason`. Harmless after the end. */
  abort(reason: Error): void {
    if (this.#ended || this.#error !== undefined) return;
    this.#fail(reason);
    this.#controller?.abort(reason);
  }

  #fail(error: Error): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    this.#chunks = [];
    this.#buffered = 0;
    this.#resolvers.reject(error);
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
