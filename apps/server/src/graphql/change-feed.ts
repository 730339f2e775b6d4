import type { QueuedChange } from '../inventory/live/change-queue.ts';
import { liveChanges } from '../inventory/live/live-changes.ts';
import type { LiveChangesParts, LiveRequest } from '../inventory/live/live-changes.ts';
import type { GraphqlContext } from './graphql-context.ts';
import type { LiveValues } from './live-values.ts';
import { ResourceEntity } from './resource.entity.ts';
import type { ResourceChangeEntity } from './resource.entity.ts';

/** Parts of a change feed. */
export interface ChangeFeedParts extends LiveChangesParts {
  readonly live: LiveValues;
}

/** The changes of a selection for one websocket subscription. */
export function changeFeed(
  { live, ...parts }: ChangeFeedParts,
  request: LiveRequest,
  context: GraphqlContext,
): AsyncIterable<ResourceChangeEntity> {
  return live.ending(context, async function* (signal) {
    for await (const change of liveChanges(parts, request, { session: context.session, signal }))
      yield entityOf(change);
  });
}

function entityOf(change: QueuedChange): ResourceChangeEntity {
  if (change.type === 'reset') return { type: 'reset', seq: String(change.seq) };
  return { type: change.type, seq: String(change.seq), resource: new ResourceEntity(change.head, change.json) };
}
