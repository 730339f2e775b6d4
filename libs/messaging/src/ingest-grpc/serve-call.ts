import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { ForwardedRequest, RequestVerb, ServeRequest, ServeResponse } from '@meshery/contracts';
import { abortable } from '../abortable.ts';
import type { IncomingRequest } from '../requests/request-transport.ts';

/** The Serve stream of a client. */
export type ServeClientCall = ClientDuplexStream<ServeRequest, ServeResponse>;

/** One Serve stream from its begin to its end, with the sessions that came over it. */
export class ServeCall {
  readonly #call: ServeClientCall;
  readonly #lost = new AbortController();
  readonly #listeners = new Map<string, (data: Uint8Array) => void>();
  #drained: Promise<void> | undefined;

  constructor(call: ServeClientCall) {
    this.#call = call;
  }

  /** Says whether requests for a cluster may come. */
  announce(clusterId: string, served: boolean): void {
    this.#write({ body: { $case: 'cluster', value: { clusterId, served } } });
  }

  /** A request that came over this stream. */
  incoming({ clusterId, id, message }: ForwardedRequest, verb: RequestVerb): IncomingRequest {
    return {
      clusterId,
      verb,
      data: message,
      lost: this.#lost.signal,
      send: (text, signal) => this.#send(id, text, signal),
      sendLast: (text) => void this.#write(answerOf(id, text)),
      hear: (_id, onMessage, signal) => {
        this.#hear(id, onMessage, signal);
      },
    };
  }

  /** Hands over what a client tells its session. */
  tell(id: string, message: Uint8Array): void {
    this.#listeners.get(id)?.(message);
  }

  /** The stream is over: every session on it loses its client. */
  end(): void {
    this.#lost.abort(new Error('the stream ended'));
    this.#listeners.clear();
  }

  async #send(id: string, text: string, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#lost.signal]);
    either.throwIfAborted();
    if (this.#write(answerOf(id, text))) return;
    this.#drained ??= this.#nextDrain();
    await abortable(this.#drained, either);
  }

  /** All sessions wait for the same event. */
  #nextDrain(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#call.once('drain', () => {
      this.#drained = undefined;
      resolve();
    });
    return promise;
  }

  /** False when the stream wants no more for now. */
  #write(message: ServeRequest): boolean {
    return !this.#lost.signal.aborted && this.#call.write(message);
  }

  #hear(id: string, onMessage: (data: Uint8Array) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.set(id, onMessage);
    signal.addEventListener('abort', () => this.#listeners.delete(id), { once: true });
  }
}

function answerOf(id: string, text: string): ServeRequest {
  return { body: { $case: 'answer', value: { id, message: Buffer.from(text) } } };
}
