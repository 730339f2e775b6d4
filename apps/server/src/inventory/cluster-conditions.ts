import type { ClusterStatus } from '@meshery/contracts';
import { Injectable } from '@nestjs/common';

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
  /** True when the same API server is read through another context: the condition is that of this context alone. */
  readonly isReadOtherwise?: boolean;
}

/**
 * Conditions of sources that cannot reach their cluster, so that a cluster that fails is seen in the list and not
 * only in a log. Asked for at each request: nothing is kept here.
 */
@Injectable()
export class ClusterConditions {
  readonly #sources: (() => readonly ClusterCondition[])[] = [];

  /** Adds a source of conditions for the life of the process. */
  watch(source: () => readonly ClusterCondition[]): void {
    this.#sources.push(source);
  }

  /** The stored clusters with the conditions laid over them; sources never seen before are listed without an id. */
  apply(clusters: readonly ClusterStatus[]): readonly ClusterStatus[] {
    const result = [...clusters];
    for (const condition of this.#sources.flatMap((source) => source())) {
      const index = newestAt(result, condition.isReadOtherwise === true ? '' : condition.apiServerUrl);
      const known = result[index];
      if (known === undefined) result.push(unseen(condition));
      else result[index] = { ...known, state: 'unreachable', reason: condition.reason, message: condition.message };
    }
    return result;
  }
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
