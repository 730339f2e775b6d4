import type { Database, Statement } from 'better-sqlite3';

/** A head row as the writer needs it to decide what a change means. */
export interface HeadRow {
  readonly id: number;
  readonly cluster: number;
  readonly resource: number;
  readonly type: number;
  readonly ns: number;
  readonly name: string;
  readonly uid: string;
  readonly resource_version: string;
  readonly created: string;
  readonly generation: number;
  readonly stale_since: number | null;
  /** Numbers of its labels, ascending, joined by commas. */
  readonly labels: string;
}

/** A head row that is about to be written. */
export interface NewHead {
  readonly cluster: number;
  readonly resource: number;
  readonly family: number;
  readonly type: number;
  readonly ns: number;
  readonly name: string;
  readonly uid: string;
  readonly uidKey: number;
  readonly resourceVersion: string;
  readonly created: string;
  readonly generation: number;
  readonly labels: string;
}

const headColumns =
  'id, cluster, resource, type, ns, name, uid, resource_version, created, generation, stale_since, labels';

/*
 * Texts are bound as UTF-8 bytes: the cast only changes what SQLite calls them.
 */

/** Prepared statements over objects, texts, labels and tombstones. One object is a fixed number of calls. */
export class ObjectRows {
  private readonly selectByUid: Statement<unknown[], HeadRow>;
  private readonly selectByIdentity: Statement<unknown[], HeadRow>;
  private readonly selectById: Statement<unknown[], HeadRow>;
  private readonly insertHead: Statement;
  private readonly updateHead: Statement;
  private readonly touchHead: Statement;
  private readonly staleHead: Statement;
  private readonly deleteHead: Statement;
  private readonly insertText: Statement;
  private readonly updateText: Statement;
  private readonly deleteText: Statement;
  private readonly insertLabel: Statement;
  private readonly deleteLabel: Statement;
  private readonly insertTombstone: Statement;
  private readonly deleteTombstone: Statement;
  private readonly selectTombstone: Statement<unknown[], { seq: number }>;
  private readonly selectUnseen: Statement<unknown[], HeadRow>;
  private readonly selectOfCluster: Statement<unknown[], HeadRow>;
  private readonly deleteTombstones: Statement;
  private readonly prune: Statement;

