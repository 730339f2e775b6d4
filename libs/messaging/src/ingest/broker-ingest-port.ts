import {
  OpenRunRequest,
  OpenRunResponse,
  Verdict,
  batchSubject,
  controlSubject,
  encodeBatch,
  ownMemory,
  openSubject,
  parseControl,
} from '@meshery/contracts';
import type { Batch, BatchOutcome, IngestControl, IngestPort } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { Broker, StoredAck, StreamState } from '../broker.ts';
import { unanswered } from '../broker-errors.ts';
import { splitPayload } from '../chunks/split-payload.ts';
import type { PayloadPart } from '../chunks/split-payload.ts';
import { batchStream } from './batch-stream.ts';
import type { StreamLimits } from './batch-stream.ts';
import { InFlight } from './in-flight.ts';

/** What a BrokerIngestPort needs. */
export interface BrokerIngestPortDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: BrokerIngestLimits;
  /** Called after every batch, for metrics. */
  readonly onSent?: (sent: { readonly bytes: number; readonly retries: number; readonly duplicate: boolean }) => void;
  /** A traceparent for the next batch; no trace header without it. */
  readonly traceparent?: () => string | undefined;
}

/** Bounds and times; every member has a default. */
export interface BrokerIngestLimits {
  /** Batches published and not yet stored; 256. */
  readonly maxInFlight?: number;
  /** Bytes of those; 16 MiB. */
  readonly maxInFlightBytes?: number;
  /** Milliseconds `openRun` waits for an answer; 10,000. */
  readonly openTimeoutMs?: number;
  /** Milliseconds until the stream must have stored a batch; 5,000. */
  readonly publishTimeoutMs?: number;
  readonly stream?: StreamLimits;
}

/** Whether batches can be published now. */
export interface PublishCondition {
  readonly healthy: boolean;
  /** The error that keeps batches from being stored. */
  readonly error?: MesheryError;
  /** Batches on their way. */
  readonly inFlight: number;
  readonly inFlightBytes: number;
}

const retryFirstMs = 100;
const retryMostMs = 2000;

/**
 * Sends batches over a broker: stored in the batch stream, acknowledged by the bridge after the server's commit.
 * A batch is tried until it is stored or its signal aborts; the message id makes that safe. A stream that was lost
 * (new creation time, or positions that start over) asks the agent for new snapshots through `controls`.
 */
export class BrokerIngestPort implements IngestPort {
  readonly packsInto = ownMemory;
  readonly #broker: Broker;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #deps: BrokerIngestPortDeps;
  readonly #limits: Required<Omit<BrokerIngestLimits, 'stream'>>;
  readonly #inFlight: InFlight;
  readonly #listeners = new Set<(control: IngestControl) => void>();
  #incarnation: string | undefined;
  #stream: StreamState | undefined;
  #lastStored = 0;
  #fault: MesheryError | undefined;

