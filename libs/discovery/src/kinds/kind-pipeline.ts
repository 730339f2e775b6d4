import { ChangeType, packedOf } from '@meshery/contracts';
import type { BufferPool, ObjectChange } from '@meshery/contracts';
import type { ApiResource, ObjectEventType, ResourceSink, StreamOutcome, StreamPhase } from '@meshery/kube';
import type { Clock } from '@meshery/observability';
import type { BatchSender } from '../delivery/batch-sender.ts';
import { ChangeBatcher } from '../delivery/change-batcher.ts';
import type { DiscoveryConfig } from '../discovery-config.ts';
import type { KindMetrics } from '../metrics/discovery-metrics.ts';
import { projectObject } from '../projection/project-object.ts';
import type { Projection } from '../projection/project-object.ts';
import { UidIndex } from '../projection/uid-index.ts';
import type { ObjectFilter } from '../selection/output-filter.ts';
import type { WatchedEvent } from '../selection/watch-list.ts';
import { conditionOf, synced, syncing } from './kind-condition.ts';
import type { KindCondition } from './kind-condition.ts';

const noText = Buffer.alloc(0);

/** What a pipeline needs. */
export interface PipelineOptions {
  readonly resource: ApiResource;
  readonly projection: Projection;
  readonly sender: BatchSender;
  /** Buffers for a far side that takes packed changes. */
  readonly pool: BufferPool | undefined;
  readonly config: DiscoveryConfig;
  readonly clock: Clock;
  readonly metrics: KindMetrics;
  readonly filter: ObjectFilter;
  readonly events: ReadonlySet<WatchedEvent>;
  /** Position of an earlier run to go on from. */
  readonly resumeFrom: string | undefined;
  /** Epoch of the first snapshot when none is known. */
  readonly firstEpoch: number;
  readonly onCondition: (condition: KindCondition) => void;
  readonly onParked: (what: string, reason: string) => void;
}

/** Turns what the stream of one kind reads into batches: projects, filters, collects, numbers. */
export class KindPipeline implements ResourceSink {
  readonly #options: PipelineOptions;
  readonly #batcher: ChangeBatcher;
  #index = new UidIndex();
  #position: string | undefined;
  #inSnapshot = false;
  #dirty = false;
  #checkpointAt = Number.NEGATIVE_INFINITY;
  #condition: KindCondition | undefined;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#batcher = new ChangeBatcher(options.config, options.pool);
    this.#position = options.resumeFrom;
  }

  /** Objects known to this run. */
  get objects(): number {
    return this.#index.size;
  }

  position(): string | undefined {
    return this.#position;
  }

  async snapshotBegin(reason: string): Promise<void> {
    const { sender, metrics, firstEpoch } = this.#options;
    metrics.snapshot(reason);
    packedOf(this.#batcher.take(''))?.release();
    this.#index = new UidIndex();
    this.#position = undefined;
    this.#inSnapshot = true;
    sender.epoch = sender.epoch === 0 ? firstEpoch : sender.epoch + 1;
    await sender.push({ $case: 'snapshotBegin', value: {} }, sender.epoch);
  }

  async snapshotEnd(resourceVersion: string): Promise<void> {
    const { sender } = this.#options;
    await this.#flush();
    this.#inSnapshot = false;
    this.#position = resourceVersion;
    this.#dirty = false;
    const value = { resourceVersion, objectCount: this.#index.size };
    await sender.push({ $case: 'snapshotEnd', value }, sender.epoch);
  }

  event(type: ObjectEventType, object: Buffer, nesting?: number): undefined | Promise<void> {
    const { metrics } = this.#options;
    metrics.event(type);
    const projected = projectObject(object, this.#options.projection, nesting);
    if ('refused' in projected) {
      this.#park(projected.name, projected.refused);
      return undefined;
    }
    const { change, json } = projected;
    const passes = this.#passes(type, change);
    if (!this.#inSnapshot && change.resourceVersion !== '') this.#moveTo(change.resourceVersion);
    return passes ? this.#collect(change, type === 'DELETED' ? noText : json) : undefined;
  }

  async bookmark(resourceVersion: string): Promise<void> {
    const { clock, config, metrics } = this.#options;
    metrics.event('BOOKMARK');
    this.#moveTo(resourceVersion);
    if (this.#batcher.size === 0 && clock.monotonic() - this.#checkpointAt < config.checkpointIntervalMs) return;
    await this.#flush();
  }

  idle(): undefined | Promise<void> {
    if (this.#batcher.size === 0 || this.#inSnapshot) return undefined;
    return this.#options.sender.pending < this.#options.config.eagerBatches ? this.#flush() : undefined;
  }

  oversized(bytes: number, head: Buffer): void {
    const name = /"name":"([^"]{1,253})"/.exec(head.subarray(0, 4096).toString('latin1'))?.[1] ?? 'an object';
    this.#park(name, `it has ${String(bytes)} bytes, more than ${String(this.#options.config.stream.maxObjectBytes)}`);
  }

  garbled(line: Buffer): void {
    this.#park('a line', `it is not a watch event (${String(line.length)} bytes)`);
  }

  phase(phase: StreamPhase, outcome?: StreamOutcome): void {
    if (phase === 'listing') this.#report(syncing);
    else if (phase === 'live') this.#report(synced);
    else if (outcome !== undefined) this.#ended(outcome);
  }

  #ended(outcome: StreamOutcome): void {
    this.#options.metrics.disconnect(outcome.reason);
    const condition = conditionOf(outcome, this.#options.resource);
    if (condition !== undefined) this.#report(condition);
  }

  #report(condition: KindCondition): void {
    const before = this.#condition;
    const same = condition.state === before?.state && condition.reason === before.reason;
    if (same && condition.verb === before.verb) return;
    this.#condition = condition;
    this.#options.onCondition(condition);
  }

  #moveTo(resourceVersion: string): void {
    if (resourceVersion === this.#position) return;
    this.#position = resourceVersion;
    this.#dirty = true;
  }

  /** Applies deletions and the filters; false when there is nothing to pass on. */
  #passes(type: ObjectEventType, change: ObjectChange): boolean {
    const { filter, events } = this.#options;
    if (filter(change) !== undefined) return false;
    if (type === 'DELETED') {
      change.type = ChangeType.CHANGE_TYPE_DELETE;
      change.labels = {};
      this.#index.delete(change.uid);
    } else if (
      !this.#index.put(change.uid === '' ? `${change.namespace}/${change.name}` : change.uid, change.resourceVersion)
    ) {
      // A watch that goes on from an older position says again what was passed on already.
      return this.#inSnapshot;
    }
    return this.#inSnapshot || events.has(type);
  }

  #collect(change: ObjectChange, json: Buffer): undefined | Promise<void> {
    if (this.#batcher.wouldOverflow(json.length)) {
      const full = this.#flush();
      this.#batcher.add(change, json);
      return full;
    }
    return this.#batcher.add(change, json) ? this.#flush() : undefined;
  }

  async #flush(): Promise<void> {
    const { sender, clock, metrics } = this.#options;
    const objects = this.#batcher.size;
    if (objects === 0 && (this.#inSnapshot || !this.#dirty)) return;
    const value = this.#batcher.take(this.#inSnapshot ? '' : (this.#position ?? ''));
    this.#dirty = false;
    this.#checkpointAt = clock.monotonic();
    metrics.batch(objects);
    await sender.push({ $case: 'changes', value }, sender.epoch);
  }

  #park(what: string, reason: string): void {
    this.#options.onParked(what, reason);
  }
}
