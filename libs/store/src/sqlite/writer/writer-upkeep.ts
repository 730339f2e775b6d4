import { statSync } from 'node:fs';
import type { Database, Statement } from 'better-sqlite3';
import { tuning } from '../schema.ts';
import type { WriterData } from './writer-protocol.ts';

/** Labels and tombstones are pruned at most this often, in milliseconds. */
const pruneEveryMs = 600_000;

/**
 * What the writer does when nobody asks it for anything: cut the WAL, forget old tombstones and unused labels, give its
 * page cache back.
 */
export class WriterUpkeep {
  /** Pause until the next call while idle, in milliseconds. */
  readonly intervalMs = 60_000;
  private readonly db: Database;
  private readonly data: WriterData;
  private readonly sumRows: Statement<unknown[], { count: number }>;
  private prunedAt = 0;

  constructor(db: Database, data: WriterData) {
    this.db = db;
    this.data = data;
    this.sumRows = db.prepare('SELECT coalesce(sum(object_count), 0) AS count FROM resources');
  }

  countRows(): number {
    return this.sumRows.get()?.count ?? 0;
  }

  /** Size of the WAL in bytes. */
  get walBytes(): number {
    return statSync(`${this.data.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Returns true when rows were pruned, so that cached numbers have to be read again. */
  run(now: number): boolean {
    const due = now - this.prunedAt >= pruneEveryMs;
    if (due) {
      this.prunedAt = now;
      this.prune(now);
    }
    // A large one is copied back by another thread, which asks for the cut afterwards.
    if (this.walBytes < tuning.largeWalBytes) this.checkpoint();
    this.db.pragma('shrink_memory');
    return due;
  }

  /** Copies the WAL into the database and cuts it; gives up at once when a reader is in the way. */
  checkpoint(): void {
    this.db.pragma('busy_timeout = 50');
    this.db.pragma('wal_checkpoint(TRUNCATE)');
    this.db.pragma(`busy_timeout = ${this.data.busyTimeoutMs}`);
  }

  private prune(now: number): void {
    this.db.transaction(() => {
      this.pruneTombstones(now - this.data.tombstoneMs);
      this.db
        .prepare('DELETE FROM label_names WHERE NOT EXISTS (SELECT 1 FROM labels WHERE label = label_names.id)')
        .run();
    })();
  }

  /** Drops tombstones by age and by number, and remembers up to where the log of changes has holes. */
  private pruneTombstones(olderThan: number): void {
    const kept = this.db
      .prepare<unknown[], { seq: number }>('SELECT seq FROM tombstones ORDER BY seq DESC LIMIT 1 OFFSET ?')
      .get(this.data.maximumTombstones);
    const expired = this.db
      .prepare<unknown[], { seq: number | null }>('SELECT max(seq) AS seq FROM tombstones WHERE deleted_at < ?')
      .get(olderThan);
    const upTo = Math.max(kept?.seq ?? 0, expired?.seq ?? 0);
    if (upTo === 0) return;
    this.db.prepare('DELETE FROM tombstones WHERE seq <= ?').run(upTo);
    this.db.prepare("UPDATE meta SET value = max(value, ?) WHERE key = 'pruned_seq'").run(upTo);
  }
}
