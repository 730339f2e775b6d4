import type { ObjectChange, RawChange } from '@meshery/contracts';
import type { Database, Statement } from 'better-sqlite3';
import type { CommittedChange, ObjectHead } from '../../inventory-store.ts';
import { sources } from '../../shared/wire-codes.ts';
import type { Interner } from './intern.ts';
import type { HeadRow, NewHead, ObjectRows } from './object-rows.ts';
import type { ClusterRow, ResourceRow, RunRows } from './run-rows.ts';
import { uidKey } from '../uid-key.ts';

/** Where a change happens. */
export interface ChangeScope {
  readonly cluster: ClusterRow;
  readonly resource: ResourceRow;
  /** Unix milliseconds of the transaction. */
  readonly now: number;
  /** Collects changes of rows that the batch does not name. */
  readonly extra: CommittedChange[];
}

/** Counters of the change log; cached, written with every transaction. */
export interface ChangeLog {
  /** The next change gets `seq + 1`. */
  seq: number;
  tombstones: number;
}

/** What a change writer works with; all on one connection. */
export interface ChangeParts {
  readonly rows: ObjectRows;
  readonly interner: Interner;
  readonly runs: RunRows;
  readonly log: ChangeLog;
}

/** Applies object changes to rows. Every method runs inside the transaction of the engine. */
export class ChangeWriter {
  private readonly rows: ObjectRows;
  private readonly interner: Interner;
  private readonly log: ChangeLog;
  private readonly runs: RunRows;
  private readonly selectNames: Statement<unknown[], { apiVersion: string; kind: string; namespace: string }>;

  constructor(db: Database, parts: ChangeParts) {
    this.rows = parts.rows;
    this.interner = parts.interner;
    this.log = parts.log;
    this.runs = parts.runs;
    this.selectNames = db.prepare(
      `SELECT t.api_version AS apiVersion, t.kind, n.name AS namespace FROM types t, namespaces n
       WHERE t.id = ? AND n.id = ?`,
    );
  }

  /** Returns the change sequence of the row, or 0 when nothing changed. */
  upsert(scope: ChangeScope, object: RawChange): number {
    const { cluster, resource } = scope;
    const key = uidKey(object.uid);
    const ns = this.interner.namespace(object.namespace);
    const found = object.uid === '' ? undefined : this.rows.byUid(cluster.id, object.uid, key);
    const row = found ?? this.rows.byIdentity(resource.family, ns, object.name);
    if (row !== undefined && isUnchanged(row, object, resource)) {
      if (row.generation !== resource.generation) this.rows.touch(row.id, resource.generation);
      return 0;
    }
    if (found === undefined && this.refuses(scope, object, key)) return 0;
    const head = this.newHead(scope, object, { ns, key });
    if (row === undefined) return this.insert(head, resource, object.text);
    if (row.uid !== '' && object.uid !== '' && row.uid !== object.uid) {
      this.remove(scope, row, true);
      return this.insert(head, resource, object.text);
    }
    this.log.seq += 1;
    this.rows.update(row, head, this.log.seq, object.text);
    if (row.resource !== resource.id) {
      this.runs.countElsewhere(cluster, row.resource, -1);
      resource.objectCount += 1;
    }
    return this.log.seq;
  }

  /** Applies a delete only when its uid is the row's; returns the change sequence, or 0. */
  delete(scope: ChangeScope, object: ObjectChange): number {
    const { cluster, resource } = scope;
    const key = uidKey(object.uid);
    const row =
      object.uid === ''
        ? this.rows.byIdentity(resource.family, this.interner.namespace(object.namespace), object.name)
        : this.rows.byUid(cluster.id, object.uid, key);
    if (row !== undefined && row.uid === object.uid) return this.bury(scope, row, object.uid !== '');
    if (object.uid !== '' && !this.rows.isBuried(cluster.id, object.uid, key)) this.buryUnknown(scope, object, key);
    return 0;
  }

  /** Deletes the rows of a kind that its snapshot did not name; those of a publisher without epochs become stale. */
  sweep(scope: ChangeScope): void {
    const { resource, cluster, now } = scope;
    for (const row of this.rows.unseen(resource.family, resource.id, resource.generation)) {
      if (cluster.source !== sources.published) this.remove(scope, row, false);
      else if (row.stale_since === null) {
        this.log.seq += 1;
        this.rows.stale(row.id, now, this.log.seq);
        scope.extra.push({ type: 'upsert', head: this.headOf(scope.cluster, row, this.log.seq) });
      }
    }
  }

  /** Deletes every row of a kind that is gone or left out; its uids may come back. */
  clear(scope: ChangeScope): void {
    const { resource } = scope;
    for (const row of this.rows.unseen(resource.family, resource.id, Number.MAX_SAFE_INTEGER)) {
      this.remove(scope, row, false);
    }
    resource.objectCount = 0;
  }

