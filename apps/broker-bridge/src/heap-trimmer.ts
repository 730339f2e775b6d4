/** What a HeapTrimmer needs of the process. */
export interface HeapTrimmerDeps {
  /** Bytes outside the heap that objects in it hold, and bytes of the heap itself. */
  readonly usage: () => { readonly external: number; readonly heapTotal: number };
  /** `trim` also gives free pages back, which takes longer. */
  readonly collect: (how: 'collect' | 'trim') => void;
}

/** Buffers that may be garbage before they are collected, in bytes. */
const garbageBytes = 48e6;
/** Growth of the heap, in bytes, after which trimming it is worth while. */
const growthBytes = 12e6;
/** Looks between two trims without a burst in between: what rest itself leaves comes again at once. */
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
    if (external > this.#kept + garbageBytes) {
      collect('collect');
      this.#external = this.#kept = usage().external;
      // The burst left pages behind.
      this.#heap = 0;
      this.#wait = 0;
    } else if (rests && this.#wait <= 0 && heapTotal > this.#heap + growthBytes) {
      collect('trim');
      const after = usage();
      this.#external = this.#kept = after.external;
      this.#heap = after.heapTotal;
      this.#wait = looksBetween;
    }
  }
}
