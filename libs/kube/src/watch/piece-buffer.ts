/** Bytes kept of a record over the limit, enough to name it. */
const headBytes = 4096;
/** Largest buffer kept for the next record. */
const keptBytes = 128 * 1024;

/**
 * Collects the pieces of one record that crosses chunk borders, in a buffer that is used again for the next one. Above
 * the limit only the head is kept, so that a record of any size costs bounded memory.
 */
export class PieceBuffer {
  /** Largest record kept, in bytes. */
  readonly limit: number;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;
  #kept = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes of the record so far, kept or not. */
  get length(): number {
    return this.#length;
  }

  get overLimit(): boolean {
    return this.#length > this.limit;
  }

  /** Copies a piece, so that its chunk is free. */
  add(piece: Buffer): void {
    this.#length += piece.length;
    const most = this.overLimit ? headBytes : this.#length;
    if (this.#kept >= most) {
      this.#kept = most;
      return;
    }
    const wanted = piece.subarray(0, most - this.#kept);
    this.#makeRoom(this.#kept + wanted.length);
    wanted.copy(this.#buffer, this.#kept);
    this.#kept += wanted.length;
  }

  /** The record, a view that is valid until the next `add`; empties the buffer. Above the limit only its beginning. */
  take(): Buffer {
    const record = this.#buffer.subarray(0, this.#kept);
    this.#length = 0;
    this.#kept = 0;
    if (this.#buffer.length > keptBytes) this.#buffer = Buffer.alloc(0);
    return record;
  }

  #makeRoom(bytes: number): void {
    if (this.#buffer.length >= bytes) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#kept);
    this.#buffer = larger;
  }
}
