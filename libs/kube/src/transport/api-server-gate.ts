import type { Clock } from '@meshery/observability';
import { backoffDelay } from './backoff.ts';
import type { KubeTransport } from './kube-transport.ts';

/** State of the way to the API server. */
export interface GateState {
  readonly open: boolean;
  /** Why it is closed. */
  readonly error: Error | undefined;
}

/** What a gate needs. */
export interface GateOptions {
  readonly transport: KubeTransport;
  readonly clock: Clock;
  readonly random: () => number;
  /** Back-off between probes in ms. Default 250 to 5000. */
  readonly probeMinMs?: number;
  readonly probeMaxMs?: number;
  readonly onChange?: (state: GateState) => void;
}

/**
 * One probe instead of a hundred retries: when a stream cannot connect it closes the gate, every stream waits, and one
 * loop asks `/readyz` until the API server answers. Streams then start again, spread over a short time.
 */
export class ApiServerGate {
  readonly #options: GateOptions;
  #opened: PromiseWithResolvers<void> | undefined;
  #closedSignal: PromiseWithResolvers<void> = Promise.withResolvers();
  #error: Error | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get state(): GateState {
    return { open: this.#opened === undefined, error: this.#error };
  }

  /** Tells that the API server could not be reached. */
  close(error: Error): void {
    if (this.#opened !== undefined) return;
    this.#opened = Promise.withResolvers();
    this.#error = error;
    this.#closedSignal.resolve();
    this.#options.onChange?.(this.state);
  }

  /** Resolves when the gate is open; at once when it is. Rejects with the signal's reason. */
  async wait(signal: AbortSignal): Promise<void> {
    while (this.#opened !== undefined) {
      await raceAbort(this.#opened.promise, signal);
      await this.#options.clock.sleep(200 * this.#options.random(), signal);
    }
  }

  /** Probes while closed; ends with the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await raceAbort(this.#closedSignal.promise, signal);
      await this.#probeUntilOpen(signal);
      this.#closedSignal = Promise.withResolvers();
      const opened = this.#opened;
      this.#opened = undefined;
      this.#error = undefined;
      opened?.resolve();
      this.#options.onChange?.(this.state);
    }
  }

  async #probeUntilOpen(signal: AbortSignal): Promise<void> {
    const { clock, random, probeMinMs = 250, probeMaxMs = 5000 } = this.#options;
    for (let failures = 1; ; failures += 1) {
      await clock.sleep(backoffDelay(failures, { minMs: probeMinMs, maxMs: probeMaxMs }, random), signal);
      if (await this.#answers(signal)) return;
    }
  }

  async #answers(signal: AbortSignal): Promise<boolean> {
    try {
      const answer = await this.#options.transport.get('/readyz', { signal });
      return answer.status < 500;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error) this.#error = error;
      return false;
    }
  }
}

/** Settles with the promise, or rejects with the signal's reason, leaving no listener behind. */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
