import type { Database, Statement } from 'better-sqlite3';
import type { CommittedChange, ObjectHead, StoredObject } from '../../inventory-store.ts';
import type { ConnectedClusters } from '../../shared/connected-clusters.ts';
import { decodePublishedId, matchesPublishedId } from '../../shared/published-id.ts';
import { openInventoryFile } from '../inventory-file.ts';
import { currentSeq } from './reader-queries.ts';
import { StaleClusters } from './stale-clusters.ts';
import { uidKey } from '../uid-key.ts';

/** A head with what only this store knows about it. */
export interface LocatedHead extends ObjectHead {
  readonly rowId: number;
}

type HeadTuple = [
  id: number,
  seq: number,
  cluster: number,
  type: number,
  ns: number,
  name: string,
  uid: string,
  version: string,
  created: string,
  stale: number | null,
];

interface LogRow {
  readonly seq: number;
  readonly id: number | null;
  readonly cluster: number;
  readonly type: number;
  readonly ns: number;
  readonly name: string;
  readonly uid: string;
  readonly version: string;
  readonly created: string;
}

interface TypeRow {
  readonly apiVersion: string;
  readonly kind: string;
  readonly model: string;
}

const headColumns = 'o.id, o.seq, o.cluster, o.type, o.ns, o.name, o.uid, o.resource_version, o.created, o.stale_since';

/** How the file is read. */
export interface LightReaderOptions {
  readonly busyTimeoutMs: number;
  readonly cacheBytes: number;
  readonly connected: Pick<ConnectedClusters, 'has'>;
}

/** Reads that touch a bounded number of rows; synchronous, on the calling thread. */
export class LightReader {
  readonly db: Database;
  readonly stale: StaleClusters;
  private readonly clusters = new Map<number, string>();
  private readonly types = new Map<number, TypeRow>();
  private readonly namespaces = new Map<number, string>();
  private readonly selectHead: Statement<unknown[], HeadTuple>;
  private readonly selectText: Statement<unknown[], string>;
  private readonly selectByUid: Statement<unknown[], HeadTuple>;
  private readonly selectByIdentity: Statement<unknown[], HeadTuple>;
  private readonly selectChanges: Statement<unknown[], LogRow>;
  private readonly selectCluster: Statement<unknown[], string>;
  private readonly selectType: Statement<unknown[], TypeRow>;
  private readonly selectNamespace: Statement<unknown[], string>;
  private readonly selectPruned: Statement<unknown[], number>;

  constructor(file: string, options: LightReaderOptions) {
    this.db = openInventoryFile(file, { readonly: true, fileMustExist: true, timeout: options.busyTimeoutMs });
    const { db } = this;
    db.pragma(`cache_size = -${Math.round(options.cacheBytes / 1024)}`);
    this.stale = new StaleClusters(db, options.connected);
    this.selectHead = db.prepare<unknown[], HeadTuple>(`SELECT ${headColumns} FROM objects o WHERE o.id = ?`).raw();
    this.selectText = db.prepare<unknown[], string>('SELECT json FROM texts WHERE id = ?').pluck();
    this.selectByUid = db
      .prepare<unknown[], HeadTuple>(`SELECT ${headColumns} FROM objects o WHERE o.uid_key = ? AND o.uid = ?`)
      .raw();
    this.selectByIdentity = db
      .prepare<unknown[], HeadTuple>(
        `SELECT ${headColumns} FROM resources r CROSS JOIN objects o
         WHERE r.family = r.id AND o.family = r.id AND o.ns = (SELECT id FROM namespaces WHERE name = ?) AND o.name = ?`,
      )
      .raw();
    this.selectChanges = db.prepare(
      `SELECT * FROM (
         SELECT seq, id, cluster, type, ns, name, uid, resource_version AS version, created FROM objects WHERE seq > @since
         ORDER BY seq LIMIT @limit)
       UNION ALL SELECT * FROM (
         SELECT seq, NULL, cluster, type, ns, name, uid, resource_version, created FROM tombstones WHERE seq > @since
         ORDER BY seq LIMIT @limit)
       ORDER BY 1 LIMIT @limit`,
    );
    this.selectCluster = db.prepare<unknown[], string>('SELECT cluster_id FROM clusters WHERE id = ?').pluck();
    this.selectType = db.prepare('SELECT api_version AS apiVersion, kind, model FROM types WHERE id = ?');
    this.selectNamespace = db.prepare<unknown[], string>('SELECT name FROM namespaces WHERE id = ?').pluck();
    this.selectPruned = db.prepare<unknown[], number>("SELECT value FROM meta WHERE key = 'pruned_seq'").pluck();
  }

