import { dirname, join } from 'node:path';
import { systemClock } from '@meshery/observability';
import type { Clock, Logger } from '@meshery/observability';
import type { Registry } from 'prom-client';
import type { InventoryStore } from '../inventory-store.ts';
import { registerStoreMetrics } from '../metrics.ts';
import { lockStore, prepareFolder } from './data-folder.ts';
import { damageInHeader } from './inventory-parts.ts';
import { SqliteInventory } from './sqlite-inventory.ts';
import type { QueueLimits } from './writer/writer-client.ts';

/** How a SQLite inventory is opened. */
export interface SqliteInventoryOptions {
  /** Folder of `inventory.db`; made when absent. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** Registry that gets the metrics of the store; one store per registry. */
  readonly metrics: Registry;
  readonly clock?: Clock;
  readonly limits?: Partial<QueueLimits>;
  /** How long a deleted uid is remembered, in milliseconds; 24 h. */
  readonly tombstoneMs?: number;
  readonly maximumTombstones?: number;
  /** Threads for queries over many rows. */
  readonly readerThreads?: number;
  readonly queryDeadlineMs?: number;
  /** When after the start every page is checked for damage, in milliseconds; 0 switches it off. */
  readonly checkAfterMs?: number;
}

const defaultLimits: QueueLimits = {
  windowBatches: 128,
  windowBytes: 4 * 1024 * 1024,
  maximumBatches: 4096,
  maximumBytes: 128 * 1024 * 1024,
};

const day = 24 * 3600 * 1000;

/**
 * Opens `inventory.db`: the cache of everything discovered. The caller closes it.
 *
 * Rejects with `meshery-config-1102` (folder not writable), `meshery-store-1604` (in use by another process),
 * `meshery-store-1601` (written by a newer version; untouched), `meshery-store-1600` (disk full). A damaged file is
 * set aside, made anew and reported in `health().recovered`.
 */
export async function openSqliteInventory(options: SqliteInventoryOptions): Promise<InventoryStore> {
  const file = join(options.dataDir, 'inventory.db');
  prepareFolder(dirname(file));
  const lock = lockStore(file);
  const clock = options.clock ?? systemClock;
  try {
    const damage = damageInHeader(file);
    const settings = {
      file,
      clock,
      logger: options.logger,
      limits: { ...defaultLimits, ...options.limits },
      tombstoneMs: options.tombstoneMs ?? day,
      maximumTombstones: options.maximumTombstones ?? 200_000,
      readerThreads: options.readerThreads ?? 2,
      queryDeadlineMs: options.queryDeadlineMs ?? 10_000,
    };
    const store = new SqliteInventory({ settings, metrics: registerStoreMetrics(options.metrics), lock });
    await store.open(damage);
    scheduleCheck(store, options.checkAfterMs ?? 60_000, options.logger);
    return store;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The thorough check is too slow for a start; it runs later, once, beside the work. */
function scheduleCheck(store: SqliteInventory, afterMs: number, logger: Logger): void {
  if (afterMs === 0) return;
  const timer = setTimeout(() => {
    store.check().catch((error: unknown) => logger.warn({ error: String(error) }, 'inventory check did not finish'));
  }, afterMs);
  timer.unref();
}
