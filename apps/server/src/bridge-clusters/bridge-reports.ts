import type { ClusterReport } from '@meshery/contracts';
import type { Clock } from '@meshery/observability';
import { z } from 'zod';
import type { ClusterLeases } from './cluster-leases.ts';
import type { OperatorClusterSet } from './operator-cluster.ts';

/** Whether a bridge is subscribed to the broker of a connection, as was said last. */
export interface BrokerSubscription {
  readonly isReached: boolean;
  /** Name of the bridge; empty when none serves the cluster. */
  readonly bridge: string;
  /** An error code, what is wrong and what to do; empty when all is well. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** RFC 3339; when the bridge said so, empty when none did. */
  readonly at: string;
}

/** What the reports are read with. */
export interface BridgeReportsParts {
  readonly leases: ClusterLeases;
  readonly clock: Clock;
}

const subscription = z.object({
  isReached: z.boolean(),
  bridge: z.string(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  at: z.string(),
});

const maxCode = 64;
const maxMessage = 512;

/** What bridges say about the clusters that they serve, at whichever server: the newest, for as long as they do. */
export class BridgeReports {
  readonly #parts: BridgeReportsParts;
  #known: OperatorClusterSet | undefined;

  constructor(parts: BridgeReportsParts) {
    this.#parts = parts;
  }

  /** What a bridge says; about a cluster that it has no lease of it has nothing to say. */
  note(instance: string, { clusterId, brokerReached, code, message }: ClusterReport): void {
    const { leases, clock } = this.#parts;
    const before = saidOf(leases.held(clusterId)?.says);
    const says: BrokerSubscription = {
      isReached: brokerReached,
      bridge: nameOf(instance),
      code: code.slice(0, maxCode),
      message: message.slice(0, maxMessage),
      remedy: brokerReached ? '' : 'Look at the Broker of the cluster, and whether the bridge reaches its endpoint.',
      at: new Date(clock.now()).toISOString(),
    };
    const isNew = before === undefined || JSON.stringify({ ...before, at: says.at }) !== JSON.stringify(says);
    leases.say(instance, clusterId, says, isNew);
  }

  /** The connections that there are now. */
  know(known: OperatorClusterSet): void {
    this.#known = known;
  }

  /** Undefined for a connection that is not connected in operator mode with a credential of its own. */
  stateOf(connectionId: string): BrokerSubscription | undefined {
    const fault = this.#known?.faults.get(connectionId);
    if (fault !== undefined) return unserved(fault.code, fault.message, fault.remedy);
    const clusterId = this.#known?.clusterOf.get(connectionId);
    if (clusterId === undefined) return undefined;
    const held = this.#parts.leases.held(clusterId);
    if (held === undefined) return unserved('meshery-core-1008', 'No bridge serves this cluster.', startOne);
    const said = saidOf(held.says);
    if (said !== undefined) return said;
    const message = 'The bridge was told of this cluster and has said nothing about it yet.';
    return { ...unserved('meshery-core-1008', message, 'Ask again in a few seconds.'), bridge: nameOf(held.holder) };
  }
}

const startOne = 'Start a bridge with MESHERY_BRIDGE_FROM_SERVER=true that is bound to this cluster.';

function unserved(code: string, message: string, remedy = ''): BrokerSubscription {
  return { isReached: false, bridge: '', code, message, remedy, at: '' };
}

/** Undefined when nothing was said. */
function saidOf(says: unknown): BrokerSubscription | undefined {
  return subscription.safeParse(says).data;
}

function nameOf(instance: string): string {
  return instance.slice(0, instance.lastIndexOf('/'));
}