  /** The change sequence of the newest commit. */
  get seq(): number {
    return currentSeq(this.db);
  }

  /** Up to where the log of changes may have holes. */
  get prunedSeq(): number {
    return this.selectPruned.get() ?? 0;
  }

  /** Runs reads on one view of the store. */
  snapshot<T>(read: () => T): T {
    this.db.exec('BEGIN');
    try {
      return read();
    } finally {
      this.db.exec('COMMIT');
    }
  }

  head(id: number): LocatedHead | undefined {
    const row = this.selectHead.get(id);
    return row === undefined ? undefined : this.toHead(row);
  }

  text(id: number): string | undefined {
    return this.selectText.get(id);
  }

  /** By uid, else by published id: every reading of its text is looked up, the stored object decides. */
  find(idOrUid: string): LocatedHead | undefined {
    if (idOrUid === '') return undefined;
    const byUid = this.selectByUid.get(uidKey(idOrUid), idOrUid);
    if (byUid !== undefined) return this.toHead(byUid);
    const decoded = decodePublishedId(idOrUid);
    for (const { namespace, name } of decoded?.candidates ?? []) {
      for (const row of this.selectByIdentity.all(namespace, name)) {
        const head = this.toHead(row);
        if (decoded !== undefined && matchesPublishedId(head, decoded)) return head;
      }
    }
    return undefined;
  }

  /** Rows and tombstones after a sequence, in order. */
  changes(seq: number, limit: number): CommittedChange[] {
    return this.selectChanges.all({ since: seq, limit }).map((row) => ({
      type: row.id === null ? 'delete' : 'upsert',
      head: this.logHead(row),
    }));
  }

  stored(head: LocatedHead): StoredObject | undefined {
    const json = this.text(head.rowId);
    return json === undefined ? undefined : { ...withoutRowId(head), json };
  }

  close(): void {
    this.db.close();
  }

  private toHead(row: HeadTuple): LocatedHead {
    const [rowId, seq, cluster, type, ns, name, uid, resourceVersion, creationTimestamp, stale] = row;
    const { apiVersion, kind, model } = this.typeOf(type);
    const head = {
      rowId,
      seq,
      clusterId: this.clusterOf(cluster),
      uid,
      apiVersion,
      kind,
      namespace: this.namespaceOf(ns),
      name,
      resourceVersion,
      creationTimestamp,
      model,
    };
    const staleSince = stale === null ? this.stale.sinceOf(head.clusterId) : new Date(stale).toISOString();
    return staleSince === undefined ? head : { ...head, staleSince };
  }

  private logHead(row: LogRow): ObjectHead {
    const { apiVersion, kind, model } = this.typeOf(row.type);
    return {
      seq: row.seq,
      clusterId: this.clusterOf(row.cluster),
      uid: row.uid,
      apiVersion,
      kind,
      namespace: this.namespaceOf(row.ns),
      name: row.name,
      resourceVersion: row.version,
      creationTimestamp: row.created,
      model,
    };
  }

  private clusterOf(id: number): string {
    return remember(this.clusters, id, () => this.selectCluster.get(id) ?? '');
  }

  private typeOf(id: number): TypeRow {
    return remember(this.types, id, () => this.selectType.get(id) ?? { apiVersion: '', kind: '', model: '' });
  }

  private namespaceOf(id: number): string {
    return remember(this.namespaces, id, () => this.selectNamespace.get(id) ?? '');
  }
}

/** Interned numbers never change their meaning, so what was read once stays right. */
function remember<T>(cache: Map<number, T>, id: number, read: () => T): T {
  const known = cache.get(id);
  if (known !== undefined) return known;
  const value = read();
  if (cache.size >= 20_000) cache.clear();
  cache.set(id, value);
  return value;
}

/** The head as callers see it. */
export function withoutRowId(head: LocatedHead): ObjectHead {
  const { rowId: _rowId, ...rest } = head;
  return rest;
}
