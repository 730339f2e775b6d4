/** Buffers of one size that are used again, so that a stream of batches leaves no garbage outside of the heap. */
export class BufferPool {
  readonly bufferBytes: number;
  readonly #most: number;
  readonly #free: Buffer[] = [];

  /** Keeps at most `most` buffers that nobody uses. */
  constructor(bufferBytes: number, most: number) {
    this.bufferBytes = bufferBytes;
    this.#most = most;
  }

  /** A buffer of at least so many bytes; larger ones than `bufferBytes` are made for the occasion. */
  take(bytes: number): Buffer {
    if (bytes > this.bufferBytes) return Buffer.allocUnsafeSlow(bytes);
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.bufferBytes);
  }

  /** Gives a buffer back; nobody may look at it any more. */
  give(buffer: Buffer): void {
    if (buffer.byteLength === this.bufferBytes && this.#free.length < this.#most) this.#free.push(buffer);
  }
}
