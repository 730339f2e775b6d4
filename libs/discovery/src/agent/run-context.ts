import type { BufferPool, IngestPort } from '@meshery/contracts';
import type { ApiServerGate, KubeTransport, Semaphore } from '@meshery/kube';
import type { Clock, Logger } from '@meshery/observability';
import { BatchSender } from '../delivery/batch-sender.ts';
import type { SenderEvents } from '../delivery/batch-sender.ts';
import type { DiscoveryConfig } from '../discovery-config.ts';
import type { DiscoveryMetrics } from '../metrics/discovery-metrics.ts';
import type { TaskGroup } from './task-group.ts';

/** What the parts of one run share. */
export interface RunContext {
  readonly clusterId: string;
  readonly incarnation: string;
  readonly transport: KubeTransport;
  readonly gate: ApiServerGate;
  readonly port: IngestPort;
  /** Buffers for a port that takes packed changes. */
  readonly pool: BufferPool | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
  readonly config: DiscoveryConfig;
  /** Bounds batches in flight and snapshots under way. */
  readonly inFlight: Semaphore;
  readonly snapshots: Semaphore;
  readonly tasks: TaskGroup;
  /** Sets or clears (`undefined`) a condition of the agent. */
  readonly setCondition: (reason: string, message: string | undefined) => void;
}

/** Makes the sender of one kind (or of the agent: empty kind). */
export function makeSender(context: RunContext, kind: string, events: SenderEvents): BatchSender {
  const { port, clock, random, config, clusterId, incarnation, inFlight, tasks } = context;
  return new BatchSender({
    port,
    clock,
    random,
    config,
    clusterId,
    incarnation,
    kind,
    inFlight,
    signal: tasks.signal,
    events,
  });
}
