import type { MeshSyncSpec } from '@meshery/contracts/crds';
import type { AgentCondition } from '@meshery/discovery';
import { ApiServerGate, ResourceStream, Semaphore, createKubeTransport, defaultStreamConfig } from '@meshery/kube';
import type { ClusterAccess, KubeTransport, StreamEnd, StreamOutcome } from '@meshery/kube';
import type { Clock, Logger } from '@meshery/observability';
import { ObjectSink } from './object-sink.ts';

/** Name of an object in a namespace. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** What a ResourceFollower needs. */
export interface ResourceFollowerDeps {
  readonly access: ClusterAccess;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Gives [0, 1), for jitter. */
  readonly random: () => number;
  readonly resource: ObjectName;
  /** Nobody named the resource: it may be missing, and when it may not be read it is not asked for again. */
  readonly optional: boolean;
  /** Called with each spec that is read. */
  readonly onSpec: (spec: MeshSyncSpec) => void;
}

interface MeshSyncObject {
  readonly spec?: MeshSyncSpec;
}

/** Ends of an attempt that say nothing about whether the resource can be read. */
const momentary: ReadonlySet<StreamEnd> = new Set([
  'ended',
  'expired',
  'snapshot',
  'fallback',
  'quiet',
  'stalled',
  'broken',
]);
/** Ends after which nothing can be discovered either: waiting for the resource costs nothing. */
const waiting: ReadonlySet<StreamEnd> = new Set(['unreachable', 'throttled']);
const denied: ReadonlySet<string> = new Set(['Forbidden', 'NotServed']);
const unreadable = 'MeshSyncUnreadable';

/** Follows the MeshSync of this agent. What was read last stays in force when it is deleted or cannot be read any more. */
export class ResourceFollower {
  readonly #deps: ResourceFollowerDeps;
  readonly #answered = Promise.withResolvers<void>();
  readonly #ending = new AbortController();
  #seen = false;
  #condition: AgentCondition | undefined;

  constructor(deps: ResourceFollowerDeps) {
    this.#deps = deps;
  }

  /** Resolves when the API server has said what it knows of the resource, or `run` has ended. */
  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  /** What keeps the resource from being followed. */
  conditions(): readonly AgentCondition[] {
    return this.#condition === undefined ? [] : [this.#condition];
  }

  /** Follows until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { access, clock, logger } = this.#deps;
    const either = AbortSignal.any([signal, this.#ending.signal]);
    const transport = createKubeTransport(access, { clock, userAgent: 'meshery-meshsync' });
    try {
      await this.#follow(transport, either);
    } catch (error) {
      if (!either.aborted) {
        logger.error({ err: error }, 'the MeshSync is not followed any more');
        this.#fault(unreadable, 'A fault of this program; restart it, and report what its log says.');
      }
    } finally {
      this.#answered.resolve();
      await transport.close();
    }
  }

  async #follow(transport: KubeTransport, signal: AbortSignal): Promise<void> {
    const { clock, random, resource } = this.#deps;
    const gate = new ApiServerGate({ transport, clock, random });
    const probing = gate.run(signal).catch(() => undefined);
    const version = await this.#servedVersion(transport, gate, signal);
    const stream = new ResourceStream({
      transport,
      gate,
      clock,
      random,
      // One object: its list is smaller than what there is to say about streaming it.
      config: { ...defaultStreamConfig, lists: 'pages' },
      snapshots: new Semaphore(1),
      path: `/apis/meshery.io/${version}/namespaces/${encodeURIComponent(resource.namespace)}/meshsyncs`,
      fieldSelector: `metadata.name=${resource.name}`,
      metadataOnly: false,
      sink: new ObjectSink<MeshSyncObject>({
        onObject: (object) => {
          this.#onObject(object);
        },
        onLive: () => {
          if (this.#condition?.reason === unreadable) this.#condition = undefined;
        },
        onEnd: (outcome) => {
          this.#onEnd(outcome);
        },
      }),
    });
    await stream.run(signal);
    await probing;
  }

  /** The version that the API server prefers: older operators installed the first one only. */
  async #servedVersion(transport: KubeTransport, gate: ApiServerGate, signal: AbortSignal): Promise<string> {
    for (;;) {
      await gate.wait(signal);
      try {
        const answer = await transport.get('/apis/meshery.io', { signal });
        return preferredVersion(answer.status === 200 ? answer.body.toString('utf8') : '{}');
      } catch (error) {
        signal.throwIfAborted();
        const cause = error instanceof Error ? error : new Error(String(error));
        this.#fault(unreadable, cause.message);
        gate.close(cause);
      }
    }
  }

  #onObject(object: MeshSyncObject | undefined): void {
    const { logger, resource, optional, onSpec } = this.#deps;
    if (object !== undefined) {
      this.#seen = true;
      this.#condition = undefined;
      onSpec(object.spec ?? {});
    } else if (optional) logger.info(resource, 'there is no MeshSync, the settings of the environment apply');
    else this.#fault('MeshSyncNotFound', 'It does not exist; create it, or name another one in MESHSYNC_RESOURCE.');
    this.#answered.resolve();
  }

  #onEnd({ end, reason, message }: StreamOutcome): void {
    const { logger, resource, optional } = this.#deps;
    if (momentary.has(end) || (waiting.has(end) && this.#seen)) return;
    if (optional && denied.has(reason)) {
      logger.info(
        { ...resource, reason, detail: message },
        'no MeshSync can be read, the settings of the environment apply',
      );
      this.#ending.abort(new Error('there is nothing to follow'));
      return;
    }
    this.#fault(unreadable, explain(reason, message, resource));
    if (!waiting.has(end)) this.#answered.resolve();
  }

  #fault(reason: string, why: string): void {
    const { logger, resource } = this.#deps;
    const meanwhile = this.#seen
      ? 'What was read of it last stays in force.'
      : 'The settings of the environment apply.';
    const message = `The MeshSync ${resource.namespace}/${resource.name} is not followed: ${why} ${meanwhile}`;
    if (this.#condition?.message === message) return;
    this.#condition = { reason, message };
    logger.warn({ ...resource, reason, detail: why }, 'the MeshSync is not followed');
  }
}

function preferredVersion(text: string): string {
  const group = JSON.parse(text) as { readonly preferredVersion?: { readonly version?: string } };
  return group.preferredVersion?.version ?? 'v1alpha2';
}

function explain(reason: string, message: string, { namespace, name }: ObjectName): string {
  if (reason === 'NotServed') return 'Install the CustomResourceDefinition meshsyncs.meshery.io, which is missing.';
  if (reason !== 'Forbidden') return message;
  return `${message}. Grant the agent with a Role in ${namespace}: apiGroups meshery.io, resources meshsyncs, resourceNames ${name}, verbs list and watch.`;
}
