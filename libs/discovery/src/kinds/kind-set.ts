import { KindState } from '@meshery/contracts';
import type { Checkpoint } from '@meshery/contracts';
import { ResourceStream } from '@meshery/kube';
import type { ApiCatalog, ApiResource } from '@meshery/kube';
import { makeSender } from '../agent/run-context.ts';
import type { RunContext } from '../agent/run-context.ts';
import { supersededError } from '../delivery/batch-sender.ts';
import type { BatchSender } from '../delivery/batch-sender.ts';
import type { KindContent, KindSelection } from '../selection/kind-selection.ts';
import { excluded, removed, waiting } from './kind-condition.ts';
import type { KindCondition } from './kind-condition.ts';
import { apiVersionOf, collectionPath, keyOf } from './kind-key.ts';
import { KindPipeline } from './kind-pipeline.ts';

/** State of one kind for readiness, metrics and people. */
export interface KindStatus extends KindCondition {
  /** Resource key. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Unix ms since when it is so. */
  readonly since: number;
  /** Objects known to this run; a resumed run counts only what changed. */
  readonly objects: number;
}

/** A kind this run has spoken about. It stays after its watch has stopped: its sequence goes on counting. */
interface Kind {
  resource: ApiResource;
  readonly key: string;
  readonly sender: BatchSender;
  condition: KindCondition;
  since: number;
  /** Unix ms since when sending fails. */
  troubleSince: number | undefined;
  running: RunningKind | undefined;
}

interface RunningKind {
  readonly stream: ResourceStream;
  readonly pipeline: KindPipeline;
  readonly fingerprint: KindContent['fingerprint'];
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

const notYet: KindCondition = { state: KindState.KIND_STATE_UNSPECIFIED, reason: '', message: '' };

/** The watched kinds of one run: starts and stops the watch of each on its own, and keeps their conditions. */
export class KindSet {
  readonly #context: RunContext;
  #selection: KindSelection;
  readonly #checkpoints: Map<string, Checkpoint>;
  readonly #firstEpoch: number;
  readonly #kinds = new Map<string, Kind>();
  /** Keys of kinds whose rows go when the successor (another version of the same resource) has taken them over. */
  readonly #successors = new Map<string, string>();
  #parkedCount = 0;

  constructor(context: RunContext, selection: KindSelection, checkpoints: readonly Checkpoint[], firstEpoch: number) {
    this.#context = context;
    this.#selection = selection;
    this.#checkpoints = new Map(checkpoints.map((checkpoint) => [checkpoint.kind, checkpoint]));
    this.#firstEpoch = firstEpoch;
  }

  /** The next `reconcile` goes by this selection. */
  select(selection: KindSelection): void {
    this.#selection = selection;
  }

  /**
   * Watches what the catalog serves and the selection wants, stops the rest, and takes a new snapshot of kinds whose
   * content is another now; touches nothing else.
   */
  async reconcile(catalog: ApiCatalog): Promise<void> {
    const wanted = new Map<string, ApiResource>();
    const ignored = new Map<string, string>();
    for (const resource of catalog.resources) {
      const why = this.#selection.whyIgnored(resource);
      if (why === undefined) wanted.set(keyOf(resource), resource);
      else ignored.set(keyOf(resource), why);
    }
    const isStale = (key: string): boolean => catalog.staleGroups.has(groupOf(key)) && !ignored.has(key);
    for (const [key, kind] of this.#kinds) {
      const resource = wanted.get(key);
      const goesOn = resource === undefined ? isStale(key) : this.#isAsWanted(kind, resource);
      if (!goesOn) await this.#stop(kind);
    }
    for (const [key, resource] of wanted) this.#start(key, resource);
    for (const resource of catalog.resources) this.#exclude(resource, ignored.get(keyOf(resource)));
    this.#retire(wanted, ignored, isStale);
  }

  /** Takes a new snapshot of one kind. */
  requestSnapshot(key: string, reason: string): void {
    this.#kinds.get(key)?.running?.stream.requestSnapshot(reason);
  }

  /** Tells the state of every kind again, and takes a new snapshot of those that are watched. */
  startOver(): void {
    for (const kind of this.#kinds.values()) {
      this.#tell(kind);
      kind.running?.stream.requestSnapshot('Requested');
    }
  }

