import { RunVerdict, Source, Verdict, encodeBatch } from '@meshery/contracts';
import type { Batch, ObjectChange, OpenRunRequest, OpenRunResponse } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import { InFlight } from '@meshery/messaging';
import type { PushStream } from '@meshery/messaging/ingest-grpc';

/** What a PublishedRun needs. */
export interface PublishedRunDeps {
  readonly openRun: (request: OpenRunRequest) => Promise<OpenRunResponse>;
  readonly push: PushStream;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Gives incarnations: ULIDs, each greater than the one before. */
  readonly ids: () => string;
  /** Milliseconds without a new object after which the agent has told everything it has. */
  readonly quietMs: number;
  /** Stops with the link. */
  readonly signal: AbortSignal;
  readonly clusterName: string;
  readonly onOutcome: (verdict: Verdict) => void;
  /** The server lost its place: everything must be told again. */
  readonly onLost: () => void;
}

interface KindState {
  epoch: number;
  sequence: number;
  snapshotOpen: boolean;
  buffer: ObjectChange[];
  bufferBytes: number;
  objects: number;
}

const maxObjects = 64;
const maxBytes = 256 * 1024;
const maxInFlight = 32;
const maxInFlightBytes = 8 * 1024 ** 2;

/**
 * The run of a published agent, made by the bridge: such agents know no epochs, so a snapshot begins when the agent is
 * asked for everything and ends when it falls silent; what it did not name becomes stale, never deleted.
 */
export class PublishedRun {
  readonly #deps: PublishedRunDeps;
  readonly #kinds = new Map<string, KindState>();
  readonly #inFlight = new InFlight(maxInFlight, maxInFlightBytes);
  #clusterId: string | undefined;
  #incarnation: string | undefined;
  #opening: Promise<void> | undefined;
  #superseded = false;
  #newSnapshot = false;
  #lastObject: number | undefined;

  constructor(deps: PublishedRunDeps) {
    this.#deps = deps;
  }

  /** The run was opened and takes messages. */
  get open(): boolean {
    return this.#incarnation !== undefined;
  }

  /** The agent was asked for everything: what comes next belongs to new snapshots. */
  expectEverything(): void {
    this.#newSnapshot = true;
    this.#lastObject = undefined;
  }