  /** Deletes one row and tells readers. */
  remove(scope: ChangeScope, row: HeadRow, blocking: boolean): void {
    const seq = this.bury(scope, row, blocking);
    scope.extra.push({ type: 'delete', head: this.headOf(scope.cluster, row, seq) });
  }

  /** Deletes rows of a cluster, whatever their kind, up to a number; true when there may be more. */
  removeSome({ cluster, now, extra }: Omit<ChangeScope, 'resource'>, limit: number): boolean {
    const rows = this.rows.ofCluster(cluster.id, limit);
    for (const row of rows) {
      const resource = this.runs.resourceById(cluster, row.resource);
      if (resource !== undefined) this.remove({ cluster, resource, now, extra }, row, false);
    }
    return rows.length === limit;
  }

  /** Forgets what was ever deleted of a cluster: the log of changes begins after it. */
  forgetDeletes({ id }: ClusterRow): void {
    this.log.tombstones -= this.rows.forgetTombstones(id, this.log.seq);
  }

  private bury(scope: ChangeScope, row: HeadRow, blocking: boolean): number {
    this.log.seq += 1;
    this.log.tombstones += 1;
    this.rows.delete(row);
    this.rows.bury(row, { seq: this.log.seq, uidKey: uidKey(row.uid), at: scope.now, blocking });
    if (row.resource === scope.resource.id) scope.resource.objectCount -= 1;
    else this.runs.countElsewhere(scope.cluster, row.resource, -1);
    return this.log.seq;
  }

  /** Remembers the delete of an object that was never seen, so that its late upsert is refused. */
  private buryUnknown(scope: ChangeScope, object: ObjectChange, key: number): void {
    this.log.seq += 1;
    this.log.tombstones += 1;
    const row = {
      cluster: scope.cluster.id,
      type: this.interner.type(object.apiVersion, object.kind),
      ns: this.interner.namespace(object.namespace),
      name: object.name,
      uid: object.uid,
      resource_version: object.resourceVersion,
      created: object.creationTimestamp,
    };
    this.rows.bury(row, { seq: this.log.seq, uidKey: key, at: scope.now, blocking: true });
  }

  /**
   * True when the uid was deleted and this upsert is late. A snapshot of an agent that counts is the truth (a cluster
   * restored from a backup has old uids again): it lifts the tombstone.
   */
  private refuses(scope: ChangeScope, object: ObjectChange, key: number): boolean {
    if (this.log.tombstones === 0 || object.uid === '') return false;
    const { cluster, resource } = scope;
    if (!this.rows.isBuried(cluster.id, object.uid, key)) return false;
    if (!resource.snapshotOpen || cluster.source === sources.published) return true;
    this.log.tombstones -= this.rows.unbury(cluster.id, object.uid, key);
    return false;
  }

  private insert(head: NewHead, resource: ResourceRow, text: Uint8Array): number {
    this.log.seq += 1;
    this.rows.insert(head, this.log.seq, text);
    resource.objectCount += 1;
    return this.log.seq;
  }

  private newHead(scope: ChangeScope, object: ObjectChange, known: { ns: number; key: number }): NewHead {
    return {
      cluster: scope.cluster.id,
      resource: scope.resource.id,
      family: scope.resource.family,
      type: this.interner.type(object.apiVersion, object.kind),
      ns: known.ns,
      name: object.name,
      uid: object.uid,
      uidKey: known.key,
      resourceVersion: object.resourceVersion,
      created: object.creationTimestamp,
      generation: scope.resource.generation,
      labels: this.labelNumbers(object.labels),
    };
  }

  private labelNumbers(labels: Readonly<Record<string, string>>): string {
    const numbers: number[] = [];
    for (const key of Object.keys(labels)) numbers.push(this.interner.label(key, labels[key] ?? ''));
    return numbers.sort((left, right) => left - right).join(',');
  }

  private headOf(cluster: ClusterRow, row: HeadRow, seq: number): ObjectHead {
    const names = this.selectNames.get(row.type, row.ns);
    return {
      seq,
      clusterId: cluster.clusterId,
      uid: row.uid,
      apiVersion: names?.apiVersion ?? '',
      kind: names?.kind ?? '',
      namespace: names?.namespace ?? '',
      name: row.name,
      resourceVersion: row.resource_version,
      creationTimestamp: row.created,
    };
  }
}

function isUnchanged(row: HeadRow, object: ObjectChange, resource: ResourceRow): boolean {
  return (
    row.resource_version === object.resourceVersion &&
    object.resourceVersion !== '' &&
    row.uid === object.uid &&
    row.resource === resource.id &&
    row.stale_since === null
  );
}
