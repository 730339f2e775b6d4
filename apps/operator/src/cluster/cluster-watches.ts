import { ApiServerGate, Semaphore, defaultStreamConfig } from '@meshery/kube';
import type { KubeTransport } from '@meshery/kube';
import { ObjectWatch } from '@meshery/kube/reconcile';
import type { KubeObject, ResourceType, WatchBase } from '@meshery/kube/reconcile';
import type { Clock, Logger } from '@meshery/observability';
import { kinds } from './kinds.ts';
import type { Broker, MeshSync } from './kinds.ts';
import { managedSelector } from './owned-objects.ts';

/** What the watches need, and who is told of changes. */
export interface ClusterWatchesDeps {
  readonly transport: KubeTransport;
  readonly clock: Clock;
  readonly random: () => number;
  /** Silence after which a watch is opened anew, in ms. */
  readonly stallMs: number;
  readonly logger: Logger;
  readonly onBroker: (key: string) => void;
  readonly onMeshSync: (key: string) => void;
  /** An object that the operator made, as it is and as it was: others may have taken away what says whose it is. */
  readonly onOwned: (object: KubeObject, type: ResourceType) => void;
}

/** Kinds of which the operator makes objects often. */
const ownedKinds: readonly ResourceType[] = [
  kinds.secret,
  kinds.service,
  kinds.serviceAccount,
  kinds.statefulSet,
  kinds.deployment,
  kinds.podDisruptionBudget,
  kinds.networkPolicy,
  kinds.role,
  kinds.roleBinding,
  kinds.clusterRoleBinding,
];

/** Everything that the operator follows: our kinds, and what it made for them. */
export class ClusterWatches {
  readonly brokers: ObjectWatch<Broker>;
  readonly meshSyncs: ObjectWatch<MeshSync>;
  readonly owned: ReadonlyMap<ResourceType, ObjectWatch<KubeObject>>;
  readonly #base: WatchBase & { readonly gate: ApiServerGate };

  constructor(deps: ClusterWatchesDeps) {
    const { transport, clock, random, stallMs, logger, onBroker, onMeshSync, onOwned } = deps;
    const config = { ...defaultStreamConfig, minConnectIntervalMs: 500, stallMs };
    const gate = new ApiServerGate({ transport, clock, random });
    this.#base = { transport, gate, clock, random, config, snapshots: new Semaphore(4) };
    this.brokers = new ObjectWatch(this.#base, { type: kinds.broker, logger, onChange: onBroker });
    this.meshSyncs = new ObjectWatch(this.#base, { type: kinds.meshSync, logger, onChange: onMeshSync });
    const follow = (type: ResourceType): ObjectWatch<KubeObject> =>
      new ObjectWatch(this.#base, {
        type,
        labelSelector: managedSelector,
        logger,
        onChange: (_key, object, before) => {
          for (const seen of [before, object]) {
            if (seen !== undefined) onOwned(seen, type);
          }
        },
      });
    this.owned = new Map(ownedKinds.map((type) => [type, follow(type)]));
  }

  /** Follows everything until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#base.gate.run(signal), ...this.#all().map((watch) => watch.run(signal))]);
  }

  /** Resolves when everything was listed once. */
  async synced(): Promise<void> {
    await Promise.all(this.#all().map((watch) => watch.synced));
  }

  /** Resolves when the API server can be reached, as far as is known. */
  reachable(signal: AbortSignal): Promise<void> {
    return this.#base.gate.wait(signal);
  }

  /** Why not everything is followed; undefined when it is. */
  problem(): string | undefined {
    return this.#all().find(({ state }) => !state.synced)?.state.reason;
  }

  #all(): readonly {
    run: (signal: AbortSignal) => Promise<void>;
    synced: Promise<undefined>;
    state: { synced: boolean; reason?: string };
  }[] {
    return [this.brokers, this.meshSyncs, ...this.owned.values()];
  }
}
