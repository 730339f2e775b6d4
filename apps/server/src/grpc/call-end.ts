import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { grpcError } from './grpc-errors.ts';

/** Aborts when the caller ends a call, or its connection does. */
export function goneSignal(
  call: ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>,
): AbortSignal {
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
 * the caller goes.
 */
export async function stream<T>(call: ServerWritableStream<unknown, T>, items: AsyncIterable<T>): Promise<void> {
  try {
    for await (const item of items) {
      if (call.cancelled || call.destroyed) return;
      if (!call.write(item)) await drained(call);
    }
    call.end();
  } catch (error) {
    if (!call.cancelled) call.emit('error', grpcError(error));
  }
}

async function drained(call: ServerWritableStream<unknown, unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const go = (): void => {
    resolve(undefined);
  };
  const ends = ['drain', 'cancelled', 'close'] as const;
  for (const event of ends) call.once(event, go);
  await promise;
  for (const event of ends) call.off(event, go);
}
