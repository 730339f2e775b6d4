import { raceAbort, readClusterId } from '@meshery/kube';
import type { KubeTransport } from '@meshery/kube';
import {
  Applier,
  Controller,
  EventRecorder,
  KubeClient,
  LeaseElector,
  WorkQueue,
  keyOf,
} from '@meshery/kube/reconcile';
import type {
  KubeClientDeps,
  KubeObject,
  ObjectReconciler,
  ReconcileMetrics,
  ResourceType,
} from '@meshery/kube/reconcile';
import type { ConditionedObject } from '@meshery/kube/reconcile';
import type { Clock, Logger } from '@meshery/observability';
import { askAgent } from './agents/ask-agent.ts';
import { brokerReconciler } from './broker/broker-reconciler.ts';
import type { Images } from './cluster/images.ts';
import { ClusterWatches } from './cluster/cluster-watches.ts';
import { kinds } from './cluster/kinds.ts';
import { OwnedObjects } from './cluster/owned-objects.ts';
import { ownerAnnotation } from './meshsync/objects/access.ts';
import { nativeBrokerOf } from './meshsync/meshsync-context.ts';
import { meshSyncReconciler } from './meshsync/meshsync-reconciler.ts';
import { Prober } from './probe/prober.ts';

/** What an Operator needs. */
export interface OperatorDeps {
  readonly transport: KubeTransport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: ReconcileMetrics;
  readonly images: Images;
  /** Silence after which a watch is opened anew, in ms; 90,000 unless told. */
  readonly watchStallMs?: number;
  /** How long credentials of brokers still work after new ones were made, in ms. */
  readonly credentialOverlapMs: number;
  /** Unique among several operators of one cluster. */
  readonly identity: string;
  /** Where the Lease is by which one of them leads; undefined: there is only one. */
  readonly leaseNamespace: string | undefined;
}

const leaseName = 'meshery-operator-leader.meshery.io';
const component = 'meshery-operator';
/** Everything is looked at again that often, though nothing happened. */
const resyncMs = 10 * 60_000;

