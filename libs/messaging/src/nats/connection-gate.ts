/** Lets work wait until there is a connection again. */
export class ConnectionGate {
  #open = false;
  #closed = false;
  #waiting = Promise.withResolvers<void>();

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    this.#open = true;
    this.#waiting.resolve();
  }

  shut(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#waiting = Promise.withResolvers<void>();
  }

  /** For good: everyone who waits goes on and finds the broker closed. */
  close(): void {
    this.#closed = true;
    this.#open = false;
    this.#waiting.resolve();
  }

  /** Resolves when the gate is open; rejects with the signal's reason. */
  async pass(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#open || this.#closed) return;
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => {
      aborted.reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([this.#waiting.promise, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
