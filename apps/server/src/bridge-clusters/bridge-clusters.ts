import { toMesheryError } from '@meshery/errors';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { BridgeReports } from './bridge-reports.ts';
import type { ClusterLeases } from './cluster-leases.ts';
import type { OperatorClusters } from './operator-clusters.ts';

/** What keeps the leases true. */
export interface BridgeClustersParts {
  readonly clusters: OperatorClusters;
  readonly leases: ClusterLeases;
  readonly reports: BridgeReports;
  readonly store: UserStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Looks without a sign of a change, for what made none here: another process, a name that resolves again. */
const resyncMs = 30_000;
/** Several changes within this time are one. */
const gatherMs = 100;
const readMs = 20_000;
/** Looks at leases within the time of one. */
const ticks = 20;
const page = 100;
const telling: ReadonlySet<string> = new Set(['connection', 'credential']);

/** Follows the connections and the time, and tells the leases. */
export class BridgeClusters {
  readonly leases: ClusterLeases;
  readonly reports: BridgeReports;
  readonly #parts: BridgeClustersParts;
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  #sequence = 0;
  #done: Promise<unknown> = Promise.resolve();

  constructor(parts: BridgeClustersParts) {
    this.#parts = parts;
    this.leases = parts.leases;
    this.reports = parts.reports;
  }

  start(): void {
    const leave = this.#parts.store.onCommit(() => {
      this.#wake.resolve();
    });
    this.#stop.signal.addEventListener('abort', leave, { once: true });
    this.#done = Promise.all([this.#follow(this.#stop.signal), this.#tick(this.#stop.signal)]);
  }

  /** Ends every stream. Bridges go on for as long as their leases last. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.resolve();
    await this.leases.close();
    await this.#done;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look(signal);
      await this.#changed(signal);
    }
  }

  /** Resolves when something has changed that matters, and after a while without. */
  async #changed(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const timer = new AbortController();
    const due = clock.sleep(resyncMs, AbortSignal.any([signal, timer.signal])).then(
      () => true,
      () => true,
    );
    while (!signal.aborted) {
      const isDue = await Promise.race([due, this.#wake.promise.then(() => false)]);
      if (isDue) break;
      await clock.sleep(gatherMs, signal).catch(() => undefined);
      this.#wake = Promise.withResolvers<void>();
      if (await this.#isToldOf().catch(() => true)) break;
    }
    timer.abort();
  }

  /** Every change of a connection or a credential is an event of the same transaction. */
  async #isToldOf(): Promise<boolean> {
    const events = await this.#parts.store.read((data) => data.events.after(this.#sequence, page));
    this.#sequence = events.at(-1)?.sequence ?? this.#sequence;
    return events.length === page || events.some(({ category }) => telling.has(category));
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clusters, leases, reports, store, logger } = this.#parts;
    const ctx = backgroundContext(logger, AbortSignal.any([signal, AbortSignal.timeout(readMs)]), 'bridge-clusters');
    try {
      this.#sequence = await store.read(async (data) => (await data.events.head()).sequence);
      const known = await clusters.read(ctx);
      reports.know(known);
      await leases.want(known.clusters);
    } catch (error) {
      if (!signal.aborted) logger.error({ code: toMesheryError(error).code, err: error }, 'connections were not read');
    }
  }

  async #tick(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.leases.reconcile();
      await this.#parts.clock.sleep(this.leases.leaseMs / ticks, signal).catch(() => undefined);
    }
  }
}
