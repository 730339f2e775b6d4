import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Counts of one kind. */
export interface KindMetrics {
  /** An event was read. */
  event(type: string): void;
  /** A batch of this many objects was handed over. */
  batch(objects: number): void;
  /** A snapshot began. */
  snapshot(reason: string): void;
  /** An attempt ended. */
  disconnect(reason: string): void;
  /** Something was kept aside. */
  parked(): void;
}

/** State for the gauges. */
export interface ObservedState {
  readonly objects: number;
  readonly inFlight: number;
  readonly lagging: number;
  readonly kinds: number;
}

/** Metrics of the discovery engine; several agents of one process share them and differ by `cluster`. */
export interface DiscoveryMetrics {
  forKind(cluster: string, kind: string): KindMetrics;
  bytes(cluster: string, count: number): void;
  sendFailed(cluster: string): void;
  /** Sets the gauges; called before a scrape. */
  observe(cluster: string, state: ObservedState): void;
}

const counters = {
  events: ['meshery_discovery_events_total', 'Watch events read, by type', ['cluster', 'kind', 'type']],
  objects: ['meshery_discovery_objects_sent_total', 'Objects handed over in batches', ['cluster', 'kind']],
  batches: ['meshery_discovery_batches_total', 'Batches handed over', ['cluster', 'kind']],
  snapshots: ['meshery_discovery_snapshots_total', 'Snapshots begun, by reason', ['cluster', 'kind', 'reason']],
  ends: ['meshery_discovery_reconnects_total', 'Streams that ended, by reason', ['cluster', 'kind', 'reason']],
  parked: ['meshery_discovery_parked_total', 'Objects or batches kept aside', ['cluster', 'kind']],
  bytes: ['meshery_discovery_read_bytes_total', 'Bytes read from the API server', ['cluster']],
  failures: ['meshery_discovery_send_failures_total', 'Batches that could not be sent', ['cluster']],
} as const;

const gauges = {
  objects: ['meshery_discovery_objects', 'Objects known to the run'],
  inFlight: ['meshery_discovery_batches_in_flight', 'Batches not yet confirmed'],
  lagging: ['meshery_discovery_lagging_kinds', 'Kinds that are not in sync'],
  kinds: ['meshery_discovery_kinds', 'Kinds known to the run'],
} as const;

type CounterName = keyof typeof counters;

/** Registers the metrics, or finds them when another agent of this process did so. */
export function createDiscoveryMetrics(registry: Registry): DiscoveryMetrics {
  const counter = counterSource(registry);
  const gauge = gaugeSource(registry);
  const bytes = counter('bytes');
  const failures = counter('failures');
  const observed = Object.keys(gauges).map((name) => [name, gauge(name as keyof ObservedState)] as const);
  return {
    forKind: (cluster, kind) => kindMetrics(counter, { cluster, kind }),
    bytes: (cluster, count) => {
      bytes.inc({ cluster }, count);
    },
    sendFailed: (cluster) => {
      failures.inc({ cluster });
    },
    observe(cluster, state) {
      for (const [name, target] of observed) target.set({ cluster }, state[name as keyof ObservedState]);
    },
  };
}

function counterSource(registry: Registry): (name: CounterName) => Counter {
  return (name) => {
    const [full, help, labelNames] = counters[name];
    const known = registry.getSingleMetric(full) as Counter | undefined;
    return known ?? new Counter({ name: full, help, labelNames: [...labelNames], registers: [registry] });
  };
}

function gaugeSource(registry: Registry): (name: keyof ObservedState) => Gauge {
  return (name) => {
    const [full, help] = gauges[name];
    const known = registry.getSingleMetric(full) as Gauge | undefined;
    return known ?? new Gauge({ name: full, help, labelNames: ['cluster'], registers: [registry] });
  };
}

function kindMetrics(counter: (name: CounterName) => Counter, base: { cluster: string; kind: string }): KindMetrics {
  const events = counter('events');
  const batches = counter('batches');
  const objects = counter('objects');
  const byType = new Map<string, Counter.Internal>();
  return {
    event(type) {
      let child = byType.get(type);
      if (child === undefined) byType.set(type, (child = events.labels({ ...base, type })));
      child.inc();
    },
    batch(count) {
      batches.inc(base);
      objects.inc(base, count);
    },
    snapshot: (reason) => {
      counter('snapshots').inc({ ...base, reason });
    },
    disconnect: (reason) => {
      counter('ends').inc({ ...base, reason });
    },
    parked: () => {
      counter('parked').inc(base);
    },
  };
}
