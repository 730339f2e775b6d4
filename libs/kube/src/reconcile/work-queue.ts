import type { Clock } from '@meshery/observability';
import { raceAbort } from '../transport/api-server-gate.ts';
import { backoffDelay } from '../transport/backoff.ts';
import type { BackoffOptions } from '../transport/backoff.ts';

/** What a queue needs. */
export interface WorkQueueOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Of keys that failed. Default 50 ms to 60 s. */
  readonly backoff?: BackoffOptions;
}

const defaultBackoff: BackoffOptions = { minMs: 50, maxMs: 60_000 };

interface Later {
  readonly due: number;
  readonly cancel: AbortController;
}

/**
 * Keys that want work. A key waits at most once, is worked on by one worker at a time, and is taken again when it was
 * added during its work. It is as long as there are objects at most, as equal keys are one.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting = new Set<string>();
  readonly #working = new Set<string>();
  /** Added while worked on. */
  readonly #again = new Set<string>();
  readonly #later = new Map<string, Later>();
  readonly #failures = new Map<string, number>();
  /** Keys that were told to wait, and until when. */
  readonly #notBefore = new Map<string, number>();
  #arrived: PromiseWithResolvers<undefined> | undefined;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  /** Keys that could be taken now. */
  get depth(): number {
    return this.#waiting.size;
  }

  /** Wants work on the key now, or as soon as it may. */
  add(key: string): void {
    const left = (this.#notBefore.get(key) ?? 0) - this.#options.clock.monotonic();
    if (left > 0) {
      this.addAfter(key, left);
      return;
    }
    this.#notBefore.delete(key);
    if (this.#working.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#waiting.add(key);
    this.#arrived?.resolve(undefined);
    this.#arrived = undefined;
  }

  /** Wants work on the key in `ms`, or sooner when that was wanted already. */
  addAfter(key: string, ms: number): void {
    const { clock } = this.#options;
    const due = clock.monotonic() + ms;
    const known = this.#later.get(key);
    if (known !== undefined && known.due <= due) return;
    known?.cancel.abort();
    const cancel = new AbortController();
    this.#later.set(key, { due, cancel });
    clock.sleep(ms, cancel.signal).then(
      () => {
        this.#later.delete(key);
        this.add(key);
      },
      () => undefined,
    );
  }

  /**
   * Wants work on a key that failed, the later the more often it did; answers in how many ms. Not before `atLeastMs`,
   * whoever else wants it meanwhile: the other side asked for the time.
   */
  retry(key: string, atLeastMs = 0): number {
    const { backoff = defaultBackoff, random } = this.#options;
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const ms = Math.max(atLeastMs, backoffDelay(failures, backoff, random));
    if (atLeastMs > 0) this.#notBefore.set(key, this.#options.clock.monotonic() + atLeastMs);
    this.addAfter(key, ms);
    return ms;
  }

  /** The key succeeded: its next failure is a first one. */
  forget(key: string): void {
    this.#failures.delete(key);
    this.#notBefore.delete(key);
  }

  /** Takes the next key, waiting for one; the caller owes `done`. Rejects with the signal's reason. */
  async take(signal: AbortSignal): Promise<string> {
    for (;;) {
      signal.throwIfAborted();
      const [key] = this.#waiting;
      if (key !== undefined) return this.#begin(key);
      this.#arrived ??= Promise.withResolvers();
      await raceAbort(this.#arrived.promise, signal);
    }
  }

  /** The work on a key that was taken has ended. */
  done(key: string): void {
    this.#working.delete(key);
    if (this.#again.delete(key)) this.add(key);
  }

  /** Forgets every key and timer; work under way goes on. */
  clear(): void {
    for (const { cancel } of this.#later.values()) cancel.abort();
    this.#later.clear();
    this.#waiting.clear();
    this.#again.clear();
    this.#failures.clear();
    this.#notBefore.clear();
  }

  #begin(key: string): string {
    this.#waiting.delete(key);
    this.#working.add(key);
    // What follows decides anew when the key is wanted again.
    this.#later.get(key)?.cancel.abort();
    this.#later.delete(key);
    return key;
  }
}
