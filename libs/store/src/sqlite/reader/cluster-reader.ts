import type { Database } from 'better-sqlite3';
import type { StoredCluster, StoredKind } from '../../shared/cluster-status.ts';

type ClusterRow = Omit<StoredCluster, 'kinds'> & { readonly id: number };
type KindRow = Omit<StoredKind, 'namespaced'> & { readonly cluster: number; readonly namespaced: number };

/** All clusters with their kinds, by name. */
export function readClusters(db: Database): StoredCluster[] {
  const kinds = db
    .prepare<unknown[], KindRow>(
      `SELECT cluster, resource, object_kind AS objectKind, namespaced, incarnation, state, reason,
         message, object_count AS objectCount, since FROM resources ORDER BY cluster, resource`,
    )
    .all();
  return db
    .prepare<unknown[], ClusterRow>(
      `SELECT id, cluster_id AS clusterId, name, api_server_url AS apiServerUrl, source, incarnation, state,
         reason, message, first_seen AS firstSeen, last_seen AS lastSeen FROM clusters ORDER BY name, cluster_id`,
    )
    .all()
    .map((cluster) => ({
      ...cluster,
      kinds: kinds
        .filter((kind) => kind.cluster === cluster.id)
        .map((kind) => ({ ...kind, namespaced: kind.namespaced === 1 })),
    }));
}
