import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export { Counter, Gauge, Histogram, Registry };

/** What the registry of one process is labelled with. */
export interface MetricsOptions {
  readonly service: string;
  readonly version: string;
  /** Process and event-loop metrics; on unless told. They keep a timer-free observer for the registry's lifetime. */
  readonly defaults?: boolean;
}

/** A registry of its own (never prom-client's global one) with `meshery_build_info` and the process metrics. */
export function createMetricsRegistry(options: MetricsOptions): Registry {
  const registry = new Registry();
  if (options.defaults !== false) collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'meshery_build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['service', 'version'],
    registers: [registry],
  }).set({ service: options.service, version: options.version }, 1);
  return registry;
}
