import type { Batch, RawChange } from '@meshery/contracts';
import type { Database, Statement } from 'better-sqlite3';

/** Only the newest ones are kept, each cut to this many characters. */
const maximumParked = 200;
const maximumBody = 64 * 1024;

/** What could not be stored, with its reason, for a person to look at. */
export class ParkedRows {
  /** Parked since this writer started. */
  total = 0;
  private readonly insert: Statement;
  private readonly prune: Statement;
  private readonly deleteOfCluster: Statement;

  constructor(db: Database) {
    this.insert = db.prepare(
      `INSERT INTO parked (cluster_id, resource, incarnation, sequence, reason, body, parked_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.prune = db.prepare('DELETE FROM parked WHERE id <= (SELECT max(id) FROM parked) - ?');
    this.deleteOfCluster = db.prepare('DELETE FROM parked WHERE cluster_id = ?');
  }

  add(batch: Batch, reason: string, now: number): void {
    const body = JSON.stringify(batch.body ?? {}).slice(0, maximumBody);
    this.total += 1;
    this.insert.run(batch.clusterId, batch.kind, batch.incarnation, batch.sequence, reason, body, now);
    this.prune.run(maximumParked);
  }

  forget(clusterId: string): void {
    this.deleteOfCluster.run(clusterId);
  }

  addObject(batch: Batch, object: RawChange, facts: { reason: string; now: number }): void {
    const { apiVersion, kind, namespace, name, uid, text } = object;
    const json = Buffer.from(text.subarray(0, maximumBody)).toString('utf8');
    const body = JSON.stringify({ apiVersion, kind, namespace, name, uid, json });
    this.total += 1;
    this.insert.run(batch.clusterId, batch.kind, batch.incarnation, batch.sequence, facts.reason, body, facts.now);
    this.prune.run(maximumParked);
  }
}
