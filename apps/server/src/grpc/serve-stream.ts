import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { Right } from '@meshery/security';
import { authenticate } from './call-context.ts';
import type { CallContextParts } from './call-context.ts';
import { goneSignal, stream } from './call-end.ts';
import type { StreamCall } from './call-end.ts';
import { grpcError } from './grpc-errors.ts';

/** What streams are served with. */
export interface StreamParts extends CallContextParts {
  /** How often it is made sure that the session still lasts, in milliseconds. */
  readonly heartbeatMs: number;
}

/**
 * Begins the sequence of responses. `end` ends the wait for a caller who does not read; the sequence says how it ended.
 */
export type Open<Response> = (
  ctx: RequestContext,
  end: () => void,
) => AsyncIterable<Response> | Promise<AsyncIterable<Response>>;

/**
 * Serves a stream to somebody who may do this. The signal of its context aborts when the caller goes, when the session
 * ends, when the server stops (`streamEnd` says which) and with the stream itself.
 */
export function serveStream<Response>(
  parts: StreamParts,
  call: StreamCall<Response>,
  right: Right,
  open: Open<Response>,
): void {
  serve(parts, call, right, open).catch((error: unknown) => call.emit('error', grpcError(error)));
}

async function serve<Response>(
  parts: StreamParts,
  call: StreamCall<Response>,
  right: Right,
  open: Open<Response>,
): Promise<void> {
  const end = new AbortController();
  const gone = AbortSignal.any([goneSignal(call), end.signal]);
  const { ctx, session } = await authenticate(parts, { call, gone }, right);
  const watch = setInterval(() => {
    if (!parts.sessions.isLive(session)) end.abort(sessionEnded());
  }, parts.heartbeatMs);
  try {
    const responses = await open(ctx, () => {
      end.abort();
    });
    await stream(call, responses, ctx.signal);
  } finally {
    clearInterval(watch);
    end.abort();
  }
}

/** Why the signal of a stream aborted, for the caller. */
export function streamEnd(signal: AbortSignal): MesheryError {
  if (signal.reason instanceof MesheryError) return signal.reason;
  return new MesheryError('meshery-core-1004', 'The server is shutting down.', {
    remedy: 'Connect again and go on from what you saw last.',
  });
}

/** The error of a stream whose session is over. */
export function sessionEnded(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The session has ended.', {
    remedy: 'Sign in again and subscribe anew.',
  });
}
