import type { Clock, Logger } from '@meshery/observability';
import type { StoreMetrics } from '../metrics.ts';
import type { PgPool } from './pg-pool.ts';

/** Pause between two rounds, in milliseconds. */
const everyMs = 60_000;

/** What upkeep needs of the store. */
export interface PgUpkeepOptions {
  readonly pool: PgPool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: StoreMetrics;
  readonly tombstoneMs: number;
  readonly maximumTombstones: number;
}

/** Prunes tombstones and counts rows, once a minute until it is stopped. */
export class PgUpkeep {
  private readonly options: PgUpkeepOptions;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(options: PgUpkeepOptions) {
    this.options = options;
  }

  start(): void {
    this.running ??= this.loop();
  }

  /** Resolves when no round is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** One round. */
  async run(): Promise<void> {
    const { pool, clock, metrics, tombstoneMs, maximumTombstones } = this.options;
    await pool.query(
      `WITH pruned AS (
         DELETE FROM inventory.tombstones WHERE deleted_at < $1 OR seq <= (
           SELECT seq FROM inventory.tombstones ORDER BY seq DESC LIMIT 1 OFFSET $2) RETURNING seq)
       UPDATE inventory.meta SET value = greatest(value, (SELECT coalesce(max(seq), 0) FROM pruned))
       WHERE key = 'pruned_seq'`,
      [clock.now() - tombstoneMs, maximumTombstones],
    );
    const { rows } = await pool.query<{ objects: number; tombstones: number; parked: number }>(
      `SELECT (SELECT count(*) FROM inventory.objects) AS objects,
         (SELECT count(*) FROM inventory.tombstones) AS tombstones, (SELECT count(*) FROM inventory.parked) AS parked`,
    );
    metrics.rows.set(rows[0]?.objects ?? 0);
    metrics.tombstones.set(rows[0]?.tombstones ?? 0);
    metrics.parked.set(rows[0]?.parked ?? 0);
  }

  private async loop(): Promise<void> {
    const { clock, logger } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.run().catch((error: unknown) => logger.warn({ error: String(error) }, 'inventory upkeep failed'));
      // Rejects when the store closes, which ends the loop.
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }
}
