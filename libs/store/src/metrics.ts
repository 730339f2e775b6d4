import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Metrics of the inventory; created at zero in the registry that the process exposes. */
export interface StoreMetrics {
  readonly commits: Counter;
  readonly changes: Counter;
  readonly commitSeconds: Histogram;
  readonly rows: Gauge;
  readonly tombstones: Gauge;
  readonly queuedBatches: Gauge;
  readonly queuedBytes: Gauge;
  readonly walBytes: Gauge;
  readonly faults: Counter;
  readonly faulty: Gauge;
  readonly rebuilds: Counter;
  readonly parked: Gauge;
  readonly writerRestarts: Counter;
  readonly batches: Counter<'verdict'>;
}

/** Registers the metrics of a store; once per registry. */
export function registerStoreMetrics(registry: Registry): StoreMetrics {
  const registers = [registry];
  const counter = (name: string, help: string): Counter => new Counter({ name, help, registers });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  return {
    commits: counter('meshery_inventory_commits_total', 'Transactions committed by the inventory writer.'),
    changes: counter('meshery_inventory_changes_total', 'Objects in committed batches.'),
    commitSeconds: new Histogram({
      name: 'meshery_inventory_commit_seconds',
      help: 'Duration of inventory transactions.',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    rows: gauge('meshery_inventory_objects', 'Objects in the inventory.'),
    tombstones: gauge('meshery_inventory_tombstones', 'Deleted objects that are still remembered.'),
    queuedBatches: gauge('meshery_inventory_queued_batches', 'Batches accepted but not yet committed.'),
    queuedBytes: gauge('meshery_inventory_queued_bytes', 'Bytes of batches accepted but not yet committed.'),
    walBytes: gauge('meshery_inventory_wal_bytes', 'Size of the write-ahead log.'),
    faults: counter('meshery_inventory_write_faults_total', 'Times that writing began to fail.'),
    faulty: gauge('meshery_inventory_write_faulty', '1 while writing fails.'),
    rebuilds: counter('meshery_inventory_rebuilds_total', 'Times that the inventory was rebuilt after damage.'),
    parked: gauge('meshery_inventory_parked', 'Batches and objects kept aside since the writer started.'),
    writerRestarts: counter('meshery_inventory_writer_restarts_total', 'Times that the writer was restarted.'),
    batches: new Counter({
      name: 'meshery_inventory_batches_total',
      help: 'Batches by verdict.',
      labelNames: ['verdict'],
      registers,
    }),
  };
}