  constructor(db: Database) {
    this.selectByUid = db.prepare(`SELECT ${headColumns} FROM objects WHERE uid_key = ? AND uid = ? AND cluster = ?`);
    this.selectByIdentity = db.prepare(`SELECT ${headColumns} FROM objects WHERE family = ? AND ns = ? AND name = ?`);
    this.selectById = db.prepare(`SELECT ${headColumns} FROM objects WHERE id = ?`);
    this.insertHead = db.prepare(
      `INSERT INTO objects (cluster, resource, family, type, ns, name, uid, uid_key, resource_version, created,
        generation, seq, stale_since, labels) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
    );
    this.updateHead = db.prepare(
      `UPDATE objects SET resource = ?, family = ?, type = ?, uid = ?, uid_key = ?, resource_version = ?, created = ?,
        generation = ?, seq = ?, stale_since = NULL, labels = ? WHERE id = ?`,
    );
    this.touchHead = db.prepare('UPDATE objects SET generation = ? WHERE id = ?');
    this.staleHead = db.prepare('UPDATE objects SET stale_since = ?, seq = ? WHERE id = ?');
    this.deleteHead = db.prepare('DELETE FROM objects WHERE id = ?');
    this.insertText = db.prepare('INSERT OR REPLACE INTO texts (id, json) VALUES (?, CAST(? AS TEXT))');
    this.updateText = db.prepare('UPDATE texts SET json = CAST(? AS TEXT) WHERE id = ?');
    this.deleteText = db.prepare('DELETE FROM texts WHERE id = ?');
    this.insertLabel = db.prepare('INSERT OR IGNORE INTO labels (label, object) VALUES (?, ?)');
    this.deleteLabel = db.prepare('DELETE FROM labels WHERE label = ? AND object = ?');
    this.insertTombstone = db.prepare(
      `INSERT INTO tombstones (seq, cluster, type, ns, name, uid, uid_key, resource_version, created, deleted_at,
        blocking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.deleteTombstone = db.prepare('DELETE FROM tombstones WHERE uid_key = ? AND uid = ? AND cluster = ?');
    this.selectTombstone = db.prepare(
      'SELECT seq FROM tombstones WHERE uid_key = ? AND uid = ? AND cluster = ? AND blocking = 1',
    );
    this.selectUnseen = db.prepare(
      `SELECT ${headColumns} FROM objects WHERE family = ? AND resource = ? AND generation < ?`,
    );
    this.selectOfCluster = db.prepare(`SELECT ${headColumns} FROM objects WHERE cluster = ? LIMIT ?`);
    this.deleteTombstones = db.prepare('DELETE FROM tombstones WHERE cluster = ?');
    this.prune = db.prepare("UPDATE meta SET value = max(value, ?) WHERE key = 'pruned_seq'");
  }

  byUid(cluster: number, uid: string, key: number): HeadRow | undefined {
    return this.selectByUid.get(key, uid, cluster);
  }

  byIdentity(family: number, ns: number, name: string): HeadRow | undefined {
    return this.selectByIdentity.get(family, ns, name);
  }

  byId(id: number): HeadRow | undefined {
    return this.selectById.get(id);
  }

  /** Rows of a kind that the current snapshot has not named. */
  unseen(family: number, resource: number, generation: number): HeadRow[] {
    return this.selectUnseen.all(family, resource, generation);
  }

  /** Some rows of a cluster. */
  ofCluster(cluster: number, limit: number): HeadRow[] {
    return this.selectOfCluster.all(cluster, limit);
  }

  /** Forgets the tombstones of a cluster; the log of changes has holes up to a sequence. Returns how many there were. */
  forgetTombstones(cluster: number, seq: number): number {
    this.prune.run(seq);
    return this.deleteTombstones.run(cluster).changes;
  }

  insert(head: NewHead, seq: number, text: Uint8Array): void {
    const { lastInsertRowid } = this.insertHead.run(
      head.cluster,
      head.resource,
      head.family,
      head.type,
      head.ns,
      head.name,
      head.uid,
      head.uidKey,
      head.resourceVersion,
      head.created,
      head.generation,
      seq,
      head.labels,
    );
    this.insertText.run(lastInsertRowid, text);
    if (head.labels !== '') this.addLabels(Number(lastInsertRowid), head.labels);
  }

  update(row: HeadRow, head: NewHead, seq: number, text: Uint8Array): void {
    this.updateHead.run(
      head.resource,
      head.family,
      head.type,
      head.uid,
      head.uidKey,
      head.resourceVersion,
      head.created,
      head.generation,
      seq,
      head.labels,
      row.id,
    );
    this.updateText.run(text, row.id);
    if (row.labels === head.labels) return;
    this.dropLabels(row);
    if (head.labels !== '') this.addLabels(row.id, head.labels);
  }

  /** Marks a row as seen by the current snapshot; not a change. */
  touch(id: number, generation: number): void {
    this.touchHead.run(generation, id);
  }

  stale(id: number, since: number, seq: number): void {
    this.staleHead.run(since, seq, id);
  }

  delete(row: HeadRow): void {
    this.dropLabels(row);
    this.deleteText.run(row.id);
    this.deleteHead.run(row.id);
  }

  /** Leaves the trace of a deleted row; a blocking one refuses late upserts of its uid. */
  bury(row: Omit<HeadRow, 'id' | 'resource' | 'generation' | 'stale_since' | 'labels'>, grave: Grave): void {
    const { cluster, type, ns, name, uid, resource_version: version, created } = row;
    const blocking = grave.blocking ? 1 : 0;
    this.insertTombstone.run(
      grave.seq,
      cluster,
      type,
      ns,
      name,
      uid,
      grave.uidKey,
      version,
      created,
      grave.at,
      blocking,
    );
  }

  /** True when a delete of this uid was committed and is still remembered. */
  isBuried(cluster: number, uid: string, key: number): boolean {
    return this.selectTombstone.get(key, uid, cluster) !== undefined;
  }

  /** Forgets the tombstones of a uid that lives; returns how many there were. */
  unbury(cluster: number, uid: string, key: number): number {
    return this.deleteTombstone.run(key, uid, cluster).changes;
  }

  private addLabels(id: number, labels: string): void {
    for (const label of labels.split(',')) this.insertLabel.run(Number(label), id);
  }

  private dropLabels(row: HeadRow): void {
    if (row.labels === '') return;
    for (const label of row.labels.split(',')) this.deleteLabel.run(Number(label), row.id);
  }
}

/** Facts of a tombstone beside those of its row. */
export interface Grave {
  readonly seq: number;
  readonly uidKey: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly blocking: boolean;
}
