import type { OperatorCluster } from './operator-cluster.ts';

/** A cluster that was given to a bridge of this server. */
export interface Lease {
  readonly id: string;
  readonly clusterId: string;
  /** Instance of the bridge that has it. */
  readonly holder: string;
  /** As it was told last; undefined before this server told it. */
  told: OperatorCluster | undefined;
  /** When it was taken away, on the monotonic clock; the bridge may still serve it until it says otherwise. */
  withdrawnAt?: number;
  /** What the bridge says about the cluster; undefined before it said something. */
  says: unknown;
}

/** A bridge that follows: what it is told. */
export interface Follower {
  /** Name of its binding and id of its process. */
  readonly instance: string;
  /** The clusters that it is bound to; `*` for all. */
  readonly clusters: ReadonlySet<string>;
  /** It is known to all servers: what it holds is its own, and it is told what it gets. */
  welcome(): void;
  assign(lease: Pick<Lease, 'id' | 'clusterId'>, cluster: OperatorCluster): void;
  /** `leaseId` is empty for a cluster that it serves without a lease of this server. */
  withdraw(clusterId: string, leaseId: string): void;
  /** Ends its stream: it was silent. */
  cut(): void;
  /** Ends its stream in good order. */
  end(): void;
}
