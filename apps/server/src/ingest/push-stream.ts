import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { BatchOutcome, PushRequest, PushResponse } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import type { ComponentStates } from '../components/component-states.ts';
import { requireBound } from './caller.ts';
import type { Caller } from './bridge-bindings.ts';
import { grpcError } from '../grpc/grpc-errors.ts';

/** Batches of one stream that may wait for their commit; more are not read from the connection. */
export const maxInFlight = 128;

/** Parts of a PushStream. */
export interface PushStreamOptions {
  readonly store: InventoryStore;
  readonly caller: Caller;
  readonly states: ComponentStates;
  readonly logger: Logger;
}

type PushCall = ServerDuplexStream<PushRequest, PushResponse>;

/**
 * Serves one Push stream: every batch is answered by exactly one outcome, after its commit. Reading pauses while too
 * many wait, so that a slow disk slows the bridge and not this process's memory. The first fault ends the stream.
 * An inventory that was rebuilt empty is told at once, and at the begin of each later stream: a rebuild with batches on
 * their way ends streams, and a bridge may have been away.
 */
export class PushStream {
  readonly #call: PushCall;
  readonly #options: PushStreamOptions;
  #leave: () => void = () => undefined;
  #waiting = 0;
  #isOver = false;
  #isEnding = false;

  constructor(call: PushCall, options: PushStreamOptions) {
    this.#call = call;
    this.#options = options;
  }

  /** Begins to read; the stream lives until the bridge or a fault ends it. */
  start(): void {
    // It may have ended while its caller was identified: nothing would tell the listener below to leave.
    if (this.#call.cancelled) return;
    this.#call.on('data', (request: PushRequest) => {
      this.#take(request);
    });
    this.#call.on('end', () => {
      this.#isEnding = true;
      this.#endWhenAnswered();
    });
    for (const event of ['error', 'close', 'cancelled']) {
      this.#call.on(event, () => {
        this.#end();
      });
    }
    this.#leave = this.#options.store.onCommit(({ reset }) => {
      if (reset !== undefined) this.#tellReset();
    });
    this.#tellReset();
  }

  #take({ batch }: PushRequest): void {
    if (this.#isOver) return;
    try {
      if (batch === undefined) throw new MesheryError('meshery-core-1001', 'The request carries no batch.');
      requireBound(this.#options.caller, batch.clusterId);
      this.#waiting += 1;
      if (this.#waiting >= maxInFlight) this.#call.pause();
      this.#options.store.ingest(batch).then(
        (outcome) => {
          this.#answer(outcome);
        },
        (error: unknown) => {
          this.#fail(error);
        },
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  #answer(outcome: BatchOutcome): void {
    this.#waiting -= 1;
    const { states, caller } = this.#options;
    states.seen('bridge', caller.name);
    states.seen('agent', outcome.clusterId, { clusterId: outcome.clusterId });
    if (this.#isOver) return;
    this.#call.write({ outcome, reset: undefined });
    if (this.#waiting < maxInFlight && this.#call.isPaused()) this.#call.resume();
    this.#endWhenAnswered();
  }

  #tellReset(): void {
    const { recovered } = this.#options.store.health();
    if (this.#isOver || recovered === undefined) return;
    const reset = { resetAtUnixMs: Date.parse(recovered.at), reason: recovered.reason };
    this.#call.write({ outcome: undefined, reset });
  }

  #end(): void {
    this.#isOver = true;
    this.#leave();
  }

  #endWhenAnswered(): void {
    if (!this.#isEnding || this.#waiting > 0 || this.#isOver) return;
    this.#end();
    this.#call.end();
  }

  #fail(thrown: unknown): void {
    if (this.#isOver) return;
    this.#end();
    const error = grpcError(thrown);
    this.#options.states.failed('bridge', this.#options.caller.name, thrown);
    this.#options.logger.warn({ bridge: this.#options.caller.name, err: thrown }, 'push stream refused');
    this.#call.emit('error', error);
  }
}
