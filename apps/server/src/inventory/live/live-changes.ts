import { MesheryError } from '@meshery/errors';
import type { Session } from '@meshery/security';
import type { Sessions } from '../../sessions/sessions.ts';
import { sessionEnded } from '../../grpc/serve-stream.ts';
import type { ChangeHub } from './change-hub.ts';
import { ChangeQueue } from './change-queue.ts';
import type { QueuedChange } from './change-queue.ts';
import type { Subscription } from './event-group.ts';

/** Parts of a live sequence. */
export interface LiveChangesParts {
  readonly hub: ChangeHub;
  readonly sessions: Sessions;
  /** How often it is made sure that the session still lasts, in milliseconds. */
  readonly heartbeatMs: number;
}

/** What a subscriber asked for. */
export interface LiveRequest {
  readonly subscription: Subscription;
  readonly since?: number;
}

/** Who listens, and what ends it early. */
export interface LiveAudience {
  readonly session: Session;
  readonly signal?: AbortSignal;
}

/** The changes of a selection as an async sequence. It ends with its reader and with the session behind it. */
export async function* liveChanges(
  { hub, sessions, heartbeatMs }: LiveChangesParts,
  { subscription, since }: LiveRequest,
  { session, signal }: LiveAudience,
): AsyncGenerator<QueuedChange> {
  const queue = new ChangeQueue();
  const ended = new AbortController();
  const end = (): void => {
    queue.close();
  };
  signal?.addEventListener('abort', end);
  const watch = setInterval(() => {
    if (!sessions.isLive(session)) queue.close(sessionEnded());
  }, heartbeatMs);
  const from = { user: session.identity, signal: ended.signal, ...(since === undefined ? {} : { since }) };
  hub.follow(subscription, queue, from).catch((error: unknown) => {
    queue.close(error instanceof MesheryError ? error : sessionEnded());
  });
  try {
    yield* queue;
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', end);
    ended.abort();
  }
}
