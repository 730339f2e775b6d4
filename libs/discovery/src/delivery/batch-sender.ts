import { MesheryError } from '@meshery/errors';
import { Verdict, packedOf } from '@meshery/contracts';
import type { Batch, BatchOutcome, IngestPort } from '@meshery/contracts';
import { backoffDelay, raceAbort } from '@meshery/kube';
import type { Semaphore } from '@meshery/kube';
import type { Clock } from '@meshery/observability';
import type { DiscoveryConfig } from '../discovery-config.ts';

/** What a batch carries. */
export type BatchBody = NonNullable<Batch['body']>;

/** What a sender needs; shared by the senders of one run. */
export interface SenderOptions {
  readonly port: IngestPort;
  readonly clock: Clock;
  readonly random: () => number;
  readonly config: DiscoveryConfig;
  readonly clusterId: string;
  readonly incarnation: string;
  /** Resource key, or empty for the agent itself. */
  readonly kind: string;
  /** Bounds the batches in flight of all senders. */
  readonly inFlight: Semaphore;
  /** Ends everything; pending pushes reject with its reason. */
  readonly signal: AbortSignal;
  readonly events: SenderEvents;
}

/** What a sender tells its owner. */
export interface SenderEvents {
  /** A batch is durable on the far side; the sender may have room again. */
  settled(): void;
  /** The far side misses something that cannot be sent again: only a new snapshot helps. */
  gap(reason: string): void;
  parked(reason: string): void;
  /** Sending fails, or works again (`undefined`). */
  trouble(error: Error | undefined): void;
  superseded(reason: string): void;
  /** The sender itself broke: a fault of the program. */
  broken(error: unknown): void;
}

/**
 * Sends the batches of one kind in order, a bounded number at a time, and keeps each until the far side has it. When a
 * send fails it stops, waits for the others and sends again from the first missing one: the far side knows duplicates by
 * their sequence. It never drops what it has accepted, so its bound is the back-pressure of the whole pipeline.
 */
export class BatchSender {
  readonly #options: SenderOptions;
  /** Greatest epoch used for this kind. */
  epoch = 0;
  #sequence = 0;
  #unacked: Batch[] = [];
  #outstanding = 0;
  #tail: Promise<void> = Promise.resolve();
  #room: PromiseWithResolvers<void> = Promise.withResolvers();
  #recovery: Promise<void> | undefined;
  #needsSnapshot = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Batches that the far side has not confirmed. */
  get pending(): number {
    return this.#unacked.length;
  }

  /** Greatest sequence used. */
  get sequence(): number {
    return this.#sequence;
  }

  /**
   * Takes a batch, packed changes with their buffer; resolves when it is on its way, which waits for room. After a gap everything but a new snapshot is
   * left out, because the far side could not place it. Rejects when the run ends.
   */
  push(body: BatchBody, epoch: number): Promise<void> {
    const mine = this.#tail.then(() => this.#pushNow(body, epoch));
    this.#tail = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when everything pushed so far is durable. */
  async drained(): Promise<void> {
    await this.#tail;
    while (this.#unacked.length > 0) await raceAbort(this.#room.promise, this.#options.signal);
  }

  async #pushNow(body: BatchBody, epoch: number): Promise<void> {
    const { signal, inFlight, config, clock, clusterId, incarnation, kind } = this.#options;
    while (this.#recovery !== undefined || this.#unacked.length >= config.batchesPerKind) {
      await raceAbort(this.#recovery ?? this.#room.promise, signal);
    }
    if (this.#needsSnapshot && (body.$case === 'changes' || body.$case === 'snapshotEnd')) {
      release(body);
      return;
    }
    await inFlight.acquire(signal);
    if (body.$case === 'snapshotBegin') this.#needsSnapshot = false;
    this.#sequence += 1;
    const batch: Batch = {
      clusterId,
      incarnation,
      kind,
      epoch,
      sequence: this.#sequence,
      producedAtUnixMs: clock.now(),
      body,
    };
    this.#unacked.push(batch);
    this.#sendPipelined(batch);
  }

  /** Owned by the sender: every settlement ends in `#unacked` or starts the recovery. */
  #sendPipelined(batch: Batch): void {
    const { port, signal } = this.#options;
    this.#outstanding += 1;
    const done = (failure: Error | undefined): void => {
      this.#outstanding -= 1;
      if (failure !== undefined && !signal.aborted) this.#recovery ??= this.#startRecovery(failure);
      this.#wake();
    };
    port.send(batch, signal).then(
      (answer) => {
        done(this.#accept(batch, answer) ? undefined : new Error(answer.reason));
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  /** Takes note of an answer; false when the batch has to be sent again. */
  #accept(batch: Batch, answer: BatchOutcome): boolean {
    const { events } = this.#options;
    if (answer.verdict === Verdict.VERDICT_SUPERSEDED) events.superseded(answer.reason);
    if (answer.verdict === Verdict.VERDICT_GAP) return false;
    if (answer.verdict === Verdict.VERDICT_PARKED) events.parked(answer.reason);
    this.#unacked = this.#unacked.filter((pending) => pending !== batch);
    release(batch.body);
    this.#options.inFlight.release();
    this.#wake();
    if (this.#recovery === undefined) events.settled();
    return true;
  }

  #wake(): void {
    const room = this.#room;
    this.#room = Promise.withResolvers();
    room.resolve();
  }

  async #startRecovery(failure: Error): Promise<void> {
    const { signal, events } = this.#options;
    try {
      while (this.#outstanding > 0) await raceAbort(this.#room.promise, signal);
      await this.#recover(failure);
    } catch (error) {
      if (!signal.aborted) events.broken(error);
    } finally {
      this.#recovery = undefined;
      this.#wake();
    }
    events.settled();
  }

  async #recover(failure: Error): Promise<void> {
    const { clock, random, config, signal, events } = this.#options;
    const limits = { minMs: config.retryMinMs, maxMs: config.retryMaxMs };
    let last: Error | undefined = failure;
    for (let failures = 0; last !== undefined; failures += 1) {
      events.trouble(last);
      if (failures > 0) await clock.sleep(backoffDelay(failures, limits, random), signal);
      last = await this.#resendAll();
    }
    events.trouble(undefined);
  }

  /** Sends what is missing, one after the other; the error of the first that fails. */
  async #resendAll(): Promise<Error | undefined> {
    const { port, signal } = this.#options;
    for (let batch = this.#unacked[0]; batch !== undefined; batch = this.#unacked[0]) {
      try {
        const answer = await port.send(batch, signal);
        if (!this.#accept(batch, answer)) this.#giveUpForSnapshot(answer.reason);
      } catch (error) {
        signal.throwIfAborted();
        return error instanceof Error ? error : new Error(String(error));
      }
    }
    return undefined;
  }

  /** What is pending cannot be placed any more; the next snapshot contains it. */
  #giveUpForSnapshot(reason: string): void {
    for (const batch of this.#unacked) {
      this.#options.inFlight.release();
      release(batch.body);
    }
    this.#unacked = [];
    this.#needsSnapshot = true;
    this.#options.events.gap(reason);
  }
}

/** Gives the buffer of packed changes back: nobody sends them any more. */
function release(body: Batch['body']): void {
  if (body?.$case === 'changes') packedOf(body.value)?.release();
}

/** The error with which a superseded run ends. */
export function supersededError(reason: string): MesheryError {
  return new MesheryError('meshery-discovery-1401', `A newer run of this cluster took over (${reason}).`, {
    probableCause: 'Another agent was started for the same cluster.',
    remedy: 'Keep only one agent per cluster, or leave this one stopped.',
  });
}
