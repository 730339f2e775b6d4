import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { BatchHead, BatchOutcome, InventoryReset, PushResponse } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import { abortable } from '../abortable.ts';
import { PendingBatches } from './pending-batches.ts';

/** What a PushStream needs. */
export interface PushStreamDeps {
  readonly open: () => ClientDuplexStream<Uint8Array, PushResponse>;
  /** Resolves when the connection to the server stands. */
  readonly whenReady: () => Promise<void>;
  /** The server rebuilt its inventory empty; called once for each time that this happened. */
  readonly onReset: (reason: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between attempts; 250 unless told. */
  readonly retryMs?: number;
  /** Milliseconds without any answer, while batches wait, after which the stream is made anew; 30,000 unless told. */
  readonly stallMs?: number;
  /** The stream is made for the first batch, not before: hundreds of clusters that say nothing have none. */
  readonly onDemand?: boolean;
}

/** A stream that ends at once (a refused identity) never counts as healthy. */
const settleMs = 500;

/** State of the stream, for readiness. */
export interface PushState {
  /** The server answered on this stream, or nothing was asked of it yet. */
  readonly healthy: boolean;
  readonly reason: string;
  /** What ended the last stream, while not healthy: often a ServiceError of gRPC. */
  readonly error?: Error;
  /** Batches without an answer. */
  readonly pending: number;
}

/**
 * One gRPC Push stream that is kept up. Every pushed batch is answered once; after a break, what has no answer is sent
 * again in the same order, and the server answers DUPLICATE for what it had committed. The caller bounds what it pushes.
 */
export class PushStream {
  readonly #deps: PushStreamDeps;
  readonly #pending = new PendingBatches();
  #call: ClientDuplexStream<Uint8Array, PushResponse> | undefined;
  #fault: Error | undefined;
  #lastAnswer = 0;
  #lastReset = 0;
  #onAsked: (() => void) | undefined;

  constructor(deps: PushStreamDeps) {
    this.#deps = deps;
  }

  /** Pushes an encoded batch. Resolves with the server's outcome, however often the stream has to be made anew. */
  push(head: BatchHead, data: Uint8Array): Promise<BatchOutcome> {
    const { promise, resolve } = Promise.withResolvers<BatchOutcome>();
    if (this.#pending.size === 0) this.#lastAnswer = this.#deps.clock.monotonic();
    this.#pending.add({ head, data, resolve });
    this.#call?.write(data);
    this.#onAsked?.();
    return promise;
  }

  state(): PushState {
    const pending = this.#pending.size;
    if (this.#fault === undefined) return { healthy: true, reason: '', pending };
    return { healthy: false, reason: this.#fault.message, error: this.#fault, pending };
  }

  /** Keeps the stream up until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, retryMs = 250, onDemand = false } = this.#deps;
    if (onDemand) await this.#asked(signal).catch(() => undefined);
    while (!signal.aborted) {
      const fault = await this.#runOnce(signal);
      if (isAborted(signal)) break;
      if (this.#fault?.message !== fault.message)
        logger.warn({ reason: fault.message, pending: this.#pending.size }, 'the push stream ended; making it anew');
      this.#fault = fault;
      await clock.sleep(retryMs, signal).catch(() => undefined);
    }
    this.#pending.clear();
  }

  async #runOnce(signal: AbortSignal): Promise<Error> {
    const call = this.#open();
    if (call instanceof Error) return call;
    const ended = Promise.withResolvers<Error>();
    call.on('data', (response: PushResponse) => {
      this.#onResponse(response);
    });
    call.on('error', (error: Error) => {
      ended.resolve(error);
    });
    call.on('end', () => {
      ended.resolve(new Error('the server ended the stream'));
    });
    const stop = (): void => {
      call.end();
      ended.resolve(stopped());
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#lastAnswer = this.#deps.clock.monotonic();
    for (const entry of this.#pending) call.write(entry.data);
    this.#call = call;
    const watch = new AbortController();
    const settled = this.#settleIdle(call, watch.signal);
    const fault = await Promise.race([ended.promise, this.#stalled(watch.signal)]);
    watch.abort();
    await settled;
    this.#call = undefined;
    signal.removeEventListener('abort', stop);
    if (!signal.aborted) call.cancel();
    return fault;
  }

  /** Credentials are read for each stream; without them there is a reason instead of a stream. */
  #open(): ClientDuplexStream<Uint8Array, PushResponse> | Error {
    try {
      return this.#deps.open();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** With nothing to ask, a stream that stands for a while counts as well. */
  async #settleIdle(call: ClientDuplexStream<Uint8Array, PushResponse>, signal: AbortSignal): Promise<void> {
    try {
      await this.#deps.whenReady();
      await this.#deps.clock.sleep(settleMs, signal);
    } catch {
      return;
    }
    if (this.#call === call && this.#pending.size === 0) this.#healthy();
  }

  #healthy(): void {
    if (this.#fault !== undefined) this.#deps.logger.info({}, 'the server answers again');
    this.#fault = undefined;
  }

  #onResponse(response: PushResponse): void {
    this.#lastAnswer = this.#deps.clock.monotonic();
    this.#healthy();
    const { outcome, reset } = response;
    if (reset !== undefined) {
      this.#onReset(reset);
      return;
    }
    const entry = outcome === undefined ? undefined : this.#pending.settle(outcome);
    if (outcome === undefined || entry === undefined)
      this.#deps.logger.warn({ outcome }, 'an answer to no batch was ignored');
    else entry.resolve(outcome);
  }

  /** Every stream begins with the last one. */
  #onReset({ resetAtUnixMs, reason }: InventoryReset): void {
    if (resetAtUnixMs === this.#lastReset) return;
    this.#lastReset = resetAtUnixMs;
    this.#deps.logger.warn({ reason }, 'the inventory was rebuilt empty; the agent is asked for everything');
    this.#deps.onReset(reason);
  }

  /** Resolves while a batch waits for its answer. */
  async #asked(signal: AbortSignal): Promise<void> {
    if (this.#pending.size > 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onAsked = resolve;
    try {
      await abortable(promise, signal);
    } finally {
      this.#onAsked = undefined;
    }
  }

  /** While nothing is asked there is no timer. */
  async #stalled(signal: AbortSignal): Promise<Error> {
    const { clock, stallMs = 30_000 } = this.#deps;
    for (;;) {
      const silent = clock.monotonic() - this.#lastAnswer;
      if (this.#pending.size > 0 && silent >= stallMs) return new Error(`the server did not answer for ${stallMs} ms`);
      try {
        await (this.#pending.size > 0 ? clock.sleep(stallMs / 4, signal) : this.#asked(signal));
      } catch {
        return stopped();
      }
    }
  }
}

function stopped(): Error {
  return new Error('stopped');
}

/** Read anew: it may have changed since the last look. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
