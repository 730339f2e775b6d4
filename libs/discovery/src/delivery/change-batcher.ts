import { ChangePacker } from '@meshery/contracts';
import type { BufferPool, Changes, ObjectChange, PackedChanges } from '@meshery/contracts';

/** Limits of a batch. */
export interface BatchLimits {
  readonly batchObjects: number;
  readonly batchBytes: number;
}

/** What a batcher hands over. */
export type BatchedChanges = Changes | PackedChanges;

/** Where a batcher puts changes: as objects with text, or encoded at once. */
interface Collection {
  add(change: ObjectChange, json: Buffer): void;
  take(resourceVersion: string): BatchedChanges;
}

/** Collects changes until a batch is full. */
export class ChangeBatcher {
  readonly #limits: BatchLimits;
  readonly #collection: Collection;
  #size = 0;
  #bytes = 0;

  /** With a pool the changes are packed into its buffers; what is taken must then be released. */
  constructor(limits: BatchLimits, pool?: BufferPool) {
    this.#limits = limits;
    this.#collection = pool === undefined ? new TextCollection() : new PackedCollection(pool);
  }

  get size(): number {
    return this.#size;
  }

  /** True when so many bytes of JSON do not fit any more: take first. */
  wouldOverflow(bytes: number): boolean {
    return this.#size > 0 && this.#bytes + bytes > this.#limits.batchBytes;
  }

  /** Adds a change with its JSON text, which is copied; true when the batch is full. */
  add(change: ObjectChange, json: Buffer): boolean {
    this.#collection.add(change, json);
    this.#size += 1;
    this.#bytes += json.length;
    return this.#size >= this.#limits.batchObjects || this.#bytes >= this.#limits.batchBytes;
  }

  /** Hands over what was collected. */
  take(resourceVersion: string): BatchedChanges {
    this.#size = 0;
    this.#bytes = 0;
    return this.#collection.take(resourceVersion);
  }
}

class TextCollection implements Collection {
  #objects: ObjectChange[] = [];

  add(change: ObjectChange, json: Buffer): void {
    change.json = json.toString('utf8');
    this.#objects.push(change);
  }

  take(resourceVersion: string): Changes {
    const objects = this.#objects;
    this.#objects = [];
    return { objects, resourceVersion };
  }
}

class PackedCollection implements Collection {
  readonly #packer: ChangePacker;

  constructor(pool: BufferPool) {
    this.#packer = new ChangePacker(pool);
  }

  add(change: ObjectChange, json: Buffer): void {
    this.#packer.add(change, json);
  }

  take(resourceVersion: string): PackedChanges {
    return { objects: [], resourceVersion, packed: this.#packer.take() };
  }
}
