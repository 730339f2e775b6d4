import type { Clock } from '@meshery/observability';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ResourceType } from '../client/kube-object.ts';
import { summarise } from './conditions.ts';
import type { Condition, Judgement } from './conditions.ts';
import type { EventNote, EventRecorder } from './event-recorder.ts';
import { mergePatch } from './merge-patch.ts';
import type { ObjectWatch } from './object-watch.ts';
import { done, runSteps } from './outcome.ts';
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
  /** Runs after the steps, however they ended: what is asked for beside the object itself. Must not throw. */
  readonly last?: (context: C, signal: AbortSignal) => Promise<void>;
  /** What is to be said in the status, whatever the outcome. */
  readonly findings: (context: C) => Findings;
  /** Finalizers of whoever managed such objects before. Nothing here needs one: they are taken off, or they would stay. */
  readonly finalizers: readonly string[];
  /** Cleans up what garbage collection does not reach; the object is being deleted or gone. Must bear repetition. */
  readonly cleanUp: (key: string, signal: AbortSignal) => Promise<void>;
}

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
    const outcome = await runSteps(this.#options.steps, context, signal);
    await this.#options.last?.(context, signal);
    await this.#report(object, outcome, this.#options.findings(context), signal);
    return outcome;
  }

  async #release({ metadata }: T, signal: AbortSignal): Promise<void> {
    const { client, type } = this.#options;
    const { uid, resourceVersion, finalizers = [] } = metadata;
    const left = finalizers.filter((name) => !this.#options.finalizers.includes(name));
    if (left.length === finalizers.length) return;
    const patch = { metadata: { uid, resourceVersion, finalizers: left } };
    await client.patch(type, metadata, { patch }, signal);
  }

  async #report(object: T, outcome: Outcome, findings: Findings, signal: AbortSignal): Promise<void> {
    const { client, type, clock, watch } = this.#options;
    const { generation = 0, uid } = object.metadata;
    const before: Readonly<Record<string, unknown>> = { ...object.status };
    const previous = object.status?.conditions ?? [];
    const conditions = summarise({ outcome, generation, previous, more: findings.conditions, nowMs: clock.now() });
    const after = { ...findings.status, observedGeneration: generation, conditions };
    const status = mergePatch(before, after);
    if (status === undefined) return;
    const patch = { metadata: { uid }, status };
    watch.adopt(await client.patch<T>(type, object.metadata, { patch, subresource: 'status' }, signal));
    const note = noteOf(previous, outcome);
    if (note !== undefined) await this.#options.recorder.record(object, note, signal);
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
