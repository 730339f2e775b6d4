import { Worker } from 'node:worker_threads';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { busyError } from '../../shared/errors.ts';
import type { ReaderData, ReaderReply, ReaderRequest } from './reader-protocol.ts';
import type { HeavyAnswers, HeavyQuery } from './reader-queries.ts';

/** A failure of SQLite in a reader thread; `code` is its result code. */
export class ReaderFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ReaderFailure';
    this.code = code;
  }
}

/** Queries waiting for a thread; more are refused. */
const maximumWaiting = 256;

interface Job {
  readonly query: HeavyQuery;
  readonly resolve: (answer: HeavyAnswers[HeavyQuery['type']]) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  worker: Worker | undefined;
  job: Job | undefined;
  /** Ends the thread unless a query comes before. */
  rest: NodeJS.Timeout | undefined;
}

/** Size of a pool, and how long its queries and its idle threads may last. */
export interface PoolLimits {
  readonly threads: number;
  readonly deadlineMs: number;
  /** A thread with its page cache keeps more than 10 MB: one that had nothing to do for this long is ended. */
  readonly restMs: number;
}

/** A few threads for queries that may take longer than the event loop can wait; each is there while it is needed. */
export class ReaderPool {
  private readonly data: ReaderData;
  private readonly clock: Clock;
  private readonly limits: PoolLimits;
  private readonly slots: Slot[];
  private readonly waiting: Job[] = [];
  private closed = false;

  constructor(data: ReaderData, clock: Clock, limits: PoolLimits) {
    this.data = data;
    this.clock = clock;
    this.limits = limits;
    this.slots = Array.from({ length: limits.threads }, () => ({ worker: undefined, job: undefined, rest: undefined }));
  }

  /** Starts one thread before it is needed. */
  warm(): void {
    const slot = this.slots[0];
    if (slot === undefined) return;
    slot.worker ??= this.spawn(slot);
    this.rest(slot);
  }

  /** Runs a query; rejects with a ReaderFailure, `meshery-store-1602` when overloaded, `meshery-core-1003` when late. */
  async run<T extends HeavyQuery>(query: T): Promise<HeavyAnswers[T['type']]> {
    if (this.closed) throw busyError('The store is closing.');
    if (this.waiting.length >= maximumWaiting) throw busyError('Too many queries wait for the inventory.');
    const expired = new AbortController();
    const answer = new Promise<HeavyAnswers[HeavyQuery['type']]>((resolve, reject) => {
      this.waiting.push({ query, resolve, reject });
      this.dispatch();
    });
    const { deadlineMs } = this.limits;
    const late = this.clock.sleep(deadlineMs, expired.signal).then(
      () => Promise.reject(lateError(deadlineMs)),
      () => answer,
    );
    try {
      return (await Promise.race([answer, late])) as HeavyAnswers[T['type']];
    } finally {
      expired.abort();
      late.catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting.splice(0)) job.reject(busyError('The store is closing.'));
    await Promise.all(
      this.slots.map(async (slot) => {
        slot.job?.reject(busyError('The store is closing.'));
        slot.job = undefined;
        await this.end(slot);
      }),
    );
  }

  private rest(slot: Slot): void {
    clearTimeout(slot.rest);
    slot.rest = setTimeout(() => void this.end(slot), this.limits.restMs).unref();
  }

  private async end(slot: Slot): Promise<void> {
    clearTimeout(slot.rest);
    const { worker } = slot;
    slot.worker = undefined;
    await worker?.terminate();
  }

  private dispatch(): void {
    for (const slot of this.slots) {
      if (slot.job !== undefined) continue;
      const job = this.waiting.shift();
      if (job === undefined) return;
      slot.job = job;
      clearTimeout(slot.rest);
      slot.worker ??= this.spawn(slot);
      slot.worker.postMessage({ id: 0, query: job.query } satisfies ReaderRequest);
    }
  }

  private spawn(slot: Slot): Worker {
    const worker = new Worker(new URL('./inventory-reader.worker.ts', import.meta.url), {
      workerData: this.data,
      name: 'inventory-reader',
    });
    worker.unref();
    worker.on('message', (reply: ReaderReply) => {
      const { job } = slot;
      slot.job = undefined;
      if ('answer' in reply) job?.resolve(reply.answer);
      else job?.reject(new ReaderFailure(reply.failed.code, reply.failed.message));
      this.rest(slot);
      this.dispatch();
    });
    worker.on('error', (error) => this.replace(slot, worker, error));
    worker.on('exit', (code) => this.replace(slot, worker, new Error(`a reader thread ended with ${code}`)));
    return worker;
  }

  private replace(slot: Slot, worker: Worker, error: unknown): void {
    if (slot.worker !== worker) return;
    const { job } = slot;
    slot.worker = undefined;
    slot.job = undefined;
    job?.reject(error instanceof Error ? error : new Error(String(error)));
    if (!this.closed) this.dispatch();
  }
}

function lateError(deadlineMs: number): MesheryError {
  return new MesheryError('meshery-core-1003', `The inventory did not answer within ${deadlineMs} ms.`, {
    probableCause: 'Many large queries run at the same time.',
    remedy: 'Narrow the filter or try again.',
  });
}