/** Keeps every Broker and MeshSync of a cluster as it is wanted, while it leads. */
export class Operator {
  readonly #deps: OperatorDeps;
  /** Absent when there is only one operator. */
  readonly #elector: LeaseElector | undefined;
  readonly #client: KubeClient;
  readonly #watches: ClusterWatches;
  readonly #brokers: WorkQueue;
  readonly #meshSyncs: WorkQueue;
  readonly #stop = new AbortController();
  #clusterId: string | undefined;
  #fault: string | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(deps: OperatorDeps) {
    this.#deps = deps;
    const { transport, clock, random, logger, metrics } = deps;
    const onWrite: KubeClientDeps['onWrite'] = (verb, { plural }) => {
      metrics.written(verb, plural);
    };
    this.#elector = electorOf(deps, new KubeClient({ transport, clock, onWrite }));
    this.#client = new KubeClient({ transport, clock, onWrite, mayWrite: () => this.#elector?.leading ?? true });
    this.#brokers = new WorkQueue({ clock, random });
    this.#meshSyncs = new WorkQueue({ clock, random });
    this.#watches = new ClusterWatches({
      transport,
      clock,
      random,
      stallMs: deps.watchStallMs ?? 90_000,
      logger,
      onBroker: (key) => {
        this.#brokers.add(key);
        this.#wakeAgentsOf(key);
      },
      onMeshSync: (key) => {
        this.#meshSyncs.add(key);
      },
      onOwned: (object, type) => {
        this.#wakeOwner(object, type);
      },
    });
  }

  /** Begins to work; `stop` ends it. */
  start(): void {
    const { signal } = this.#stop;
    const tasks = [this.#watches.run(signal), this.#elect(signal)];
    this.#done = Promise.all(tasks.map((task) => this.#guard(task))).then(() => undefined);
  }

  /** Ends within the drain time of its controllers; gives the lead away. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('the operator is stopped'));
    await this.#done;
    await this.#deps.transport.close();
  }

  /** Ready: everything it needs is followed, whether it leads or stands by. */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    const reason = this.#fault ?? this.#watches.problem();
    return reason === undefined ? { ready: true } : { ready: false, reason };
  }

  /** A task ends with the operator; one that ends in an error before is told in readiness and in the log. */
  async #guard(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#fault = 'a part of the operator ended; look at its log';
      this.#deps.logger.fatal({ err: error }, 'a part of the operator ended');
    }
  }

  async #elect(signal: AbortSignal): Promise<void> {
    if (this.#elector === undefined) await this.#lead(signal);
    else await this.#elector.run(signal, (lead) => this.#lead(lead));
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const { metrics } = this.#deps;
    try {
      await raceAbort(this.#watches.synced(), signal);
      metrics.leading(true);
      // Whoever led before may have left something undone.
      for (const { metadata } of this.#watches.brokers.list()) this.#brokers.add(keyOf(metadata));
      for (const { metadata } of this.#watches.meshSyncs.list()) this.#meshSyncs.add(keyOf(metadata));
      for (const [type, watch] of this.#watches.owned)
        watch.list().forEach((object) => {
          this.#wakeOwner(object, type);
        });
      const { broker, meshSync } = this.#reconcilers();
      await Promise.all([
        this.#controller('broker', this.#brokers, broker).run(signal),
        this.#controller('meshsync', this.#meshSyncs, meshSync).run(signal),
      ]);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      metrics.leading(false);
    }
  }

  #controller<T extends ConditionedObject, C>(
    name: string,
    queue: WorkQueue,
    reconciler: ObjectReconciler<T, C>,
  ): Controller {
    const { metrics, clock, logger } = this.#deps;
    return new Controller({
      name,
      queue,
      reconcile: (key, signal) => reconciler.reconcile(key, signal),
      ready: (signal) => this.#watches.reachable(signal),
      resyncMs,
      workers: 4,
      // A minute for the steps, the rest for a probe and the status.
      timeoutMs: 75_000,
      drainMs: 5000,
      metrics,
      clock,
      logger,
    });
  }

  #reconcilers() {
    const { clock, logger, images, identity, credentialOverlapMs } = this.#deps;
    const client = this.#client;
    const owned = new OwnedObjects({
      applier: new Applier({ client, fieldManager: component }),
      client,
      watches: this.#watches.owned,
    });
    const recorder = new EventRecorder({ client, component, instance: identity, clock, logger });
    const ask = askAgent({ client });
    const prober = new Prober({ owned, clock, askAgent: ask, watches: this.#watches });
    const common = { owned, client, clock, images, recorder };
    return {
      broker: brokerReconciler({
        ...common,
        credentialOverlapMs,
        watch: this.#watches.brokers,
        clusterId: (signal) => this.#identify(signal),
        probe: (context, signal) => prober.ofBroker(context, signal),
      }),
      meshSync: meshSyncReconciler({
        ...common,
        watch: this.#watches.meshSyncs,
        broker: (ref) => this.#watches.brokers.get(keyOf(ref)),
        askAgent: ask,
        probe: (context, signal) => prober.ofMeshSync(context, signal),
      }),
    };
  }

  async #identify(signal: AbortSignal): Promise<string> {
    this.#clusterId ??= await readClusterId(this.#deps.transport, signal);
    return this.#clusterId;
  }

  #wakeOwner({ metadata }: KubeObject, type: ResourceType): void {
    const { namespace, ownerReferences = [], annotations = {} } = metadata;
    const owner = ownerReferences.find(({ controller }) => controller === true);
    const ownerKey = keyOf({ namespace, name: owner?.name ?? '' });
    if (owner?.kind === 'Broker') this.#brokers.add(ownerKey);
    // Agents have copies of credentials and authority.
    if (owner?.kind === 'Broker' && type === kinds.secret) this.#wakeAgentsOf(ownerKey);
    if (owner?.kind === 'MeshSync') this.#meshSyncs.add(ownerKey);
    const key = annotations[ownerAnnotation];
    if (key !== undefined) this.#meshSyncs.add(key);
  }

  #wakeAgentsOf(brokerKey: string): void {
    for (const meshSync of this.#watches.meshSyncs.list()) {
      const ref = nativeBrokerOf(meshSync);
      if (ref !== undefined && keyOf(ref) === brokerKey) this.#meshSyncs.add(keyOf(meshSync.metadata));
    }
  }
}

function electorOf(deps: OperatorDeps, client: KubeClient): LeaseElector | undefined {
  const { leaseNamespace, identity, clock, random, logger } = deps;
  if (leaseNamespace === undefined) return undefined;
  const lease = { namespace: leaseNamespace, name: leaseName };
  return new LeaseElector({ client, lease, identity, clock, random, logger });
}
