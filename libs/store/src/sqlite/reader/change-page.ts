import type { ChangePage } from '../../inventory-store.ts';
import type { LightReader } from './light-reader.ts';

/** What changed after a sequence; a reset when the log does not reach back that far. */
export function changePage(light: LightReader, since: number, limit: number): ChangePage {
  const { seq } = light;
  if (since < light.prunedSeq || since > seq) return { reset: true, seq };
  const changes = light.changes(since, limit + 1);
  const more = changes.length > limit;
  const page = more ? changes.slice(0, limit) : changes;
  return { reset: false, changes: page, more, seq: more ? (page.at(-1)?.head.seq ?? seq) : seq };
}
