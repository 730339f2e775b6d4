import { randomUUID } from 'node:crypto';
import { systemClock } from '@meshery/observability';
import type { Clock, Logger } from '@meshery/observability';
import type { Registry } from 'prom-client';
import type { InventoryStore } from '../inventory-store.ts';
import { registerStoreMetrics } from '../metrics.ts';
import { unreachableError } from '../shared/errors.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { makePool, pgFault } from './pg-pool.ts';
import { PostgresInventory } from './postgres-inventory.ts';

/** How a PostgreSQL inventory is opened. */
export interface PostgresInventoryOpenOptions {
  /** postgres://user:password@host:port/database; never logged. */
  readonly url: string;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly clock?: Clock;
  /** Connections of the pool; one of them writes. */
  readonly poolSize?: number;
  readonly statementMs?: number;
  /** Batches accepted but not committed; beyond them callers get `meshery-store-1602`. */
  readonly maximumQueued?: number;
  readonly tombstoneMs?: number;
  readonly maximumTombstones?: number;
}

const day = 24 * 3600 * 1000;

/**
 * Opens the inventory in PostgreSQL (schemas `inventory` and `meshery`); the caller closes it. Rejects with
 * `meshery-store-1605` (unreachable) or `meshery-store-1601` (written by a newer version; untouched).
 */
export async function openPostgresInventory(options: PostgresInventoryOpenOptions): Promise<InventoryStore> {
  const { url, logger, metrics } = options;
  const pool = makePool(url, {
    size: options.poolSize ?? 8,
    statementMs: options.statementMs ?? 30_000,
    onBroken: (error) => logger.warn({ error: error.message }, 'a database connection broke'),
  });
  const store = new PostgresInventory({
    url,
    id: randomUUID(),
    pool,
    logger,
    clock: options.clock ?? systemClock,
    metrics: registerStoreMetrics(metrics),
    maximumQueued: options.maximumQueued ?? 1024,
    tombstoneMs: options.tombstoneMs ?? day,
    maximumTombstones: options.maximumTombstones ?? 200_000,
  });
  try {
    await migratePostgres(url, pool);
    await store.start();
    return store;
  } catch (error) {
    await store.close();
    throw pgFault(error) === 'unreachable' ? unreachableError(error) : error;
  }
}
