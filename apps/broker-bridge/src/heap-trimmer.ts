/** What a HeapTrimmer needs of the process. */
export interface HeapTrimmerDeps {
  /** Bytes outside the heap that objects in it hold, and bytes of the heap itself. */
  readonly usage: () => { readonly external: number; readonly heapTotal: number };
  /** A full collection of garbage, at once. */
  readonly collect: () => void;
}

/** Buffers that may be garbage before they are collected, in bytes. */
const garbageBytes = 48e6;
/** Growth of the heap, in bytes, after which a collection at rest is worth while. */
const growthBytes = 12e6;
/** Looks between two collections at rest: what rest itself leaves comes again at once. */
const looksBetween = 240;
/** Less change than this between two looks is rest, in bytes. */
const restBytes = 1e6;

/**
 * Keeps the process small. What passes through is garbage outside the heap, which alone would hardly ever be reason for
 * V8 to collect; and a process at rest never collects: what a burst left would stay.
 */
export class HeapTrimmer {
  readonly #deps: HeapTrimmerDeps;
  #external = 0;
  #kept = 0;
  #heap = 0;
  #wait = 0;

  constructor(deps: HeapTrimmerDeps) {
    this.#deps = deps;
  }

  /** To be called regularly, some times a second. */
  look(): void {
    const { usage, collect } = this.#deps;
    const { external, heapTotal } = usage();
    const rests = Math.abs(external - this.#external) < restBytes;
    this.#external = external;
    this.#wait -= 1;
    const burst = external > this.#kept + garbageBytes;
    const grown = rests && this.#wait <= 0 && heapTotal > this.#heap + growthBytes;
    if (!burst && !grown) return;
    collect();
    const after = usage();
    this.#external = this.#kept = after.external;
    // A burst leaves pages behind: they are worth a collection as soon as it is over.
    this.#heap = burst ? 0 : after.heapTotal;
    this.#wait = burst ? 0 : looksBetween;
  }
}
