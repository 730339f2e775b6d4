import { isUtf8 } from 'node:buffer';
import type { Changes, ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import type { BufferPool } from './buffer-pool.ts';
import { MessageWriter, fieldSize, measureColumns, measureText, varintSize, writeColumns } from './message-writer.ts';

/** Room before the objects for the head of a Batch, and after them for the position. */
const headRoom = 512;
const tailRoom = 256;

/** Changes whose objects are encoded already; `objects` is empty. Only ports that say so take them. */
export interface PackedChanges extends Changes {
  readonly packed: PackedObjects;
}

/** Whether a Batch can be written around them in place. */
export function isWrappable(packed: PackedObjects): packed is WrappableObjects {
  return 'wrap' in packed;
}

/** The packed objects of a Changes message, if they are packed. */
export function packedOf(changes: Changes): PackedObjects | undefined {
  return 'packed' in changes ? (changes as PackedChanges).packed : undefined;
}

/** Encoded objects; their bytes are theirs until `release`. */
export interface PackedObjects {
  /** Number of objects. */
  readonly count: number;
  /** The encoded Changes message; a view that is valid until `release`. Calling it again gives the same. */
  encoded(resourceVersion: string): Uint8Array;
  /** Gives the bytes back: the far side has the batch, or nobody wants it. Harmless when repeated. */
  release(): void;
}

/** Room for the head of a Batch before the Changes message. */
export interface WrappableObjects extends PackedObjects {
  /** The whole Batch, given its encoded head; a view as of `encoded`. */
  wrap(head: Uint8Array, resourceVersion: string): Uint8Array;
}

/** Encoded objects in a buffer of a pool. */
class PooledObjects implements WrappableObjects {
  readonly count: number;
  readonly #pool: BufferPool;
  readonly #end: number;
  #buffer: Buffer | undefined;

  constructor(pool: BufferPool, buffer: Buffer, end: number, count: number) {
    this.#pool = pool;
    this.#buffer = buffer;
    this.#end = end;
    this.count = count;
  }

  encoded(resourceVersion: string): Uint8Array {
    const buffer = this.#bytes();
    return buffer.subarray(headRoom, this.#writeEnd(buffer, resourceVersion));
  }

  wrap(head: Uint8Array, resourceVersion: string): Uint8Array {
    const buffer = this.#bytes();
    const end = this.#writeEnd(buffer, resourceVersion);
    const bodySize = end - headRoom;
    const start = headRoom - head.byteLength - 1 - varintSize(bodySize);
    if (start < 0) throw new RangeError('the head of a batch is too long');
    const front = new MessageWriter(buffer, start, []);
    front.bytes(head);
    front.message(11, bodySize);
    return buffer.subarray(start, end);
  }

  #bytes(): Buffer {
    if (this.#buffer === undefined) throw new TypeError('these changes are released');
    return this.#buffer;
  }

  /** Writes the position after the objects; answers where the message ends. */
  #writeEnd(buffer: Buffer, resourceVersion: string): number {
    const sizes: number[] = [];
    const size = measureText(resourceVersion, sizes);
    if (size > tailRoom) throw new RangeError('the position of a batch is too long');
    new MessageWriter(buffer, this.#end, sizes).text(2, resourceVersion);
    return this.#end + size;
  }

  release(): void {
    if (this.#buffer !== undefined) this.#pool.give(this.#buffer);
    this.#buffer = undefined;
  }
}

/**
 * Encodes changes as they come: the JSON bytes of an object are copied once, from what was read into what is sent, and
 * never become a string.
 */
export class ChangePacker {
  readonly #pool: BufferPool;
  #buffer: Buffer | undefined;
  #end = headRoom;
  #count = 0;

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds an object with this JSON text (UTF-8) in place of its own. */
  add(change: ObjectChange, text: Uint8Array): void {
    // Readers refuse a message whose strings are not UTF-8.
    const json = isUtf8(text) ? text : Buffer.from(new TextDecoder().decode(text));
    const sizes: number[] = [];
    const columns = measureColumns(change, sizes);
    const size = columns + (json.byteLength === 0 ? 0 : fieldSize(json.byteLength));
    const target = new MessageWriter(this.#room(fieldSize(size)), this.#end, sizes);
    target.message(1, size);
    writeColumns(change, target);
    if (json.byteLength > 0) {
      target.message(10, json.byteLength);
      target.bytes(json);
    }
    this.#end = target.offset;
    this.#count += 1;
  }

  /** Hands over what was added. */
  take(): WrappableObjects {
    const packed = new PooledObjects(this.#pool, this.#room(0), this.#end, this.#count);
    this.#buffer = undefined;
    this.#end = headRoom;
    this.#count = 0;
    return packed;
  }

  /** The buffer with room for so many bytes more; a larger one takes over what is there. */
  #room(bytes: number): Buffer {
    const needed = this.#end + bytes + tailRoom;
    const before = this.#buffer;
    if (before !== undefined && before.byteLength >= needed) return before;
    const buffer = this.#pool.take(before === undefined ? needed : Math.max(needed, before.byteLength * 2));
    if (before !== undefined) {
      before.copy(buffer, headRoom, headRoom, this.#end);
      this.#pool.give(before);
    }
    this.#buffer = buffer;
    return buffer;
  }
}
