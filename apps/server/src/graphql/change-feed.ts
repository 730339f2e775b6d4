import type { ServerConfig } from '../config.ts';
import { tooSlow } from '../grpc/bounded-queue.ts';
import type { QueuedChange } from '../inventory/live/change-queue.ts';
import { liveChanges } from '../inventory/live/live-changes.ts';
import type { LiveChangesParts, LiveRequest } from '../inventory/live/live-changes.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { ResourceEntity } from './resource.entity.ts';
import type { ResourceChangeEntity } from './resource.entity.ts';

/** Parts of a ChangeFeed. */
export interface ChangeFeedParts extends Pick<LiveChangesParts, 'hub' | 'sessions'> {
  readonly config: Pick<ServerConfig, 'heartbeatMs' | 'maxClientBuffer'>;
}

/**
 * The changes of a selection for one websocket subscription. It ends with the socket, with the session behind it, and
 * when the socket's unread bytes pass the bound.
 */
export async function* changeFeed(
  { hub, sessions, config }: ChangeFeedParts,
  request: LiveRequest,
  context: GraphqlContext,
): AsyncGenerator<ResourceChangeEntity> {
  const { heartbeatMs, maxClientBuffer } = config;
  for await (const change of liveChanges({ hub, sessions, heartbeatMs }, request, { session: context.session })) {
    refuseSlow(context, maxClientBuffer);
    yield entityOf(change);
  }
}

/** Cuts a socket that leaves more bytes unread than it may. Throws `meshery-core-1010` then. */
export function refuseSlow({ socket, ctx }: GraphqlContext, limit: number): void {
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
