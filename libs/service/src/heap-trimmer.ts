import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a HeapTrimmer needs of the process. */
export interface HeapTrimmerDeps {
  /** Bytes outside the heap that objects in it hold, bytes of the heap itself, and CPU time used so far in ms. */
  readonly usage: () => { readonly external: number; readonly heapTotal: number; readonly cpuMs: number };
  /** A full collection of garbage, at once. */
  readonly collect: () => void;
  /** Whether V8 collects more often, in small steps, to keep its heaps small. */
  readonly save: (on: boolean) => void;
}

/** Buffers that may be garbage before they are collected, in bytes. */
const garbageBytes = 48e6;
/** Growth of the heap, in bytes, after which a collection at rest is worth while. */
const growthBytes = 12e6;
/** Looks between two collections at rest: what rest itself leaves comes again at once. */
const looksBetween = 40;
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
  #heap = 0;
  #wait = 0;

  constructor(deps: HeapTrimmerDeps) {
    this.#deps = deps;
  }

  /** To be called every 250 ms. */
  look(): void {
    const { usage, collect } = this.#deps;
    const { external, heapTotal, cpuMs } = usage();
    this.#looks += 1;
    if (this.#looks % looksTogether === 0) this.#judge(cpuMs);
    this.#wait -= 1;
    const burst = external > this.#kept + garbageBytes;
    const grown = this.#rests && this.#wait <= 0 && heapTotal > this.#heap + growthBytes;
    if (!burst && !grown) return;
    collect();
    const after = usage();
    this.#kept = after.external;
    // A burst leaves pages behind: they are worth a collection as soon as it is over.
    this.#heap = burst ? 0 : after.heapTotal;
    this.#wait = burst ? 0 : looksBetween;
  }

  #judge(cpuMs: number): void {
    const rests = cpuMs - this.#cpuMs < restCpuMs;
    this.#cpuMs = cpuMs;
    if (rests !== this.#rests) this.#deps.save(rests);
    this.#rests = rests;
  }
}

/** Keeps this process small from now on. */
export function trimHeap(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const usage = () => {
    const { user, system } = process.cpuUsage();
    return { ...process.memoryUsage(), cpuMs: (user + system) / 1000 };
  };
  const save = (on: boolean): void => {
    setFlagsFromString(on ? '--memory-saver-mode' : '--no-memory-saver-mode');
  };
  const trimmer = new HeapTrimmer({ usage, collect, save });
  setInterval(() => {
    trimmer.look();
  }, lookEveryMs).unref();
}
