import { PieceBuffer } from './piece-buffer.ts';

/** Called for a record over the limit, with its size and its first bytes. */
export type OnOversized = (bytes: number, head: Buffer) => void;

/** Cuts records out of a byte stream: `push` a chunk, then take records until there is none. */
export interface Framer {
  push(chunk: Buffer): void;
  /** The next complete record; valid until the next call of anything. */
  next(): Buffer | undefined;
}

/** Cuts a byte stream at newlines; works on bytes, so it does not matter where chunks or characters are split. */
export class LineFramer implements Framer {
  readonly #partial: PieceBuffer;
  readonly #onOversized: OnOversized;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(maxBytes: number, onOversized: OnOversized) {
    this.#partial = new PieceBuffer(maxBytes);
    this.#onOversized = onOversized;
  }

  push(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  next(): Buffer | undefined {
    while (this.#at < this.#chunk.length) {
      const end = this.#chunk.indexOf(0x0a, this.#at);
      if (end === -1) {
        this.#partial.add(this.#chunk.subarray(this.#at));
        this.#at = this.#chunk.length;
        return undefined;
      }
      const line = this.#finish(this.#chunk.subarray(this.#at, end));
      this.#at = end + 1;
      if (line !== undefined && line.length > 0) return line;
    }
    return undefined;
  }

  #finish(rest: Buffer): Buffer | undefined {
    if (this.#partial.length === 0 && rest.length <= this.#partial.limit) return rest;
    this.#partial.add(rest);
    if (!this.#partial.overLimit) return this.#partial.take();
    const bytes = this.#partial.length;
    this.#onOversized(bytes, this.#partial.take());
    return undefined;
  }
}
