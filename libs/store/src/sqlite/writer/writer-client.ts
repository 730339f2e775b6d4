import { Worker } from 'node:worker_threads';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import { busyError, writeError } from '../../shared/errors.ts';
import { verdicts } from '../../shared/wire-codes.ts';
import type { WorkResult, WriterData, WriterEvent, WriterRequest, WriterStats, WriterWork } from './writer-protocol.ts';

/** A request without its number. */
type Unnumbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

/** Work as callers hand it in. */
export type NewWork = Unnumbered<WriterWork>;

/** What the store hears from the writer. */
export interface WriterListener {
  /** In commit order, before the promises of the works resolve. */
  committed(event: Extract<WriterEvent, { type: 'committed' }>, works: readonly WriterWork[]): void;
  stats(stats: WriterStats): void;
  fault(message: string | undefined): void;
  corrupt(message: string): void;
  /** A new thread took over; commits may have gone unheard. */
  restarted(): void;
}

/** Limits of the writer's queue. */
export interface QueueLimits {
  /** Works handed to the thread at once. */
  readonly windowBatches: number;
  readonly windowBytes: number;
  /** Works accepted in all; beyond them callers get `meshery-store-1602`. */
  readonly maximumBatches: number;
  readonly maximumBytes: number;
}

/** What a writer client is made of. */
export interface WriterClientOptions {
  readonly data: WriterData;
  readonly limits: QueueLimits;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly listener: WriterListener;
}

interface Entry {
  readonly work: WriterWork;
  readonly bytes: number;
  replayed: boolean;
  readonly resolve: (result: WorkResult) => void;
  readonly reject: (error: MesheryError) => void;
}

/** How often the thread is asked whether it lives, and how long it may take to answer. */
const pingEveryMs = 2000;
const pingDeadlineMs = 10_000;

/** The store's side of the writer thread: a bounded queue in front of it, and its restart when it dies. */
export class WriterClient {
  private readonly options: WriterClientOptions;
  /** Accepted, not yet handed to the thread. */
  private readonly waiting: Entry[] = [];
  /** Handed to the thread and unanswered, by number, in order. */
  private readonly inFlight = new Map<number, Entry>();
  private worker: Worker | undefined;
  private nextId = 1;
  private waitingBytes = 0;
  private inFlightBytes = 0;
  private lastPong = 0;
  private pinger: NodeJS.Timeout | undefined;
  /** The thread has opened the store: only then may works be handed over, or a replay would follow them. */
  private ready = false;
  private closing = false;
  private faultMessage: string | undefined;
  private onClosed: (() => void) | undefined;

  constructor(options: WriterClientOptions) {
    this.options = options;
  }

  get queued(): number {
    return this.waiting.length + this.inFlight.size;
  }

  get queuedBytes(): number {
    return this.waitingBytes + this.inFlightBytes;
  }

  /** Set while the disk refuses writes. */
  get fault(): string | undefined {
    return this.faultMessage;
  }

  get alive(): boolean {
    return this.worker !== undefined && this.options.clock.monotonic() - this.lastPong < pingDeadlineMs;
  }

  /** Starts the thread; resolves with its first words. */
  start(): Promise<Extract<WriterEvent, { type: 'ready' | 'refused' | 'corrupt' | 'fault' }>> {
    const first = this.spawn();
    this.pinger = setInterval(() => this.send({ type: 'ping', id: 0 }), pingEveryMs);
    this.pinger.unref();
    return first;
  }

  /** The WAL was copied back: the thread may cut it. */
  cutLog(): void {
    if (this.ready) this.send({ type: 'cut-log' });
  }

