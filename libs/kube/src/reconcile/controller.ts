import { toMesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { ReconcileMetrics } from './metrics.ts';
import { failureOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { WorkQueue } from './work-queue.ts';

/** What a controller needs. */
export interface ControllerOptions {
  readonly name: string;
  readonly queue: WorkQueue;
  /** Makes the object of a key as it is wanted, whatever happened to it; the outcome says when it is looked at again. */
  readonly reconcile: (key: string, signal: AbortSignal) => Promise<Outcome>;
  /** Waited for before an object is taken: the way to the API server. */
  readonly ready?: (signal: AbortSignal) => Promise<void>;
  /** Looked at again after that time, though nothing happened, in ms. */
  readonly resyncMs: number;
  /** How many objects at a time. */
  readonly workers: number;
  /** Longest reconcile, in ms. */
  readonly timeoutMs: number;
  /** How long reconciles under way may go on after the signal, in ms. */
  readonly drainMs: number;
  readonly metrics: ReconcileMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** No object answers for the way to the API server: pauses do not grow with its failures. */
const unreachableRetryMs = 1000;

/** Works on the keys of a queue until it is told to stop. */
export class Controller {
  readonly #options: ControllerOptions;

  constructor(options: ControllerOptions) {
    this.#options = options;
  }

  /** Runs until the signal aborts; then what is under way ends, within the drain time. */
  async run(signal: AbortSignal): Promise<void> {
    const { workers, queue, drainMs, clock } = this.#options;
    const cut = new AbortController();
    const drained = new AbortController();
    signal.addEventListener(
      'abort',
      () => {
        clock.sleep(drainMs, drained.signal).then(
          () => {
            cut.abort(signal.reason);
          },
          () => undefined,
        );
      },
      { once: true },
    );
    try {
      await Promise.all(Array.from({ length: workers }, () => this.#work(signal, cut.signal)));
    } finally {
      drained.abort();
      queue.clear();
    }
  }

  async #work(signal: AbortSignal, cut: AbortSignal): Promise<void> {
    const { queue, metrics, name } = this.#options;
    while (!signal.aborted) {
      const key = await this.#next(signal).catch(() => undefined);
      if (key === undefined) return;
      metrics.depth(name, queue.depth);
      try {
        await this.#one(key, cut);
      } finally {
        queue.done(key);
        metrics.depth(name, queue.depth);
      }
    }
  }

  /** Rejects when the signal aborts. */
  async #next(signal: AbortSignal): Promise<string> {
    const { queue, ready } = this.#options;
    await ready?.(signal);
    return queue.take(signal);
  }

  async #one(key: string, cut: AbortSignal): Promise<void> {
    const { clock, metrics, name } = this.#options;
    const startedAt = clock.monotonic();
    const outcome = await this.#attempt(key, cut);
    if (cut.aborted) return;
    metrics.reconciled(name, outcome.type, (clock.monotonic() - startedAt) / 1000);
    this.#plan(key, outcome);
  }

  async #attempt(key: string, cut: AbortSignal): Promise<Outcome> {
    const { reconcile, timeoutMs } = this.#options;
    try {
      return await reconcile(key, AbortSignal.any([cut, AbortSignal.timeout(timeoutMs)]));
    } catch (error) {
      return failureOf(toMesheryError(error));
    }
  }

  #retry(key: string, { reason, afterMs }: Extract<Outcome, { type: 'failed' }>): number {
    const { queue } = this.#options;
    if (reason !== 'ApiServerUnreachable') return Math.round(queue.retry(key, afterMs));
    queue.addAfter(key, unreachableRetryMs);
    return unreachableRetryMs;
  }

  #plan(key: string, outcome: Outcome): void {
    const { queue, resyncMs, logger, name } = this.#options;
    if (outcome.type === 'failed') {
      const retryMs = this.#retry(key, outcome);
      logger.warn({ controller: name, key, reason: outcome.reason, retryMs, err: outcome.error }, 'a reconcile failed');
      return;
    }
    queue.forget(key);
    const afterMs = outcome.type === 'stalled' ? resyncMs : Math.min(outcome.afterMs ?? resyncMs, resyncMs);
    queue.addAfter(key, afterMs);
    const why = outcome.type === 'done' ? {} : { reason: outcome.reason, why: outcome.message };
    logger.debug({ controller: name, key, outcome: outcome.type, ...why }, 'reconciled');
  }
}
