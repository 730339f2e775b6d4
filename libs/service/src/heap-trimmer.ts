import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Logger } from '@meshery/observability';
import { openMallocTrim } from './malloc-trim.ts';
import type { ReleaseFreed } from './malloc-trim.ts';

/** What a HeapTrimmer needs of the process. */
export interface HeapTrimmerDeps {
  /** Bytes outside the heap that objects in it hold, and CPU time used so far in ms. */
  readonly usage: () => { readonly external: number; readonly cpuMs: number };
  /** A collection of garbage, at once: of young objects in a millisecond or two, or of all, which stops everything for longer. */
  readonly collect: (what: 'young' | 'all') => void;
  /** Gives freed memory back to the operating system. */
  readonly release: ReleaseFreed;
  /** Whether much garbage is also collected amid work, in a service that nobody waits for. */
  readonly atWork: boolean;
}

/** Buffers that may be garbage before they are collected at work, and at rest, in bytes. */
const workBytes = 48e6;
const restBytes = 24e6;
const lookEveryMs = 250;
/** So many looks are judged together: one collection is no work. */
const looksTogether = 4;
/** CPU time of so many looks, below which a process rests: a tenth of a core. */
const restCpuMs = 0.1 * looksTogether * lookEveryMs;
/** Looks from one release to the next. */
const releaseEvery = 60;

/**
 * Keeps the process small. What passes through is garbage outside the heap, which alone would hardly ever be reason for
 * V8 to collect, and what is freed stays with malloc: after a burst both would be there for hours. The heap itself is
 * V8's own business: to collect it more often costs pauses that callers feel.
 */
export class HeapTrimmer {
  readonly #deps: HeapTrimmerDeps;
  #looks = 0;
  #judged = 0;
  #cpuMs = 0;
  #rests = false;
  #kept = 0;
  /** Young objects were collected at the last look. */
  #tried = false;

  constructor(deps: HeapTrimmerDeps) {
    this.#deps = deps;
  }

  /** To be called every 250 ms. */
  look(): void {
    const { usage, release, atWork } = this.#deps;
    const { external, cpuMs } = usage();
    this.#looks += 1;
    this.#judge(cpuMs);
    const bound = this.#rests ? restBytes : workBytes;
    if ((atWork || this.#rests) && external - this.#kept > bound) this.#collect();
    else this.#tried = false;
    if (this.#looks % releaseEvery === 0) release();
  }

  /** What passed through a moment ago is young. It is freed on another thread: whether that was enough shows later. */
  #collect(): void {
    const { usage, collect } = this.#deps;
    collect(this.#tried ? 'all' : 'young');
    if (this.#tried) this.#kept = usage().external;
    this.#tried = !this.#tried;
  }

  /** Rest shows in some looks together, work in a single one. */
  #judge(cpuMs: number): void {
    this.#judged += 1;
    const works = cpuMs - this.#cpuMs >= restCpuMs;
    if (!works && this.#judged < looksTogether) return;
    this.#judged = 0;
    this.#cpuMs = cpuMs;
    this.#rests = !works;
  }
}

/** How trimHeap works. */
export interface TrimOptions extends Pick<HeapTrimmerDeps, 'atWork'> {
  readonly logger: Logger;
}

/** Keeps this process small from now on. Resolves when it began. */
export async function trimHeap({ atWork, logger }: TrimOptions): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: object) => void;
  const release = await openMallocTrim();
  if (release === undefined) logger.debug({}, 'memory that is freed stays with the allocator: this is not glibc');
  const trimmer = new HeapTrimmer({
    atWork,
    usage: () => {
      const { user, system } = process.cpuUsage();
      return { external: getHeapStatistics().external_memory, cpuMs: (user + system) / 1000 };
    },
    collect: (what) => {
      gc({ type: what === 'young' ? 'minor' : 'major', execution: 'sync' });
    },
    release: release ?? (() => undefined),
  });
  setInterval(() => {
    trimmer.look();
  }, lookEveryMs).unref();
}
