import { errorMessage } from '../../shared/error-code.ts';
import { setTimeout as schedule, clearTimeout } from 'node:timers';
import type { Database } from 'better-sqlite3';
import { removedAtOnce } from '../../shared/remove-cluster.ts';
import { verdicts } from '../../shared/wire-codes.ts';
import { faultKind, faultMessage } from '../faults.ts';
import { openInventoryFile } from '../inventory-file.ts';
import { configureWriter, migrate, proveWritable, readVersion, schemaVersion } from '../schema.ts';
import { WriterEngine } from './writer-engine.ts';
import { WriterUpkeep } from './writer-upkeep.ts';
import type { WorkResult, WriterData, WriterEvent, WriterStats, WriterWork } from './writer-protocol.ts';

/** First and longest pause between tries while the disk refuses writes, in milliseconds. */
const firstPauseMs = 50;
const longestPauseMs = 1000;

/** Upkeep runs when nothing was written for this long. */
const idleMs = 500;

/** Counts travel with a commit at most this often. */
const statsEveryMs = 100;

/** How the loop reaches its surroundings; the thread gives it the message port. */
export interface WriterPort {
  post(event: WriterEvent): void;
  /** More work that has already arrived, without waiting. */
  poll(): WriterWork | undefined;
}

/** The life of the writer thread: gathers work into transactions, commits, answers, and waits out a full disk. */
export class WriterLoop {
  private readonly data: WriterData;
  private readonly port: WriterPort;
  private readonly queue: WriterWork[] = [];
  private db: Database;
  private engine: WriterEngine | undefined;
  private upkeep: WriterUpkeep | undefined;
  private pauseMs = 0;
  private retry: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;
  private ended = false;
  private commitMs = 0;
  private changedRows = 0;
  private statsAt = 0;

  constructor(data: WriterData, port: WriterPort) {
    this.data = data;
    this.port = port;
    this.db = openInventoryFile(data.file, { timeout: data.busyTimeoutMs });
  }

  /** Opens and migrates; says `ready`, or why not. */
  start(): void {
    try {
      const found = readVersion(this.db);
      if (found > schemaVersion) {
        this.ended = true;
        this.db.close();
        this.port.post({ type: 'refused', reason: 'newer', found });
        return;
      }
      this.prepare();
      proveWritable(this.db);
      this.port.post({ type: 'ready', seq: this.engine?.seq ?? 0, stats: this.stats() });
      this.scheduleUpkeep();
    } catch (error) {
      this.fail(error);
      if (!this.ended) this.retry = schedule(() => this.start(), this.pauseMs);
    }
  }

  add(work: WriterWork): void {
    if (this.ended) return;
    this.queue.push(work);
    if (this.retry === undefined && this.engine !== undefined) this.pump();
  }

  /** Cuts the WAL, which was copied back a moment ago. */
  cutLog(): void {
    if (this.retry !== undefined || this.ended) return;
    try {
      this.upkeep?.checkpoint();
    } catch (error) {
      this.recover(error);
    }
  }

  /** Commits what was accepted, as far as the disk allows, and closes. */
  close(): void {
    if (this.retry === undefined) this.pump();
    this.ended = true;
    clearTimeout(this.retry);
    clearTimeout(this.idle);
    if (this.db.open) this.closeFile();
    this.port.post({ type: 'closed' });
  }

  private closeFile(): void {
    try {
      if (this.retry === undefined) this.upkeep?.checkpoint();
    } catch (error) {
      // What is committed stays in the WAL; the next start copies it.
      this.port.post({ type: 'fault', message: faultMessage(error) });
    }
    this.closeQuietly();
  }

  private prepare(): void {
    configureWriter(this.db);
    migrate(this.db, Date.now());
    this.engine = new WriterEngine(this.db);
    this.upkeep = new WriterUpkeep(this.db, this.data);
  }

  private pump(): void {
    while (this.queue.length > 0 && !this.ended) {
      if (!this.writeOnce()) return;
    }
    this.scheduleUpkeep();
  }

  /** One transaction over what is queued and what arrives meanwhile; false when writing has to pause. */
  private writeOnce(): boolean {
    const { engine } = this;
    if (engine === undefined) return false;
    const taken: WriterWork[] = [];
    const started = performance.now();
    try {
      engine.begin();
      const results = this.gather(engine, { taken, started });
      engine.commit(Date.now());
      this.answer(results, started);
      return true;
    } catch (error) {
      this.queue.unshift(...taken);
      return this.recover(error);
    }
  }

