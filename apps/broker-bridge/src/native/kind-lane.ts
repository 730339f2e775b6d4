import type { BatchHead } from '@meshery/contracts';
import type { DurableMessage } from '@meshery/messaging';

/** A batch with the stored messages it came in. */
export interface LaneItem {
  readonly head: BatchHead;
  readonly parts: readonly DurableMessage[];
  /** The encoded batch. */
  readonly data: Uint8Array;
}

/** What to do after an outcome. */
export interface LaneDecision {
  /** Push these, in this order. */
  readonly push: readonly LaneItem[];
  /** Acknowledge these: they are committed, or a snapshot replaces them. */
  readonly done: readonly LaneItem[];
}

const nothing: LaneDecision = { push: [], done: [] };

/**
 * The order of one kind of one run: batches that came before their predecessor wait here for it. Pure bookkeeping.
 */
export class KindLane {
  readonly #held = new Map<number, LaneItem>();
  #committed = 0;
  #gapSince: number | undefined;

  /** Batches that wait for a missing one. */
  get held(): number {
    return this.#held.size;
  }

  /** Monotonic time at which the present gap was noticed. */
  get gapSince(): number | undefined {
    return this.#gapSince;
  }

  /** A batch is committed (or was before): its successors may go. */
  committed(sequence: number): LaneDecision {
    this.#committed = Math.max(this.#committed, sequence);
    if (this.#held.size === 0) return nothing;
    const sorted = [...this.#held.values()].sort((a, b) => a.head.sequence - b.head.sequence);
    const done = sorted.filter((item) => item.head.sequence <= this.#committed);
    const push: LaneItem[] = [];
    for (const item of sorted.slice(done.length)) {
      if (item.head.sequence !== this.#committed + 1 + push.length) break;
      push.push(item);
    }
    for (const item of [...done, ...push]) this.#held.delete(item.head.sequence);
    if (this.#held.size === 0) this.#gapSince = undefined;
    return { push, done };
  }

  /** A batch came too early: it waits, unless its predecessor was committed meanwhile. */
  gap(item: LaneItem, now: number): LaneDecision {
    const { sequence } = item.head;
    if (sequence === this.#committed + 1) return { push: [item], done: [] };
    const before = this.#held.get(sequence);
    this.#held.set(sequence, item);
    this.#gapSince ??= now;
    return before === undefined || before === item ? nothing : { push: [], done: [before] };
  }

  /** Gives up waiting: a snapshot replaces what is held. */
  giveUp(): LaneDecision {
    const done = [...this.#held.values()];
    this.clear();
    return { push: [], done };
  }

  clear(): void {
    this.#held.clear();
    this.#gapSince = undefined;
  }
}
