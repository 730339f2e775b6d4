import type { RequestContext } from '@meshery/observability';
import type { BrokerSubscription } from '../bridge-clusters/bridge-reports.ts';

/** What is known about one part that runs in a cluster. */
export interface PartFacts {
  /** Empty when unknown. */
  readonly version: string;
  readonly isReady: boolean;
  /** It is being removed. */
  readonly isLeaving: boolean;
  /** Why it is not ready, for people; empty when nothing was said. */
  readonly message: string;
}

/** A broker, and where it is reached. */
export interface BrokerFacts extends PartFacts {
  /** host:port; empty while there is none. */
  readonly external: string;
  readonly internal: string;
}

/** A MeshSync, and what it publishes to. */
export interface MeshSyncFacts extends PartFacts {
  readonly publishingTo: string;
}

/** What is known about the controllers of one connection. Absent parts are not there. */
export interface ControllerFacts {
  readonly connectionId: string;
  /** Who discovers the cluster: this server itself, or what the operator runs in it. */
  readonly mode: 'operator' | 'embedded';
  /** Why the parts could not be looked at, with its code; what is known of them is nothing then. */
  readonly fault?: { readonly code: string; readonly message: string; readonly remedy: string };
  readonly operator?: PartFacts;
  readonly meshSync?: MeshSyncFacts;
  readonly broker?: BrokerFacts;
  /** What discovery of this cluster says of itself. */
  readonly discovery: { readonly state: string; readonly message: string; readonly version: string };
  /** Whether a bridge is subscribed to the broker; absent where this server gives the cluster to no bridge. */
  readonly subscription?: BrokerSubscription;
}

/** Knows the controllers of connections. */
export interface ControllerSource {
  /** Undefined for a connection that is unknown to whoever asks. */
  facts(ctx: RequestContext, connectionId: string): Promise<ControllerFacts | undefined>;
}

/** Injection token of the `ControllerSource`. */
export const CONTROLLER_SOURCE = Symbol('meshery.server.ControllerSource');
