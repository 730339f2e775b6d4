import type { BatchHead, BatchOutcome } from '@meshery/contracts';

/** A batch that waits for its answer. */
export interface PendingBatch {
  readonly head: BatchHead;
  /** The encoded batch. */
  readonly data: Uint8Array;
  readonly resolve: (outcome: BatchOutcome) => void;
}

/** What identifies a batch within one cluster. */
interface Position {
  readonly incarnation: string;
  readonly kind: string;
  readonly sequence: number;
}

/** Batches on their way, in the order in which they were pushed; one may be there twice (redelivered). */
export class PendingBatches {
  readonly #entries = new Set<PendingBatch>();
  readonly #byPosition = new Map<string, PendingBatch[]>();

  get size(): number {
    return this.#entries.size;
  }

  /** In the order of pushing. */
  [Symbol.iterator](): IterableIterator<PendingBatch> {
    return this.#entries.values();
  }

  add(entry: PendingBatch): void {
    this.#entries.add(entry);
    const key = keyOf(entry.head);
    this.#byPosition.set(key, [...(this.#byPosition.get(key) ?? []), entry]);
  }

  /** Takes the oldest one that an outcome answers; undefined for an answer to nothing. */
  settle(outcome: BatchOutcome): PendingBatch | undefined {
    const key = keyOf(outcome);
    const [entry, ...rest] = this.#byPosition.get(key) ?? [];
    if (entry === undefined) return undefined;
    this.#entries.delete(entry);
    if (rest.length === 0) this.#byPosition.delete(key);
    else this.#byPosition.set(key, rest);
    return entry;
  }

  clear(): void {
    this.#entries.clear();
    this.#byPosition.clear();
  }
}

function keyOf(position: Position): string {
  return `${position.incarnation} ${position.kind} ${position.sequence}`;
}