  constructor(deps: BrokerIngestPortDeps) {
    const { limits = {} } = deps;
    this.#deps = deps;
    this.#broker = deps.broker;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#limits = {
      maxInFlight: limits.maxInFlight ?? 256,
      maxInFlightBytes: limits.maxInFlightBytes ?? 16 * 1024 ** 2,
      openTimeoutMs: limits.openTimeoutMs ?? 10_000,
      publishTimeoutMs: limits.publishTimeoutMs ?? 5000,
    };
    this.#inFlight = new InFlight(this.#limits.maxInFlight, this.#limits.maxInFlightBytes);
  }

  /** Whether batches can be published now, for readiness and conditions. */
  condition(): PublishCondition {
    const base = { inFlight: this.#inFlight.count, inFlightBytes: this.#inFlight.bytes };
    return this.#fault === undefined ? { healthy: true, ...base } : { healthy: false, error: this.#fault, ...base };
  }

  async openRun(request: OpenRunRequest, signal: AbortSignal): Promise<OpenRunResponse> {
    this.#incarnation = request.incarnation;
    const deadline = this.#clock.monotonic() + this.#limits.openTimeoutMs;
    const late = new AbortController();
    const either = AbortSignal.any([signal, late.signal]);
    const timer = this.#clock.sleep(this.#limits.openTimeoutMs, either).then(
      () => {
        late.abort(unanswered(openSubject(request.clusterId)));
      },
      () => undefined,
    );
    try {
      return await this.#ask(request, deadline, either);
    } catch (error) {
      signal.throwIfAborted();
      throw late.signal.aborted ? (late.signal.reason as Error) : error;
    } finally {
      late.abort(unanswered(openSubject(request.clusterId)));
      await timer;
    }
  }

  async send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    const bytes = encodeBatch(batch);
    const id = `${batch.incarnation}:${batch.kind}:${batch.sequence}`;
    const parts = splitPayload(bytes, id, this.#broker.maxPayload);
    await this.#inFlight.enter(bytes.byteLength, signal);
    try {
      const subject = batchSubject(batch.clusterId);
      const stored = await Promise.all(parts.map((part) => this.#store(subject, part, signal)));
      const retries = stored.reduce((sum, part) => sum + part.retries, 0);
      this.#deps.onSent?.({ bytes: bytes.byteLength, retries, duplicate: stored.some((part) => part.duplicate) });
    } finally {
      this.#inFlight.leave(bytes.byteLength);
    }
    return storedOutcome(batch);
  }

  async controls(clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#listeners.add(onControl);
    const ended = Promise.withResolvers<void>();
    const stopWatching = this.#broker.onEvent((event) => {
      if (event.type === 'connected') this.#checkStreamSoon(signal);
    });
    this.#broker.subscribe(
      controlSubject(clusterId),
      (message) => {
        this.#onControlMessage(Buffer.from(message.data).toString('utf8'));
      },
      { signal, maxPending: 1000 },
    );
    signal.addEventListener(
      'abort',
      () => {
        ended.resolve();
      },
      { once: true },
    );
    await ended.promise;
    stopWatching();
    this.#listeners.delete(onControl);
  }

  async #ask(request: OpenRunRequest, deadline: number, signal: AbortSignal): Promise<OpenRunResponse> {
    const state = await this.#ensureStream(signal);
    const asked = { ...request, streamCreatedAtUnixMs: state.createdAtUnixMs };
    const data = OpenRunRequest.encode(asked).finish();
    for (;;) {
      const timeoutMs = Math.max(1, deadline - this.#clock.monotonic());
      try {
        const answer = await this.#broker.request(openSubject(request.clusterId), data, { timeoutMs, signal });
        return OpenRunResponse.decode(answer.data);
      } catch (error) {
        signal.throwIfAborted();
        this.#logger.debug({ err: error }, 'nobody answers the opening of the run yet');
      }
      await this.#clock.sleep(retryFirstMs, signal);
    }
  }

  async #ensureStream(signal: AbortSignal): Promise<StreamState> {
    const state = await this.#broker.ensureStream(batchStream(this.#deps.limits?.stream ?? {}), signal);
    const before = this.#stream;
    this.#stream = state;
    if (before !== undefined && before.createdAtUnixMs !== state.createdAtUnixMs) {
      this.#lastStored = 0;
      this.#emit({ type: 'snapshot-all', reason: 'the broker lost its stream' });
    }
    return state;
  }

  async #store(
    subject: string,
    part: PayloadPart,
    signal: AbortSignal,
  ): Promise<StoredAck & { readonly retries: number }> {
    for (let retries = 0; ; retries += 1) {
      try {
        const ack = await this.#publish(subject, part, signal);
        this.#onStored(ack, signal);
        return { ...ack, retries };
      } catch (error) {
        signal.throwIfAborted();
        await this.#onNotStored(toMesheryError(error), signal);
      }
      await this.#clock.sleep(Math.min(retryMostMs, retryFirstMs * 2 ** Math.min(retries, 6)), signal);
    }
  }

  #publish(subject: string, part: PayloadPart, signal: AbortSignal): Promise<StoredAck> {
    const traceparent = this.#deps.traceparent?.();
    return this.#broker.publishDurable(subject, part.data, {
      messageId: part.messageId,
      headers: traceparent === undefined ? part.headers : { ...part.headers, traceparent },
      timeoutMs: this.#limits.publishTimeoutMs,
      signal,
    });
  }

  /** Positions that start over mean that the stream was made anew behind our back. */
  #onStored(ack: StoredAck, signal: AbortSignal): void {
    if (this.#fault !== undefined) {
      this.#fault = undefined;
      this.#logger.info({}, 'batches are stored again');
    }
    if (ack.duplicate) return;
    const startedOver = ack.sequence + this.#limits.maxInFlight < this.#lastStored;
    this.#lastStored = startedOver ? ack.sequence : Math.max(this.#lastStored, ack.sequence);
    if (startedOver) this.#checkStreamSoon(signal);
  }

  async #onNotStored(error: MesheryError, signal: AbortSignal): Promise<void> {
    if (error.code === 'meshery-messaging-1502') throw error;
    if (this.#fault?.message !== error.message) {
      this.#logger.error({ err: error, code: error.code }, 'batches cannot be stored; trying again');
    }
    this.#fault = error;
    if (error.details?.['missing'] === true) await this.#ensureStream(signal).catch(this.#keepFault(signal));
  }

  #keepFault(signal: AbortSignal): (error: unknown) => void {
    return (error) => {
      signal.throwIfAborted();
      this.#fault = toMesheryError(error);
    };
  }

  #checkStreamSoon(signal: AbortSignal): void {
    this.#ensureStream(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#logger.warn({ err: error }, 'the stream cannot be looked at');
    });
  }

  #onControlMessage(text: string): void {
    const message = parseControl(text);
    if (message === undefined) {
      this.#logger.warn({}, 'a control that cannot be read was ignored');
      return;
    }
    const foreign = message.incarnation !== undefined && message.incarnation !== this.#incarnation;
    if (!foreign) this.#emit(message.control);
  }

  #emit(control: IngestControl): void {
    this.#logger.info({ control: control.type, reason: control.reason }, 'the far side asks');
    for (const listener of this.#listeners) listener(control);
  }
}

function storedOutcome(batch: Batch): BatchOutcome {
  return {
    clusterId: batch.clusterId,
    incarnation: batch.incarnation,
    kind: batch.kind,
    sequence: batch.sequence,
    verdict: Verdict.VERDICT_COMMITTED,
    reason: 'stored in the stream',
    expectedSequence: 0,
  };
}
