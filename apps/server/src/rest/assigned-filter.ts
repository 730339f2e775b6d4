import { badParameter, single } from './query-values.ts';
import type { RawQuery } from './query-values.ts';

/** `filter={"assigned":false}` asks for what could still be assigned; without it a list is about what is. */
export function assignedFilter(raw: RawQuery): boolean {
  const text = single(raw, 'filter');
  if (text === undefined || text === '') return true;
  const wrong = badParameter('filter', 'must be {"assigned":true} or {"assigned":false}');
  let filter: unknown;
  try {
    filter = JSON.parse(text);
  } catch {
    throw wrong;
  }
  const assigned = typeof filter === 'object' && filter !== null && 'assigned' in filter ? filter.assigned : undefined;
  if (typeof assigned !== 'boolean') throw wrong;
  return assigned;
}
