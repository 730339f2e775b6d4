import type { EventEmitter } from 'node:events';
import { Metadata } from '@grpc/grpc-js';
import type { ServerDuplexStream, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { grpcError } from './grpc-errors.ts';

/** A call whose responses stream. */
export type StreamCall<Response> = ServerWritableStream<unknown, Response> | ServerDuplexStream<unknown, Response>;

/** Aborts when the caller ends a call, or its connection does. */
export function goneSignal(call: EventEmitter): AbortSignal {
  const gone = new AbortController();
  call.once('cancelled', () => {
    gone.abort();
  });
  return gone.signal;
}

/** Answers a call with one message, or with the status of a coded error. */
export function answer<T>(work: Promise<T>, callback: sendUnaryData<T>): void {
  work.then(
    (value) => {
      callback(null, value);
    },
    (error: unknown) => {
      callback(grpcError(error));
    },
  );
}

/**
 * Writes a sequence to a stream as fast as the caller reads it, and ends the stream with it. The sequence is ended when
 * the caller goes. The head of the answer goes first: it tells the caller that the stream is open. When the signal aborts
 * it does not wait for the caller any more: the sequence has to say then how it ends.
 */
export async function stream<T>(call: StreamCall<T>, items: AsyncIterable<T>, signal?: AbortSignal): Promise<void> {
  try {
    call.sendMetadata(new Metadata());
    for await (const item of items) {
      if (call.cancelled || call.destroyed) return;
      if (!call.write(item)) await drained(call, signal);
    }
    call.end();
  } catch (error) {
    if (!call.cancelled) call.emit('error', grpcError(error));
  }
}

async function drained(call: EventEmitter, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const go = (): void => {
    resolve(undefined);
  };
  const ends = ['drain', 'cancelled', 'close'] as const;
  for (const event of ends) call.once(event, go);
  signal?.addEventListener('abort', go);
  if (signal?.aborted !== true) await promise;
  signal?.removeEventListener('abort', go);
  for (const event of ends) call.off(event, go);
}