  /** Queues work; resolves after its commit. */
  submit(work: NewWork, bytes: number): Promise<WorkResult> {
    const { limits } = this.options;
    if (this.closing) return Promise.reject(busyError('The store is closing.'));
    if (this.queued >= limits.maximumBatches || this.queuedBytes + bytes > limits.maximumBytes) {
      if (this.queued > 0) return Promise.reject(busyError('The queue of the inventory is full.'));
    }
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      this.waiting.push({ work: { ...work, id }, bytes, replayed: false, resolve, reject });
      this.waitingBytes += bytes;
      this.fill();
    });
  }

  /** Commits what was accepted, ends the thread; what the disk refuses until then is rejected. */
  async close(deadlineMs: number): Promise<void> {
    this.closing = true;
    clearInterval(this.pinger);
    const deadline = this.options.clock.monotonic() + deadlineMs;
    while (this.queued > 0 && this.faultMessage === undefined && this.options.clock.monotonic() < deadline) {
      await this.options.clock.sleep(5);
    }
    await this.endThread(Math.max(250, deadline - this.options.clock.monotonic()));
    this.rejectAll(
      this.faultMessage === undefined
        ? busyError('The store closed before the commit.')
        : writeError(this.faultMessage),
    );
  }

  /** Ends the thread without committing more; the queue is kept for the next `start`. */
  async abandon(): Promise<void> {
    clearInterval(this.pinger);
    const { worker } = this;
    this.worker = undefined;
    this.ready = false;
    if (worker === undefined) return;
    worker.removeAllListeners();
    worker.on('error', () => undefined);
    await worker.terminate();
  }

  private async endThread(deadlineMs: number): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    const closed = new Promise<void>((resolve) => {
      this.onClosed = resolve;
    });
    this.send({ type: 'close' });
    const ended = new AbortController();
    const late = this.options.clock.sleep(deadlineMs, ended.signal).catch(() => undefined);
    await Promise.race([closed, late]);
    ended.abort();
    await this.abandon();
  }

  private spawn(): Promise<Extract<WriterEvent, { type: 'ready' | 'refused' | 'corrupt' | 'fault' }>> {
    const worker = new Worker(new URL('./inventory-writer.worker.ts', import.meta.url), {
      workerData: this.options.data,
      name: 'inventory-writer',
    });
    this.worker = worker;
    this.lastPong = this.options.clock.monotonic();
    return new Promise((resolve, reject) => {
      worker.on('message', (event: WriterEvent) => {
        if (event.type === 'ready' || event.type === 'refused' || event.type === 'corrupt' || event.type === 'fault') {
          resolve(event);
        }
        this.hear(event);
      });
      worker.on('error', (error: Error) => {
        reject(busyError('The writer thread ended.', error));
        this.restart(worker, error);
      });
      worker.on('exit', (code) => {
        reject(busyError(`The writer thread ended with ${code}.`));
        this.restart(worker, new Error(`exit ${code}`));
      });
    });
  }

  private hear(event: WriterEvent): void {
    const { listener } = this.options;
    this.lastPong = this.options.clock.monotonic();
    if (event.type === 'committed') this.settle(event);
    else if (event.type === 'ready') this.becomeReady(event.stats);
    else if (event.type === 'fault') this.setFault(event.message);
    else if (event.type === 'recovered') this.setFault(undefined);
    else if (event.type === 'stats') listener.stats(event.stats);
    else if (event.type === 'corrupt') listener.corrupt(event.message);
    else if (event.type === 'closed') this.onClosed?.();
  }

  private becomeReady(stats: WriterStats): void {
    this.ready = true;
    this.setFault(undefined);
    this.options.listener.stats(stats);
    this.replay();
  }

  private setFault(message: string | undefined): void {
    if (message === this.faultMessage) return;
    this.faultMessage = message;
    this.options.listener.fault(message);
  }

  /** Tells listeners first, so that what a resolved caller reads is never older than what they heard. */
  private settle(event: Extract<WriterEvent, { type: 'committed' }>): void {
    const entries = event.results.map((result) => this.inFlight.get(result.id));
    this.options.listener.committed(
      event,
      entries.flatMap((entry) => (entry === undefined ? [] : [entry.work])),
    );
    for (const [index, result] of event.results.entries()) {
      const entry = entries[index];
      if (entry === undefined) continue;
      this.inFlight.delete(result.id);
      this.inFlightBytes -= entry.bytes;
      entry.resolve(asFirstAnswer(result, entry.replayed));
    }
    if (event.stats !== undefined) this.options.listener.stats(event.stats);
    this.fill();
  }

  /** Hands over as much as the window allows; one work always fits. */
  private fill(): void {
    const { windowBatches, windowBytes } = this.options.limits;
    while (this.ready && this.inFlight.size < windowBatches) {
      const entry = this.waiting[0];
      if (entry === undefined) return;
      if (this.inFlight.size > 0 && this.inFlightBytes + entry.bytes > windowBytes) return;
      this.waiting.shift();
      this.waitingBytes -= entry.bytes;
      this.inFlightBytes += entry.bytes;
      this.inFlight.set(entry.work.id, entry);
      this.send(entry.work);
    }
  }

  private send(request: WriterRequest): void {
    this.worker?.postMessage(request);
  }

  /** A thread that died unasked is replaced; what it had not answered is sent again. */
  private restart(worker: Worker, error: Error): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    this.ready = false;
    if (this.closing) {
      this.onClosed?.();
      return;
    }
    this.options.logger.error({ error: error.message, queued: this.queued }, 'inventory writer died, restarting');
    this.spawn().then(
      () => this.options.listener.restarted(),
      (reason: unknown) => this.options.logger.error({ error: String(reason) }, 'inventory writer did not start'),
    );
  }

  private replay(): void {
    for (const entry of this.inFlight.values()) {
      entry.replayed = true;
      this.send(entry.work);
    }
    this.fill();
  }

  private rejectAll(error: MesheryError): void {
    for (const entry of [...this.inFlight.values(), ...this.waiting]) entry.reject(error);
    this.inFlight.clear();
    this.waiting.length = 0;
    this.waitingBytes = 0;
    this.inFlightBytes = 0;
  }
}

/** A batch that was sent twice because the thread died between commit and answer is not a duplicate to its sender. */
function asFirstAnswer(result: WorkResult, replayed: boolean): WorkResult {
  if (!replayed || result.verdict !== verdicts.duplicate) return result;
  return { ...result, verdict: verdicts.committed, reason: '', expectedSequence: 0 };
}
