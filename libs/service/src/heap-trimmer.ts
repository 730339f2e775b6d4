import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a HeapTrimmer needs of the process. */
export interface HeapTrimmerDeps {
  /** Bytes outside the heap that objects in it hold, bytes of the heap itself, and CPU time used so far in ms. */
  readonly usage: () => { readonly external: number; readonly heapTotal: number; readonly cpuMs: number };
  /** A full collection of garbage, at once, in the midst of work or at rest. */
  readonly collect: (when: 'work' | 'rest') => void;
  /** Called when rest begins and when it ends. */
  readonly onRest: (rests: boolean) => void;
}

/** Buffers that may be garbage before they are collected, in bytes. */
const garbageBytes = 48e6;
/** Growth of the heap and of what it holds outside, in bytes, after which a collection at rest is worth while. */
const growthBytes = 12e6;
/** Looks between two collections at rest: what rest itself leaves comes again at once. More growth than that cannot wait. */
const looksBetween = 240;
const muchGrowthBytes = 20e6;
const lookEveryMs = 250;
/** So many looks are judged together: one collection is no work. */
const looksTogether = 4;
/** CPU time of so many looks, below which a process rests: a tenth of a core. */
const restCpuMs = 0.1 * looksTogether * lookEveryMs;

/**
 * Keeps the process small. What passes through is garbage outside the heap, which alone would hardly ever be reason for
 * V8 to collect; and a process at rest never collects: what a burst left would stay, in pages that are mostly empty.
 */
export class HeapTrimmer {
  readonly #deps: HeapTrimmerDeps;
  #looks = 0;
  #cpuMs = 0;
  #rests = false;
  #kept = 0;
  #size = 0;
  #wait = 0;

  constructor(deps: HeapTrimmerDeps) {
    this.#deps = deps;
  }

  /** To be called every 250 ms. */
  look(): void {
    const { usage, collect } = this.#deps;
    const { external, heapTotal, cpuMs } = usage();
    this.#looks += 1;
    this.#judge(cpuMs);
    this.#wait -= 1;
    const burst = external > this.#kept + garbageBytes;
    const growth = this.#wait > 0 ? muchGrowthBytes : growthBytes;
    const grown = this.#rests && external + heapTotal > this.#size + growth;
    if (!burst && !grown) return;
    collect(burst ? 'work' : 'rest');
    const after = usage();
    this.#kept = after.external;
    // A burst leaves pages behind: they are worth a collection as soon as it is over.
    this.#size = burst ? 0 : after.external + after.heapTotal;
    this.#wait = burst ? 0 : looksBetween;
  }

  /** Rest shows in some looks together, work in a single one. */
  #judge(cpuMs: number): void {
    const works = cpuMs - this.#cpuMs >= restCpuMs;
    if (!works && this.#looks < looksTogether) return;
    this.#looks = 0;
    this.#cpuMs = cpuMs;
    if (works === this.#rests) this.#deps.onRest(!works);
    this.#rests = !works;
  }
}

/**
 * Keeps this process small from now on. `in-steps`: at rest V8 saves memory and compacts the heaps of all threads in short
 * pauses, over half a minute. `in-one-pause`, for a service that nobody waits for: much garbage is collected also at work,
 * and the heap of this thread is compacted at once, in about 0.1 s, which is a third of the work.
 */
export function trimHeap(compacts: 'in-steps' | 'in-one-pause'): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options?: object) => void;
  const inSteps = compacts === 'in-steps';
  const trimmer = new HeapTrimmer({
    usage: () => {
      const { user, system } = process.cpuUsage();
      return { ...process.memoryUsage(), cpuMs: (user + system) / 1000 };
    },
    collect: (when) => {
      if (!inSteps) gc(when === 'rest' ? { type: 'major', execution: 'sync', flavor: 'last-resort' } : undefined);
      // At work V8 knows best when to collect; at rest one collection is what makes it go on by itself.
      else if (when === 'rest') gc();
    },
    onRest: (rests) => {
      if (inSteps) setFlagsFromString(rests ? '--memory-saver-mode' : '--no-memory-saver-mode');
    },
  });
  setInterval(() => {
    trimmer.look();
  }, lookEveryMs).unref();
}
