import type { CheckResult } from '@meshery/service';
import type { StoreHealth } from '@meshery/store';

/** Ready = migrated and the writer answers. A write fault is a condition of its own: reading still works. */
export function storeReadiness(health: StoreHealth): CheckResult {
  if (!health.migrated) return { ready: false, reason: 'the inventory is being migrated' };
  if (health.writerAlive) return { ready: true };
  return { ready: false, reason: health.fault?.message ?? 'the inventory writer does not answer' };
}
