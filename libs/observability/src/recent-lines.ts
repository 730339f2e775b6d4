import type { LogOutput } from './log-outputs.ts';

/** Keeps the newest lines of a log in memory, as many as fit into a bound; a longer line is not kept. */
export class RecentLines implements LogOutput {
  readonly #maxBytes: number;
  readonly #lines: string[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return [...this.#lines];
  }

  write(line: string): void {
    if (Buffer.byteLength(line) > this.#maxBytes) return;
    this.#lines.push(line);
    this.#bytes += Buffer.byteLength(line);
    let gone = 0;
    while (this.#bytes > this.#maxBytes) {
      this.#bytes -= Buffer.byteLength(this.#lines[gone] ?? '');
      gone += 1;
    }
    if (gone > 0) this.#lines.splice(0, gone);
  }
}
