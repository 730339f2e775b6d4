/** Owns promises that run until a signal: the first failure aborts all of them, and nobody is left behind. */
export class TaskGroup {
  readonly #controller = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  /** Aborts when a task failed or `stop` was called. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Starts a task; its failure ends the group. */
  start(task: (signal: AbortSignal) => Promise<void>): void {
    this.own(task(this.signal));
  }

  /** Takes over a promise that runs already. */
  own(promise: Promise<void>): void {
    const owned = promise
      .catch((error: unknown) => {
        this.fail(error);
      })
      .finally(() => {
        this.#running.delete(owned);
      });
    this.#running.add(owned);
  }

  /** Ends the group with an error; the first one counts, and what follows from aborting does not. */
  fail(error: unknown): void {
    if (this.#controller.signal.aborted) return;
    this.#failure = { error };
    this.#controller.abort(error);
  }

  /** Aborts all tasks. */
  stop(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Resolves when the group has ended and every task has; rejects with the first failure. */
  async wait(): Promise<void> {
    if (!this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
    }
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
