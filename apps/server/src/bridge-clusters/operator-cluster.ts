import type { MesheryError } from '@meshery/errors';

/** A cluster whose broker a bridge is to serve. Holds a secret: never log it. */
export interface OperatorCluster {
  /** Uid of namespace kube-system. */
  readonly clusterId: string;
  /** The connection whose credential is used, and its name. */
  readonly connectionId: string;
  readonly name: string;
  /** One context with everything it needs inside. */
  readonly kubeconfig: string;
}

/** What bridges are to serve now. */
export interface OperatorClusterSet {
  /** By cluster id. */
  readonly clusters: ReadonlyMap<string, OperatorCluster>;
  /** Ids of clusters by those of all connections to them. */
  readonly clusterOf: ReadonlyMap<string, string>;
  /** Why a connection is of no use, by its id. */
  readonly faults: ReadonlyMap<string, MesheryError>;
}
