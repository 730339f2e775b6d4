import type { Clock } from '@meshery/observability';
import type { ApiServerGate } from '../transport/api-server-gate.ts';
import { backoffDelay } from '../transport/backoff.ts';
import type { KubeTransport } from '../transport/kube-transport.ts';
import { outcome } from './api-status.ts';
import type { StreamEnd, StreamOutcome } from './api-status.ts';
import type { ResourceSink } from './resource-sink.ts';
import type { Semaphore } from './semaphore.ts';
import { StreamAttempt } from './stream-attempt.ts';
import type { StreamConfig } from './stream-config.ts';

/** What a stream needs; everything is injected and may be shared by the streams of one cluster. */
export interface ResourceStreamOptions {
  readonly transport: KubeTransport;
  readonly gate: ApiServerGate;
  readonly clock: Clock;
  readonly random: () => number;
  readonly config: StreamConfig;
  /** Bounds how many snapshots run at a time. */
  readonly snapshots: Semaphore;
  /** Collection URL path, e.g. "/apis/apps/v1/deployments". */
  readonly path: string;
  /** Only objects that match it, e.g. "app=meshery". */
  readonly labelSelector?: string | undefined;
  /** Only objects that match it, e.g. "metadata.name=x". */
  readonly fieldSelector?: string | undefined;
  /** Ask for PartialObjectMetadata: everything but metadata stays on the server. */
  readonly metadataOnly: boolean;
  readonly sink: ResourceSink;
}

/** Waits without a delay of their own: the least time between connects is enough. */
const atOnce: ReadonlySet<StreamEnd> = new Set(['ended', 'expired', 'snapshot', 'quiet', 'stalled', 'unreachable']);

/**
 * Follows one resource for ever: snapshot, then watch, with reconnects from the last position. Every end of an attempt
 * becomes a phase with its reason; nothing but the signal, or an error of the sink, ends `run`.
 */
export class ResourceStream {
  readonly #options: ResourceStreamOptions;
  #paged: boolean;
  #failures = 0;
  #tooLarge = 0;
  #afterSilence = false;
  #connectedAt = Number.NEGATIVE_INFINITY;
  #snapshotReason: string | undefined;
  #current: StreamAttempt | undefined;

  constructor(options: ResourceStreamOptions) {
    this.#options = options;
    this.#paged = options.config.lists === 'pages';
  }

  /** Gives up the current attempt and takes a new snapshot. */
  requestSnapshot(reason: string): void {
    this.#snapshotReason = reason;
    this.#current?.abort(outcome('snapshot', 'A new snapshot was asked for.'));
  }

  /** Runs until the signal aborts; rejects only with an error of the sink. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#round(signal);
  }

  async #round(signal: AbortSignal): Promise<void> {
    try {
      await this.#options.gate.wait(signal);
      await this.#keepDistance(signal);
      await this.#after(await this.#attempt(signal), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #attempt(signal: AbortSignal): Promise<StreamOutcome> {
    const { sink } = this.#options;
    const reason = this.#snapshotReason ?? (sink.position() === undefined ? 'InitialSnapshot' : undefined);
    const onLive = (): void => {
      this.#failures = 0;
      this.#tooLarge = 0;
      this.#snapshotReason = undefined;
    };
    const plan = { paged: this.#paged, snapshotReason: reason, afterSilence: this.#afterSilence, onLive };
    const attempt = new StreamAttempt(this.#options, plan);
    this.#current = attempt;
    this.#connectedAt = this.#options.clock.monotonic();
    try {
      return await attempt.run(signal);
    } finally {
      this.#current = undefined;
    }
  }

  async #keepDistance(signal: AbortSignal): Promise<void> {
    const { clock, config } = this.#options;
    const left = this.#connectedAt + config.minConnectIntervalMs - clock.monotonic();
    if (left > 0) await clock.sleep(left, signal);
  }

  async #after(ended: StreamOutcome, signal: AbortSignal): Promise<void> {
    const { sink, gate, clock } = this.#options;
    this.#remember(ended);
    sink.phase('waiting', ended);
    if (ended.end === 'unreachable') gate.close(ended.error ?? new Error(ended.message));
    const delay = this.#delay(ended);
    if (delay > 0) await clock.sleep(delay, signal);
  }

  #remember(ended: StreamOutcome): void {
    this.#afterSilence = ended.end === 'quiet';
    if (ended.end === 'fallback') {
      this.#paged = true;
      this.#connectedAt = Number.NEGATIVE_INFINITY;
    }
    if (ended.end !== 'expired') return;
    // A server that has just started may not have caught up with our position yet: ask twice before believing it.
    this.#tooLarge = ended.reason === 'ResourceVersionTooLarge' ? this.#tooLarge + 1 : 3;
    if (this.#tooLarge >= 3) this.#snapshotReason = ended.reason;
  }

  #delay(ended: StreamOutcome): number {
    const { config, random } = this.#options;
    if (ended.end === 'fallback') return 0;
    const wasLive = this.#failures === 0;
    this.#failures += 1;
    if (atOnce.has(ended.end) || (ended.end === 'broken' && wasLive)) return ended.retryAfterMs ?? 0;
    const denied = ended.end === 'forbidden' || ended.end === 'unsupported';
    const maxMs = denied ? config.deniedRetryMs : config.backoffMaxMs;
    const minMs = Math.min(config.backoffMinMs, maxMs);
    return Math.max(ended.retryAfterMs ?? 0, backoffDelay(this.#failures, { minMs, maxMs }, random));
  }
}
