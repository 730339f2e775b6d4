/** A new buffer of this size, its bytes undefined. */
export type Allocate = (bytes: number) => Buffer;

/** Memory of this process alone. */
export const ownMemory: Allocate = (bytes) => Buffer.allocUnsafeSlow(bytes);

/** Memory that another thread may look at without a copy. */
export const sharedMemory: Allocate = (bytes) => Buffer.from(new SharedArrayBuffer(bytes));

/** Buffers of one size that are used again, so that a stream of batches leaves no garbage outside of the heap. */
export class BufferPool {
  readonly bufferBytes: number;
  readonly #most: number;
  readonly #allocate: Allocate;
  readonly #free: Buffer[] = [];

  /** Keeps at most `most` buffers that nobody uses. */
  constructor(bufferBytes: number, most: number, allocate: Allocate = ownMemory) {
    this.bufferBytes = bufferBytes;
    this.#most = most;
    this.#allocate = allocate;
  }

  /** A buffer of at least so many bytes; larger ones than `bufferBytes` are made for the occasion. */
  take(bytes: number): Buffer {
    if (bytes > this.bufferBytes) return this.#allocate(bytes);
    return this.#free.pop() ?? this.#allocate(this.bufferBytes);
  }

  /** Gives a buffer back; nobody may look at it any more. */
  give(buffer: Buffer): void {
    if (buffer.byteLength === this.bufferBytes && this.#free.length < this.#most) this.#free.push(buffer);
  }
}
