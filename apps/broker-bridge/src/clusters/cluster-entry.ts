import type { ClusterAccess } from '@meshery/kube';
import type { SourceCondition } from '../sources/link-source.ts';

/** A cluster that may be asked for its brokers. */
export interface ClusterEntry {
  /** In logs, conditions and names of links; unique. */
  readonly name: string;
  /** A change of it means that the cluster is reached in another way now. */
  readonly fingerprint: string;
  /** The bridge runs in this cluster. */
  readonly inCluster: boolean;
  /** The only cluster that it may be, by its id; whatever is there without it. */
  readonly clusterId?: string;
  /** Reads certificates and tokens anew at each call; rejects with a coded error. */
  readonly access: () => Promise<ClusterAccess>;
}

/** The clusters that are known now. */
export interface ClusterEntries {
  readonly entries: readonly ClusterEntry[];
  /** By file. */
  readonly conditions: ReadonlyMap<string, SourceCondition>;
  readonly failure?: SourceCondition;
}

/** Names clusters. */
export interface ClusterList {
  /** They were given to this replica alone: it does not share them with others. */
  readonly isAssigned?: boolean;
  /**
   * Tells all of them at each change, until the signal aborts. What a cluster was served with that is not told any more
   * has ended when the promise of `onEntries` resolves; it does not reject.
   */
  follow(onEntries: (entries: ClusterEntries) => Promise<void>, signal: AbortSignal): Promise<void>;
}

/** The one cluster that the bridge itself runs in. */
export function ownCluster(access: () => Promise<ClusterAccess>): ClusterList {
  const entries = [{ name: 'in-cluster', fingerprint: 'in-cluster', inCluster: true, access }];
  return {
    follow: (onEntries) => onEntries({ entries, conditions: new Map() }),
  };
}
