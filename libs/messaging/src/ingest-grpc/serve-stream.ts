import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { requestVerbs } from '@meshery/contracts';
import type { ForwardedRequest, RequestVerb, ServeResponse } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import type { IncomingRequest, RequestTransport } from '../requests/request-transport.ts';
import { ServeCall } from './serve-call.ts';
import type { ServeClientCall } from './serve-call.ts';

/** What a ServeStream needs. */
export interface ServeStreamDeps {
  readonly open: () => ServeClientCall;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between attempts; 1,000 unless told. */
  readonly retryMs?: number;
}

type OnRequest = (request: IncomingRequest) => void;

/** A server of an earlier version does not know the call; an update may bring it. */
const unknownRetryMs = 60_000;
/** Longest wait for last words to leave. */
const lingerMs = 1000;

/**
 * The requests that come from a server over a stream which this side dials and keeps up. Sessions end with the stream
 * that they came over: the server has told their clients so. The stream is there from the first served cluster on;
 * `close` ends it.
 */
export class ServeStream implements RequestTransport {
  readonly #deps: ServeStreamDeps;
  readonly #clusters = new Map<string, OnRequest>();
  readonly #stop = new AbortController();
  #call: ServeCall | undefined;
  #done: Promise<void> | undefined;
  #reported = '';

  constructor(deps: ServeStreamDeps) {
    this.#deps = deps;
  }

  serve(clusterId: string, onRequest: OnRequest, signal: AbortSignal): void {
    if (signal.aborted || this.#stop.signal.aborted) return;
    this.#clusters.set(clusterId, onRequest);
    signal.addEventListener(
      'abort',
      () => {
        if (this.#clusters.get(clusterId) !== onRequest) return;
        this.#clusters.delete(clusterId);
        this.#call?.announce(clusterId, false);
      },
      { once: true },
    );
    this.#call?.announce(clusterId, true);
    this.#done ??= this.#run();
  }

  /** Ends it, after what is under way; at most a second. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('closed'));
    await this.#done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const fault = await this.#runOnce(signal).catch((error: unknown) => asError(error));
      if (isAborted(signal)) return;
      this.#report(fault);
      await this.#deps.clock.sleep(this.#pauseAfter(fault), signal).catch(() => undefined);
    }
  }

  async #runOnce(signal: AbortSignal): Promise<Error> {
    const stream = this.#deps.open();
    const call = new ServeCall(stream);
    const ended = Promise.withResolvers<Error>();
    stream.on('data', (response: ServeResponse) => {
      this.#onResponse(call, response);
    });
    stream.on('error', ended.resolve);
    stream.on('end', () => {
      ended.resolve(new Error('the server ended the stream'));
    });
    const over = new AbortController();
    const stop = (): void => {
      stream.end();
      this.#deps.clock.sleep(lingerMs, over.signal).then(
        () => {
          ended.resolve(new Error('stopped'));
        },
        () => undefined,
      );
    };
    signal.addEventListener('abort', stop, { once: true });
    for (const clusterId of this.#clusters.keys()) call.announce(clusterId, true);
    this.#call = call;
    const fault = await ended.promise;
    this.#call = undefined;
    over.abort();
    signal.removeEventListener('abort', stop);
    call.end();
    stream.cancel();
    return fault;
  }

  #onResponse(call: ServeCall, { body }: ServeResponse): void {
    this.#reported = '';
    if (body?.$case === 'request') this.#onRequest(call, body.value);
    // A session that ended a moment ago is still told what was under way.
    else if (body?.$case === 'sessionMessage') call.tell(body.value.id, body.value.message);
  }

  #onRequest(call: ServeCall, request: ForwardedRequest): void {
    const handler = this.#clusters.get(request.clusterId);
    if (handler !== undefined && isVerb(request.verb)) handler(call.incoming(request, request.verb));
    else this.#deps.logger.warn({ verb: request.verb }, 'a request that nobody serves was ignored');
  }

  #report(fault: Error): void {
    if (this.#reported === fault.message) return;
    this.#reported = fault.message;
    this.#deps.logger.warn({ reason: fault.message }, 'requests do not arrive from the server; trying again');
  }

  #pauseAfter(fault: Partial<ServiceError>): number {
    return fault.code === status.UNIMPLEMENTED ? unknownRetryMs : (this.#deps.retryMs ?? 1000);
  }
}

function isVerb(verb: string): verb is RequestVerb {
  return (requestVerbs as readonly string[]).includes(verb);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Read anew: it may have changed since the last look. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
