import type { Logger } from '@meshery/observability';
import type { WriterClient } from './writer/writer-client.ts';
import type { StoreMetrics } from '../metrics.ts';
import type { WriterStats } from './writer/writer-protocol.ts';

/** Puts what the writer counted into the metrics. */
export function measureStats(stats: WriterStats, metrics: StoreMetrics): void {
  metrics.rows.set(stats.rows);
  metrics.tombstones.set(stats.tombstones);
  metrics.parked.set(stats.parked);
  metrics.walBytes.set(stats.walBytes);
}

/** Tells that the disk refuses writes, or with no message that it takes them again. */
export function reportFault(
  message: string | undefined,
  parts: { readonly metrics: StoreMetrics; readonly logger: Logger; readonly queued: number },
): void {
  const { metrics, logger, queued } = parts;
  metrics.faulty.set(message === undefined ? 0 : 1);
  if (message === undefined) {
    logger.info({ queued }, 'inventory is written again');
    return;
  }
  metrics.faults.inc();
  logger.error({ code: 'meshery-store-1600', reason: message, queued }, 'inventory cannot be written');
}

/** Measures what waits for the writer. */
export function measureQueue(
  { queued, queuedBytes }: Pick<WriterClient, 'queued' | 'queuedBytes'>,
  metrics: StoreMetrics,
): void {
  metrics.queuedBatches.set(queued);
  metrics.queuedBytes.set(queuedBytes);
}
