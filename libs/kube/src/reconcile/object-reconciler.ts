import { MesheryError, isMesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ResourceType } from '../client/kube-object.ts';
import { summarise } from './conditions.ts';
import type { Condition, Judgement } from './conditions.ts';
import type { EventNote, EventRecorder } from './event-recorder.ts';
import { mergePatch } from './merge-patch.ts';
import type { ObjectWatch } from './object-watch.ts';
import { done, failureOf, runSteps } from './outcome.ts';
import type { Outcome, Step } from './outcome.ts';

/** An object with a status that has conditions. */
export interface ConditionedObject extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** What a reconcile found out for the status, beside how it ended. */
export interface Findings {
  /** Fields of status; those that are undefined vanish. */
  readonly status: Readonly<Record<string, unknown>>;
  /** Conditions beside Ready, Progressing and Degraded. */
  readonly conditions: readonly Judgement[];
}

/** What is known about one kind of object and how it is made true. */
export interface ObjectReconcilerOptions<T extends ConditionedObject, C> {
  readonly type: ResourceType;
  readonly watch: ObjectWatch<T>;
  readonly client: KubeClient;
  readonly recorder: EventRecorder;
  readonly clock: Clock;
  /** Everything the steps share in one reconcile; made anew each time. */
  readonly context: (object: T) => C;
  /** In their order. Those of an object that is being deleted do not run. */
  readonly steps: readonly Step<C>[];
  /** Longest run of them, in ms; a minute unless told. Shorter than a reconcile may be: its status says so then. */
  readonly stepsMs?: number;
  /** Runs after the steps, however they ended: what is asked for beside the object itself. Must not throw. */
  readonly last?: (context: C, signal: AbortSignal) => Promise<void>;
  /** What is to be said in the status, whatever the outcome. */
  readonly findings: (context: C) => Findings;
  /** Finalizers of whoever managed such objects before. Nothing here needs one: they are taken off, or they would stay. */
  readonly finalizers: readonly string[];
  /** Cleans up what garbage collection does not reach; the object is being deleted or gone. Must bear repetition. */
  readonly cleanUp: (key: string, signal: AbortSignal) => Promise<void>;
}

/** Its event is on the way, and with it the next reconcile; looked at again without it, too. */
const outdated: Outcome = {
  type: 'waiting',
  reason: 'Outdated',
  message: 'The object was changed while it was looked at.',
  afterMs: 1000,
};

/** Makes objects of one kind true: steps, then one write of the status if anything in it changed, then an Event. */
export class ObjectReconciler<T extends ConditionedObject, C> {
  readonly #options: ObjectReconcilerOptions<T, C>;

  constructor(options: ObjectReconcilerOptions<T, C>) {
    this.#options = options;
  }

  /** Level-based: looks at what there is, not at what happened. Rejects when the status cannot be written. */
  async reconcile(key: string, signal: AbortSignal): Promise<Outcome> {
    const object = this.#options.watch.get(key);
    const gone = object === undefined || object.metadata.deletionTimestamp !== undefined;
    if (gone) await this.#options.cleanUp(key, signal);
    if (object === undefined) return done;
    await this.#release(object, signal);
    return gone ? done : this.#makeTrue(object, signal);
  }

  async #makeTrue(object: T, signal: AbortSignal): Promise<Outcome> {
    const context = this.#options.context(object);
    const outcome = await this.#run(context, signal);
    await this.#options.last?.(context, signal);
    const reported = await this.#report(object, outcome, this.#options.findings(context), signal);
    return reported ? outcome : outdated;
  }

  async #run(context: C, signal: AbortSignal): Promise<Outcome> {
    const { steps, stepsMs = 60_000 } = this.#options;
    try {
      return await runSteps(steps, context, AbortSignal.any([signal, AbortSignal.timeout(stepsMs)]));
    } catch (error) {
      signal.throwIfAborted();
      return failureOf(lateError(stepsMs, error));
    }
  }

  async #release({ metadata }: T, signal: AbortSignal): Promise<void> {
    const { client, type } = this.#options;
    const { uid, resourceVersion, finalizers = [] } = metadata;
    const left = finalizers.filter((name) => !this.#options.finalizers.includes(name));
    if (left.length === finalizers.length) return;
    const patch = { metadata: { uid, resourceVersion, finalizers: left } };
    await client.patch(type, metadata, { patch }, signal);
  }

  /** False when the object is another one meanwhile: nothing is written, what was found is out of date. */
  async #report(object: T, outcome: Outcome, findings: Findings, signal: AbortSignal): Promise<boolean> {
    const { clock, watch } = this.#options;
    const { generation = 0 } = object.metadata;
    const before: Readonly<Record<string, unknown>> = { ...object.status };
    const previous = object.status?.conditions ?? [];
    const conditions = summarise({ outcome, generation, previous, more: findings.conditions, nowMs: clock.now() });
    const after = { ...findings.status, observedGeneration: generation, conditions };
    const status = mergePatch(before, after);
    if (status === undefined) return true;
    const written = await this.#writeStatus(object, status, signal);
    if (written === undefined) return false;
    watch.adopt(written);
    const note = noteOf(previous, outcome);
    if (note !== undefined) await this.#options.recorder.record(object, note, signal);
    return true;
  }

  /** With the resourceVersion it was decided on: a leader that was frozen on its way to the wire changes nothing. */
  async #writeStatus(object: T, status: object, signal: AbortSignal): Promise<T | undefined> {
    const { client, type } = this.#options;
    const { uid, resourceVersion } = object.metadata;
    const patch = { metadata: { uid, resourceVersion }, status };
    try {
      return await client.patch<T>(type, object.metadata, { patch, subresource: 'status' }, signal);
    } catch (error) {
      if (isMesheryError(error) && error.code === 'meshery-kube-1310') return undefined;
      throw error;
    }
  }
}

/** What is worth an Event: it became ready, or is degraded for another reason than before. */
function noteOf(previous: readonly Condition[], outcome: Outcome): EventNote | undefined {
  const before = (type: string): Condition | undefined => previous.find((condition) => condition.type === type);
  if (outcome.type === 'waiting') return undefined;
  if (outcome.type === 'done') {
    if (before('Ready')?.status === 'True') return undefined;
    return { type: 'Normal', reason: 'Available', message: 'Everything that is wanted is there.' };
  }
  const { reason, message } = outcome;
  const degraded = before('Degraded');
  if (degraded?.status === 'True' && degraded.reason === reason) return undefined;
  return { type: 'Warning', reason, message };
}

function lateError(stepsMs: number, cause: unknown): MesheryError {
  return new MesheryError('meshery-core-1003', `It was not done within ${String(stepsMs / 1000)} s.`, {
    probableCause: 'The API server answers slowly.',
    remedy: "It is tried again; if it lasts, look at: kubectl get --raw '/readyz?verbose'",
    cause,
  });
}