  private gather(engine: WriterEngine, turn: { taken: WriterWork[]; started: number }): WorkResult[] {
    const results: WorkResult[] = [];
    const now = Date.now();
    for (let rows = 0; rows < this.data.maximumRows;) {
      const work = this.queue.shift() ?? this.port.poll();
      if (work === undefined) break;
      turn.taken.push(work);
      results.push(engine.apply(work, now));
      rows += sizeOf(work);
      if (performance.now() - turn.started >= this.data.maximumMs) break;
    }
    return results;
  }

  private answer(results: readonly WorkResult[], started: number): void {
    this.commitMs = performance.now() - started;
    this.changedRows = results.reduce(
      (sum, result) => sum + (result.seqs?.length ?? 0) + (result.extra?.length ?? 0),
      0,
    );
    if (this.pauseMs > 0) {
      this.pauseMs = 0;
      this.port.post({ type: 'recovered' });
    }
    const due = performance.now() - this.statsAt >= statsEveryMs;
    const stats = due ? { stats: this.stats() } : {};
    const { commitMs, changedRows } = this;
    this.port.post({ type: 'committed', seq: this.engine?.seq ?? 0, results, commitMs, changedRows, ...stats });
  }

  /** Returns true when the caller may go on at once. */
  private recover(error: unknown): boolean {
    if (faultKind(error) === 'other') {
      this.engine?.rollback(this.db.inTransaction);
      return this.isolate(error);
    }
    this.fail(error);
    if (this.ended) return false;
    this.retry = schedule(() => this.reopen(), this.pauseMs);
    return false;
  }

  /** A batch that no disk refuses but SQLite or our code does: every batch alone, the failing one is parked. */
  private isolate(cause: unknown): boolean {
    const { engine } = this;
    const work = this.queue.shift();
    if (engine === undefined || work === undefined) throw cause;
    const started = performance.now();
    try {
      engine.begin();
      const result = engine.apply(work, Date.now());
      engine.commit(Date.now());
      this.answer([result], started);
    } catch (error) {
      if (faultKind(error) !== 'other') {
        this.queue.unshift(work);
        return this.recover(error);
      }
      engine.rollback(this.db.inTransaction);
      this.park(engine, work, error);
    }
    return true;
  }

  private park(engine: WriterEngine, work: WriterWork, error: unknown): void {
    const started = performance.now();
    const reason = errorMessage(error);
    engine.begin();
    if (work.type === 'ingest') engine.park(work.batch, reason, Date.now());
    engine.commit(Date.now());
    this.answer([{ id: work.id, verdict: verdicts.parked, reason, expectedSequence: 0 }], started);
  }

  private fail(error: unknown): void {
    if (faultKind(error) === 'corrupt') {
      this.ended = true;
      this.closeQuietly();
      this.port.post({ type: 'corrupt', message: errorMessage(error) });
      return;
    }
    this.pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, this.pauseMs * 2));
    this.port.post({ type: 'fault', message: faultMessage(error) });
  }

  /** A connection that met an I/O error may hold a broken view of the file: a new one starts clean. */
  private reopen(): void {
    this.retry = undefined;
    try {
      this.closeQuietly();
      this.db = openInventoryFile(this.data.file, { timeout: this.data.busyTimeoutMs });
      this.prepare();
      this.pump();
    } catch (error) {
      this.recover(error);
    }
  }

  private closeQuietly(): void {
    this.engine = undefined;
    try {
      this.db.close();
    } catch {
      // Closing a connection whose file is damaged or gone fails; there is nothing left to release.
    }
  }

  private scheduleUpkeep(): void {
    clearTimeout(this.idle);
    this.idle = schedule(() => this.runUpkeep(), idleMs);
    this.idle.unref();
  }

  private runUpkeep(): void {
    const { engine, upkeep } = this;
    if (engine === undefined || upkeep === undefined || this.retry !== undefined || this.ended) return;
    try {
      if (upkeep.run(Date.now())) {
        engine.reload();
        engine.forgetInterned();
      }
      this.port.post({ type: 'stats', stats: this.stats(true) });
      this.idle = schedule(() => this.runUpkeep(), upkeep.intervalMs);
      this.idle.unref();
    } catch (error) {
      if (this.db.inTransaction) engine.rollback(true);
      this.recover(error);
    }
  }

  private stats(idle = false): WriterStats {
    const { engine } = this;
    this.statsAt = performance.now();
    return {
      rows: this.upkeep?.countRows() ?? 0,
      tombstones: engine?.tombstones ?? 0,
      parked: engine?.parkedCount ?? 0,
      walBytes: this.upkeep?.walBytes ?? 0,
      idle,
    };
  }
}

function sizeOf(work: WriterWork): number {
  if (work.type === 'remove-cluster') return removedAtOnce;
  if (work.type === 'components') return work.sightings.length;
  return work.type === 'ingest' ? (work.changes?.count ?? 1) : 1;
}
