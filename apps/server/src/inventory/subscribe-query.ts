import { parseClusterIds, parseFilter } from './object-filter.ts';
import type { Subscription } from './live/event-group.ts';
import { parseParts } from './list-query.ts';
import { parseEventId } from '../rest/last-event-id.ts';
import { wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

/** What GET /api/system/meshsync/resources/subscribe was asked. */
export interface SubscribeRequest {
  readonly subscription: Subscription;
  /** Last change sequence that the client knows. */
  readonly since?: number;
}

/** Reads the query and the Last-Event-ID header, which wins over `since`. Throws `meshery-core-1001`. */
export function parseSubscribeQuery(
  raw: RawQuery,
  lastEventId: string | readonly string[] | undefined,
): SubscribeRequest {
  const subscription = { filter: parseFilter(raw, parseClusterIds(raw)), parts: parseParts(raw) };
  const known = wholeNumber(raw, ['since'], { min: 0, max: Number.MAX_SAFE_INTEGER });
  const since = parseEventId(lastEventId) ?? known;
  return { subscription, ...(since === undefined ? {} : { since }) };
}
