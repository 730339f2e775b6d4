import type { ClusterStatus } from '@meshery/contracts';
import { Injectable } from '@nestjs/common';
import type { ClusterScope } from './scope/cluster-scope.ts';

/** What is wrong with one source of discovery, as seen by the process that hosts it. */
export interface ClusterCondition {
  /** Name of the kubeconfig context. */
  readonly name: string;
  /** Empty while it is not known. */
  readonly apiServerUrl: string;
  readonly reason: string;
  readonly message: string;
  /** RFC 3339; when it was first seen, empty when unknown. */
  readonly since: string;
  /** The connection whose cluster it is; undefined where no connection could be made. */
  readonly connectionId?: string;
  /** The cluster, where it is known by its id and not only by its address. */
  readonly clusterId?: string;
  /** True when it can be read all the same: its state stays what it is. */
  readonly isRead?: boolean;
  /** True when the same API server is read through another context: the condition is that of this context alone. */
  readonly isReadOtherwise?: boolean;
}

/**
 * Conditions of sources that cannot reach their cluster or have no operator in it, so that a cluster that fails is seen
 * in the list and not only in a log. Asked for at each request: nothing is kept here.
 */
@Injectable()
export class ClusterConditions {
  readonly #sources: (() => readonly ClusterCondition[])[] = [];

  /** Adds a source of conditions for the life of the process. */
  watch(source: () => readonly ClusterCondition[]): void {
    this.#sources.push(source);
  }

  /** The stored clusters with the conditions of a scope laid over them; sources never seen before are listed without an id. */
  apply(clusters: readonly ClusterStatus[], scope: ClusterScope): readonly ClusterStatus[] {
    const result = [...clusters];
    for (const condition of this.#sources.flatMap((source) => source())) {
      if (!scope.hasConnection(condition.connectionId)) continue;
      const index = placeOf(result, condition);
      const known = result[index];
      if (known === undefined) result.push(unseen(condition));
      else result[index] = overlaid(known, condition);
    }
    return result;
  }
}

function overlaid(known: ClusterStatus, { reason, message, isRead }: ClusterCondition): ClusterStatus {
  return { ...known, state: isRead === true ? known.state : 'unreachable', reason, message };
}

function placeOf(
  clusters: readonly ClusterStatus[],
  { clusterId, apiServerUrl, isReadOtherwise }: ClusterCondition,
): number {
  if (clusterId !== undefined) return clusters.findIndex(({ id }) => id === clusterId);
  return newestAt(clusters, isReadOtherwise === true ? '' : apiServerUrl);
}

/** Several clusters may have lived behind one address; only the last one can be meant. */
function newestAt(clusters: readonly ClusterStatus[], apiServerUrl: string): number {
  let found = -1;
  for (const [index, cluster] of clusters.entries()) {
    if (apiServerUrl === '' || cluster.apiServerUrl !== apiServerUrl || cluster.id === '') continue;
    if (cluster.lastSeen >= (clusters[found]?.lastSeen ?? '')) found = index;
  }
  return found;
}

function unseen(condition: ClusterCondition): ClusterStatus {
  const { name, apiServerUrl, reason, message, since } = condition;
  return {
    ...{ id: '', name, apiServerUrl, source: 'embedded', state: 'unreachable', reason, message },
    ...{ firstSeen: since, lastSeen: '', objectCount: 0, kinds: [] },
  };
}
