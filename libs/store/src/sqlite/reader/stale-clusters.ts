import type { Database, Statement } from 'better-sqlite3';
import { staleSince } from '../../shared/cluster-status.ts';
import type { ConnectedClusters } from '../../shared/connected-clusters.ts';
import type { StoredCluster } from '../../shared/cluster-status.ts';

type ClusterRow = Pick<StoredCluster, 'clusterId' | 'state' | 'lastSeen'>;

const columns = 'cluster_id AS clusterId, state, last_seen AS lastSeen';

/** The clusters whose rows are not kept up to date, in memory: asked for every row that is read. */
export class StaleClusters {
  private readonly marks = new Map<string, string>();
  private readonly connected: Pick<ConnectedClusters, 'has'>;
  private readonly select: Statement<unknown[], ClusterRow>;
  private readonly selectAll: Statement<unknown[], ClusterRow>;

  constructor(db: Database, connected: Pick<ConnectedClusters, 'has'>) {
    this.connected = connected;
    this.select = db.prepare(`SELECT ${columns} FROM clusters WHERE cluster_id = ?`);
    this.selectAll = db.prepare(`SELECT ${columns} FROM clusters`);
    this.lookAtAll();
  }

  /** RFC 3339; undefined for a cluster whose rows are kept up to date. */
  sinceOf(clusterId: string): string | undefined {
    return this.marks.get(clusterId);
  }

  /** Looks at these clusters again; true when rows of one say something else now. */
  look(clusterIds: Iterable<string>): boolean {
    let isChanged = false;
    for (const id of clusterIds) if (this.mark(id, this.select.get(id))) isChanged = true;
    return isChanged;
  }

  lookAtAll(): void {
    this.marks.clear();
    for (const row of this.selectAll.all()) this.mark(row.clusterId, row);
  }

  private mark(id: string, row: ClusterRow | undefined): boolean {
    const since = row === undefined ? undefined : staleSince(row, this.connected.has(id));
    const mark = since === undefined ? undefined : new Date(since).toISOString();
    if (mark === this.marks.get(id)) return false;
    if (mark === undefined) this.marks.delete(id);
    else this.marks.set(id, mark);
    return true;
  }
}