  statuses(): readonly KindStatus[] {
    const { clock, config } = this.#context;
    return [...this.#kinds.values()].map((kind) => {
      const { kind: name, namespaced } = kind.resource;
      const blocked = kind.troubleSince !== undefined && clock.now() - kind.troubleSince >= config.sendLagMs;
      return {
        ...kind.condition,
        ...(blocked ? { state: KindState.KIND_STATE_LAGGING, reason: 'SendFailed' } : {}),
        resource: kind.key,
        kind: name,
        namespaced,
        since: kind.since,
        objects: kind.running?.pipeline.objects ?? 0,
      };
    });
  }

  /** Objects and batches kept aside so far. */
  get parked(): number {
    return this.#parkedCount;
  }

  /** Number of watched kinds. */
  get watched(): number {
    return [...this.#kinds.values()].filter((kind) => kind.running !== undefined).length;
  }

  #kind(key: string, resource: ApiResource): Kind {
    const known = this.#kinds.get(key);
    if (known !== undefined) {
      known.resource = resource;
      return known;
    }
    const sender: BatchSender = makeSender(this.#context, key, {
      settled: () => {
        this.#flushIdle(key);
      },
      gap: (reason) => {
        this.#gap(key, reason);
      },
      parked: (reason) => {
        this.#parked(key, 'a batch', reason);
      },
      trouble: (error) => {
        this.#trouble(key, error);
      },
      superseded: (reason) => {
        this.#context.tasks.fail(supersededError(reason));
      },
      broken: (error) => {
        this.#context.tasks.fail(error);
      },
    });
    sender.epoch = this.#checkpoints.get(key)?.epoch ?? 0;
    const kind: Kind = {
      resource,
      key,
      sender,
      condition: notYet,
      since: this.#context.clock.now(),
      troubleSince: undefined,
      running: undefined,
    };
    this.#kinds.set(key, kind);
    return kind;
  }

  #isAsWanted({ running }: Kind, resource: ApiResource): boolean {
    return running?.fingerprint === this.#selection.contentOf(resource).fingerprint;
  }

  #start(key: string, resource: ApiResource): void {
    const kind = this.#kind(key, resource);
    if (kind.running !== undefined) return;
    const { transport, gate, clock, random, config, snapshots, tasks } = this.#context;
    this.#report(kind, waiting);
    const content = this.#selection.contentOf(resource);
    const pipeline = this.#pipeline(kind, content);
    const stream = new ResourceStream({
      transport,
      gate,
      clock,
      random,
      config: config.stream,
      snapshots,
      path: collectionPath(resource),
      metadataOnly: content.mode === 'metadata',
      sink: pipeline,
    });
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, tasks.signal]);
    const done = stream.run(signal);
    tasks.own(done);
    kind.running = { stream, pipeline, fingerprint: content.fingerprint, controller, done };
  }

  #pipeline(kind: Kind, { events, filter, mode }: KindContent): KindPipeline {
    const { clock, config, metrics, pool } = this.#context;
    const { resource, sender, key } = kind;
    const checkpoint = this.#checkpoints.get(key);
    this.#checkpoints.delete(key);
    const resumeFrom = checkpoint?.resourceVersion === '' ? undefined : checkpoint?.resourceVersion;
    return new KindPipeline({
      resource,
      projection: {
        apiVersion: apiVersionOf(resource),
        kind: resource.kind,
        mode,
        maxDepth: config.maxDepth,
      },
      sender,
      pool,
      config,
      clock,
      metrics: metrics.forKind(config.clusterName, key),
      filter,
      events,
      resumeFrom,
      firstEpoch: this.#firstEpoch,
      onCondition: (condition) => {
        this.#report(kind, condition);
      },
      onParked: (what, reason) => {
        this.#parked(key, what, reason);
      },
    });
  }

  async #stop(kind: Kind): Promise<void> {
    const running = kind.running;
    kind.running = undefined;
    running?.controller.abort();
    await running?.done;
  }

  /** Says once that a kind is left out; the far side drops what an earlier run stored of it. */
  #exclude(resource: ApiResource, why: string | undefined): void {
    if (why === undefined) return;
    const kind = this.#kind(keyOf(resource), resource);
    if (kind.condition.state !== KindState.KIND_STATE_EXCLUDED) this.#report(kind, excluded(why));
    this.#checkpoints.delete(kind.key);
  }

  /** Kinds that are not served any more: of this run, and of earlier ones as the checkpoints name them. */
  #retire(
    wanted: ReadonlyMap<string, ApiResource>,
    ignored: ReadonlyMap<string, string>,
    isStale: (key: string) => boolean,
  ): void {
    const spoken = [...this.#kinds.values()].filter((kind) => kind.running === undefined).map((kind) => kind.key);
    for (const key of new Set([...spoken, ...this.#checkpoints.keys()])) {
      if (wanted.has(key) || ignored.has(key) || isStale(key)) continue;
      const successor = [...wanted.keys()].find((other) => resourceOf(other) === resourceOf(key));
      if (successor === undefined) this.#remove(key);
      else if (this.#kinds.get(key)?.condition.state !== KindState.KIND_STATE_REMOVED)
        this.#successors.set(successor, key);
    }
  }

  #remove(key: string): void {
    const kind = this.#kind(key, this.#kinds.get(key)?.resource ?? placeholder(key));
    this.#checkpoints.delete(key);
    if (kind.condition.state === KindState.KIND_STATE_REMOVED) return;
    this.#context.logger.info({ kind: key }, 'kind is no longer served');
    this.#report(kind, removed);
  }

  #report(kind: Kind, condition: KindCondition): void {
    const { logger, clock } = this.#context;
    const fields = { kind: kind.key, state: condition.reason, detail: condition.message };
    if (condition.state === KindState.KIND_STATE_LAGGING || condition.state === KindState.KIND_STATE_FORBIDDEN) {
      logger.warn(fields, 'kind is not in sync');
    } else logger.debug(fields, 'kind changed its state');
    kind.condition = condition;
    kind.since = clock.now();
    this.#tell(kind);
    if (condition.state === KindState.KIND_STATE_SYNCED) this.#takenOver(kind.key);
  }

  #tell({ condition, resource, sender }: Kind): void {
    const { state, reason, message } = condition;
    const value = { state, reason, message, objectKind: resource.kind, namespaced: resource.namespaced };
    this.#context.tasks.own(sender.push({ $case: 'kindReport', value }, sender.epoch));
  }

  /** All objects of the resource are stored under the new version: what is left under the old one can go. */
  #takenOver(successor: string): void {
    const old = this.#successors.get(successor);
    if (old === undefined) return;
    this.#successors.delete(successor);
    this.#remove(old);
  }

  #flushIdle(key: string): void {
    const flushing = this.#kinds.get(key)?.running?.pipeline.idle();
    if (flushing !== undefined) this.#context.tasks.own(flushing);
  }

  #gap(key: string, reason: string): void {
    this.#context.logger.warn({ kind: key, reason }, 'far side misses changes, taking a new snapshot');
    this.requestSnapshot(key, 'Gap');
  }

  #parked(key: string, what: string, reason: string): void {
    const { logger, setCondition, metrics, config } = this.#context;
    metrics.forKind(config.clusterName, key).parked();
    logger.warn({ kind: key, what, reason }, 'kept aside what cannot be stored');
    this.#parkedCount += 1;
    // Only powers of two: a thousand bad objects are one condition, not a thousand reports.
    if ((this.#parkedCount & (this.#parkedCount - 1)) !== 0) return;
    const last = `the last one is ${what} of ${key}, because ${reason}`;
    setCondition('ObjectsParked', `Not everything can be stored (${String(this.#parkedCount)} so far): ${last}.`);
  }

  #trouble(key: string, error: Error | undefined): void {
    const kind = this.#kinds.get(key);
    const { logger, clock, metrics, config } = this.#context;
    if (kind === undefined) return;
    if (error === undefined) {
      if (kind.troubleSince !== undefined) logger.info({ kind: key }, 'sending works again');
      kind.troubleSince = undefined;
      return;
    }
    metrics.sendFailed(config.clusterName);
    if (kind.troubleSince === undefined) logger.warn({ kind: key, err: error }, 'sending fails, trying again');
    kind.troubleSince ??= clock.now();
  }
}

function groupOf(key: string): string {
  return key.split('.').slice(2).join('.');
}

/** "<plural>.<group>": the resource whatever its version. */
function resourceOf(key: string): string {
  return `${key.split('.')[0] ?? ''}.${groupOf(key)}`;
}

/** A kind of which only the key is known, from a checkpoint. */
function placeholder(key: string): ApiResource {
  const [plural = '', version = ''] = key.split('.');
  return { group: groupOf(key), version, plural, singular: '', kind: '', namespaced: false, verbs: [] };
}
