interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/** Bounds how much is under way, in number and bytes; those over the bound wait in order. */
export class InFlight {
  readonly #maxCount: number;
  readonly #maxBytes: number;
  readonly #waiting: Waiting[] = [];
  #count = 0;
  #bytes = 0;

  constructor(maxCount: number, maxBytes: number) {
    this.#maxCount = maxCount;
    this.#maxBytes = maxBytes;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when there is room (a single large item always fits an empty bound); rejects with the signal's reason. */
  async enter(bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#fits(bytes)) {
      this.#take(bytes);
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const entry = { bytes, admit: resolve };
    this.#waiting.push(entry);
    const onAbort = (): void => {
      const index = this.#waiting.indexOf(entry);
      if (index === -1) return;
      this.#waiting.splice(index, 1);
      reject(signal.reason as Error);
      this.#admit();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  leave(bytes: number): void {
    this.#count -= 1;
    this.#bytes -= bytes;
    this.#admit();
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined && this.#fits(next.bytes); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#take(next.bytes);
      next.admit();
    }
  }

  #fits(bytes: number): boolean {
    return this.#count === 0 || (this.#count < this.#maxCount && this.#bytes + bytes <= this.#maxBytes);
  }

  #take(bytes: number): void {
    this.#count += 1;
    this.#bytes += bytes;
  }
}