  /** The server lost its place: a new run is opened with the next object, and everything is asked for. */
  startOver(reason: string): void {
    if (!this.open || this.#superseded) return;
    this.#deps.logger.warn({ reason }, 'the server lost its place; opening a new run');
    this.#incarnation = undefined;
    this.#deps.onLost();
  }

  /** Takes one change; resolves when there is room for the next one. */
  async take(clusterId: string, kind: string, change: ObjectChange): Promise<void> {
    await this.#ensureOpen(clusterId);
    if (this.#superseded) return;
    if (this.#newSnapshot) await this.#beginAll();
    this.#lastObject = this.#deps.clock.monotonic();
    const state = await this.#kindOf(kind);
    state.buffer.push(change);
    state.bufferBytes += change.json.length;
    state.objects += 1;
    if (state.buffer.length >= maxObjects || state.bufferBytes >= maxBytes) await this.#flush(kind, state);
  }

  /** To be called regularly: sends what is buffered, ends the snapshots of an agent that fell silent. */
  async tick(): Promise<void> {
    if (!this.open || this.#superseded) return;
    for (const [kind, state] of this.#kinds) await this.#flush(kind, state);
    const quiet =
      this.#lastObject !== undefined && this.#deps.clock.monotonic() - this.#lastObject >= this.#deps.quietMs;
    if (!quiet) return;
    this.#lastObject = undefined;
    for (const [kind, state] of this.#kinds) await this.#endSnapshot(kind, state);
  }

  async #ensureOpen(clusterId: string): Promise<void> {
    if (this.#incarnation !== undefined) return;
    this.#opening ??= this.#openUntilAnswered(clusterId).finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async #openUntilAnswered(clusterId: string): Promise<void> {
    const { clock, logger, signal, ids, clusterName } = this.#deps;
    const incarnation = ids();
    const request: OpenRunRequest = {
      clusterId,
      incarnation,
      clusterName,
      apiServerUrl: '',
      agentVersion: 'published',
      source: Source.SOURCE_PUBLISHED,
      streamCreatedAtUnixMs: 0,
    };
    for (;;) {
      try {
        this.#adopt(request, await this.#deps.openRun(request));
        return;
      } catch (error) {
        signal.throwIfAborted();
        logger.warn({ err: error }, 'the run of a published agent could not be opened; trying again');
      }
      await clock.sleep(1000, signal);
    }
  }

  #adopt(request: OpenRunRequest, response: OpenRunResponse): void {
    this.#clusterId = request.clusterId;
    this.#incarnation = request.incarnation;
    this.#superseded = response.verdict === RunVerdict.RUN_VERDICT_SUPERSEDED;
    this.#kinds.clear();
    for (const checkpoint of response.checkpoints) this.#kinds.set(checkpoint.kind, newKind(checkpoint.epoch));
    this.#newSnapshot = true;
    this.#deps.logger.info(
      { incarnation: request.incarnation, superseded: this.#superseded },
      'opened a run for a published agent',
    );
  }

  async #beginAll(): Promise<void> {
    this.#newSnapshot = false;
    for (const [kind, state] of this.#kinds) await this.#beginSnapshot(kind, state);
  }

  async #kindOf(kind: string): Promise<KindState> {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const state = newKind(0);
    this.#kinds.set(kind, state);
    await this.#beginSnapshot(kind, state);
    return state;
  }

  async #beginSnapshot(kind: string, state: KindState): Promise<void> {
    await this.#flush(kind, state);
    state.epoch += 1;
    state.snapshotOpen = true;
    state.objects = 0;
    await this.#send(kind, state, { $case: 'snapshotBegin', value: {} });
  }

  async #endSnapshot(kind: string, state: KindState): Promise<void> {
    if (!state.snapshotOpen) return;
    state.snapshotOpen = false;
    await this.#send(kind, state, { $case: 'snapshotEnd', value: { resourceVersion: '', objectCount: state.objects } });
  }

  async #flush(kind: string, state: KindState): Promise<void> {
    if (state.buffer.length === 0) return;
    const objects = state.buffer;
    const bytes = state.bufferBytes;
    state.buffer = [];
    state.bufferBytes = 0;
    await this.#send(kind, state, { $case: 'changes', value: { objects, resourceVersion: '' } }, bytes);
  }

  async #send(kind: string, state: KindState, body: NonNullable<Batch['body']>, bytes = 0): Promise<void> {
    const { clock, signal, push } = this.#deps;
    state.sequence += 1;
    const batch: Batch = {
      clusterId: this.#clusterId ?? '',
      incarnation: this.#incarnation ?? '',
      kind,
      epoch: state.epoch,
      sequence: state.sequence,
      producedAtUnixMs: clock.now(),
      body,
    };
    await this.#inFlight.enter(bytes, signal);
    push.push(batch, encodeBatch(batch)).then(
      (outcome) => {
        this.#inFlight.leave(bytes);
        this.#onVerdict(batch, outcome.verdict, outcome.reason);
      },
      (error: unknown) => {
        this.#inFlight.leave(bytes);
        this.#deps.logger.error({ err: error, kind }, 'a batch of a published agent was lost');
      },
    );
  }

  #onVerdict(batch: Batch, verdict: Verdict, reason: string): void {
    this.#deps.onOutcome(verdict);
    if (batch.incarnation !== this.#incarnation || this.#superseded) return;
    if (verdict === Verdict.VERDICT_SUPERSEDED) {
      this.#superseded = true;
      this.#deps.logger.warn({ reason }, 'another run took over; messages of the published agent are ignored');
    } else if (verdict === Verdict.VERDICT_GAP) {
      this.startOver(`${batch.kind}: ${reason}`);
    }
  }
}

function newKind(epoch: number): KindState {
  return { epoch, sequence: 0, snapshotOpen: false, buffer: [], bufferBytes: 0, objects: 0 };
}
