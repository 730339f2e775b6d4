/** Bytes that all links together may hold; what is over it waits for what is given back. */
export class ByteBudget {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** Something may be taken. */
  get hasRoom(): boolean {
    return this.#free > 0;
  }

  /** May overdraw: what has arrived is there, whether it fits or not. */
  take(bytes: number): void {
    this.#free -= bytes;
  }

  give(bytes: number): void {
    this.#free += bytes;
    if (!this.hasRoom) return;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Calls `wake` once, when there is room again; the returned function forgets it. */
  onRoom(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}
