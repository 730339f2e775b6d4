import { Counter, Gauge, Histogram } from '@meshery/observability';
import type { Registry } from '@meshery/observability';
import type { Outcome } from './outcome.ts';

/** How reconciles are counted; every series of a controller is there, at zero, from the start. */
export interface ReconcileMetrics {
  reconciled(controller: string, outcome: Outcome['type'], seconds: number): void;
  depth(controller: string, keys: number): void;
  leading(isLeader: boolean): void;
  written(verb: string, resource: string): void;
}

const outcomes: readonly Outcome['type'][] = ['done', 'waiting', 'stalled', 'failed'];

/**
 * Metrics of the controllers of one process. `prefix` is for example "meshery_operator"; names after it are those of
 * published operators where they have one.
 */
export function createReconcileMetrics(
  registry: Registry,
  prefix: string,
  controllers: readonly string[],
): ReconcileMetrics {
  const series = makeSeries(registry, prefix);
  for (const controller of controllers) startAtZero(series, controller);
  const { total, ended, errors, seconds, depth, leader, writes } = series;
  leader.set(0);
  return {
    reconciled: (controller, outcome, duration) => {
      total.inc({ controller });
      ended.inc({ controller, outcome });
      if (outcome === 'failed') errors.inc({ controller });
      seconds.observe({ controller }, duration);
    },
    depth: (controller, keys) => {
      depth.set({ controller }, keys);
    },
    leading: (isLeader) => {
      leader.set(isLeader ? 1 : 0);
    },
    written: (verb, resource) => {
      writes.inc({ verb, resource });
    },
  };
}

type Series = ReturnType<typeof makeSeries>;

function makeSeries(registry: Registry, prefix: string) {
  const made = <N extends string>(name: string, help: string, labelNames: readonly N[]) => ({
    name: `${prefix}_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  return {
    total: new Counter(made('reconcile_total', 'Reconciles.', ['controller'])),
    errors: new Counter(made('reconcile_errors_total', 'Reconciles that failed.', ['controller'])),
    ended: new Counter(made('reconcile_outcomes_total', 'Reconciles by how they ended.', ['controller', 'outcome'])),
    seconds: new Histogram(made('reconcile_duration_seconds', 'How long reconciles took.', ['controller'])),
    depth: new Gauge(made('queue_depth', 'Objects that wait for a reconcile.', ['controller'])),
    leader: new Gauge(made('leader', '1 while this process leads.', [])),
    writes: new Counter(made('writes_total', 'Requests that may change something.', ['verb', 'resource'])),
  };
}

function startAtZero({ total, errors, seconds, depth, ended }: Series, controller: string): void {
  total.inc({ controller }, 0);
  errors.inc({ controller }, 0);
  seconds.zero({ controller });
  depth.set({ controller }, 0);
  for (const outcome of outcomes) ended.inc({ controller, outcome }, 0);
}
