import { MesheryError } from '@meshery/errors';
import type { TokenAuthority } from '@meshery/security';
import type { ServerConfig } from '../config.ts';
import type { ChangeHub } from '../inventory/live/change-hub.ts';
import type { Subscription } from '../inventory/live/event-group.ts';
import { ChangeQueue, tooSlow } from './change-queue.ts';
import type { QueuedChange } from './change-queue.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { ResourceEntity } from './resource.entity.ts';
import type { ResourceChangeEntity } from './resource.entity.ts';

/** Parts of a ChangeFeed. */
export interface ChangeFeedParts {
  readonly hub: ChangeHub;
  readonly authority: TokenAuthority;
  readonly config: Pick<ServerConfig, 'heartbeatMs' | 'maxClientBuffer'>;
}

/** What a subscriber asked for. */
export interface FeedRequest {
  readonly subscription: Subscription;
  readonly since?: number;
}

/**
 * The changes of a selection as an async sequence for one websocket subscription. It ends with the socket, with the
 * session behind it, and when the socket's unread bytes pass the bound.
 */
export async function* changeFeed(
  parts: ChangeFeedParts,
  request: FeedRequest,
  context: GraphqlContext,
): AsyncGenerator<ResourceChangeEntity> {
  const queue = new ChangeQueue();
  const ended = new AbortController();
  const watch = setInterval(() => {
    if (!parts.authority.isLive(context.session)) queue.close(sessionEnded());
  }, parts.config.heartbeatMs);
  const from = { signal: ended.signal, ...(request.since === undefined ? {} : { since: request.since }) };
  const failed = (error: unknown): void => {
    queue.close(error instanceof MesheryError ? error : sessionEnded());
  };
  parts.hub.follow(request.subscription, queue, from).catch(failed);
  try {
    for await (const change of queue) {
      refuseSlow(context, parts.config.maxClientBuffer);
      yield entityOf(change);
    }
  } finally {
    clearInterval(watch);
    ended.abort();
  }
}

function refuseSlow({ socket, ctx }: GraphqlContext, limit: number): void {
  if (socket === undefined || socket.bufferedAmount <= limit) return;
  ctx.logger.warn(
    { code: 'meshery-core-1010', unread: socket.bufferedAmount },
    'websocket cut: the client reads too slowly',
  );
  socket.close(1013, 'meshery-core-1010');
  throw tooSlow();
}

function entityOf(change: QueuedChange): ResourceChangeEntity {
  if (change.type === 'reset') return { type: 'reset', seq: String(change.seq) };
  return { type: change.type, seq: String(change.seq), resource: new ResourceEntity(change.head, change.json) };
}

function sessionEnded(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The session has ended.', {
    remedy: 'Sign in again and subscribe anew.',
  });
}
