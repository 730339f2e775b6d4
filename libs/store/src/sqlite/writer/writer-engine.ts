import { decodeChanges } from '@meshery/contracts';
import type { Batch, OpenRunRequest } from '@meshery/contracts';
import type { Database, Statement } from 'better-sqlite3';
import type { CommittedChange } from '../../inventory-store.ts';
import { malformedReason, whyNotStorable } from '../../shared/storable.ts';
import { removedAtOnce } from '../../shared/remove-cluster.ts';
import { judge } from '../../shared/judge.ts';
import type { Judgement } from '../../shared/judge.ts';
import { changeTypes, kindStates, runVerdicts, verdicts } from '../../shared/wire-codes.ts';
import { noteComponents } from '../component-rows.ts';
import { ChangeWriter } from './change-writer.ts';
import type { ChangeLog, ChangeScope } from './change-writer.ts';
import { Interner } from './intern.ts';
import { ObjectRows } from './object-rows.ts';
import { ParkedRows } from './parked-rows.ts';
import { RunRows } from './run-rows.ts';
import type { WorkResult, WriterWork } from './writer-protocol.ts';

/**
 * The rules of the inventory on one SQLite connection: every piece of work is applied inside the transaction that the
 * caller opened with `begin` and ends with `commit` or `rollback`. Synchronous; used by the writer thread only.
 */
export class WriterEngine {
  private readonly db: Database;
  private readonly log: ChangeLog = { seq: 0, tombstones: 0 };
  private readonly interner: Interner;
  private readonly runs: RunRows;
  private readonly rows: ObjectRows;
  private readonly parked: ParkedRows;
  private readonly changes: ChangeWriter;
  private readonly beginStatement: Statement;
  private readonly commitStatement: Statement;
  private readonly rollbackStatement: Statement;
  private readonly selectSeq: Statement<unknown[], { value: number }>;
  private readonly writeSeq: Statement;
  private readonly countTombstones: Statement<unknown[], { count: number }>;

  constructor(db: Database) {
    this.db = db;
    this.interner = new Interner(db);
    this.runs = new RunRows(db);
    this.rows = new ObjectRows(db);
    this.parked = new ParkedRows(db);
    const { rows, interner, runs, log } = this;
    this.changes = new ChangeWriter(db, { rows, interner, runs, log });
    this.beginStatement = db.prepare('BEGIN IMMEDIATE');
    this.commitStatement = db.prepare('COMMIT');
    this.rollbackStatement = db.prepare('ROLLBACK');
    this.selectSeq = db.prepare("SELECT value FROM meta WHERE key = 'seq'");
    this.writeSeq = db.prepare("UPDATE meta SET value = ? WHERE key = 'seq'");
    this.countTombstones = db.prepare('SELECT count(*) AS count FROM tombstones');
    this.reload();
  }

  /** Greatest change sequence given out. */
  get seq(): number {
    return this.log.seq;
  }

  get tombstones(): number {
    return this.log.tombstones;
  }

  get parkedCount(): number {
    return this.parked.total;
  }

  begin(): void {
    this.beginStatement.run();
  }

  /** Writes positions and the sequence, then commits. */
  commit(now: number): void {
    this.runs.flush(now);
    this.writeSeq.run(this.log.seq);
    this.commitStatement.run();
  }

  /** Ends a failed transaction (SQLite may have done so already) and drops everything cached from it. */
  rollback(inTransaction: boolean): void {
    if (inTransaction) this.rollbackStatement.run();
    this.interner.forget();
    this.runs.forget();
    this.reload();
  }

  /** Counts and positions as committed; also needed after another statement changed them. */
  reload(): void {
    this.log.seq = this.selectSeq.get()?.value ?? 0;
    this.log.tombstones = this.countTombstones.get()?.count ?? 0;
  }

  /** Interned labels were pruned: cached numbers may be gone. */
  forgetInterned(): void {
    this.interner.forget();
  }

  apply(work: WriterWork, now: number): WorkResult {
    if (work.type === 'open-run') return this.openRun(work.id, work.request, now);
    if (work.type === 'remove') return this.remove(work.id, { rowId: work.rowId, uid: work.uid }, now);
    if (work.type === 'remove-cluster') return this.removeCluster(work.id, work.clusterId, now);
    if (work.type === 'components') return this.noteComponents(work);
    return this.ingest(work.id, work, now);
  }

  /** Keeps a batch aside that cannot be applied, and goes on after it. */
  park(batch: Batch, reason: string, now: number): void {
    const cluster = this.runs.cluster(batch.clusterId, now);
    const resource = this.runs.resource(cluster, batch.kind, now);
    if (judge(batch, cluster, resource).verdict === verdicts.committed) this.runs.advance(resource, batch);
    this.parked.add(batch, reason, now);
  }

  private openRun(id: number, request: OpenRunRequest, now: number): WorkResult {
    const cluster = this.runs.cluster(request.clusterId, now);
    if (request.incarnation < cluster.incarnation) {
      const reason = `run ${cluster.incarnation} is newer`;
      const opened = { verdict: runVerdicts.superseded, checkpoints: [] };
      return { id, verdict: verdicts.superseded, reason, expectedSequence: 0, opened };
    }
    this.runs.openRun(cluster, request, now);
    const checkpoints = this.runs.checkpoints(cluster);
    const opened = { verdict: runVerdicts.accepted, checkpoints };
    return { id, verdict: verdicts.committed, reason: '', expectedSequence: 0, opened, touched: cluster.clusterId };
  }

  private remove(id: number, target: { rowId: number; uid: string }, now: number): WorkResult {
    const base = { id, verdict: verdicts.committed, reason: '', expectedSequence: 0 };
    const row = this.rows.byId(target.rowId);
    const cluster = row === undefined ? undefined : this.runs.clusterById(row.cluster, now);
    if (row?.uid !== target.uid || cluster === undefined) return { ...base, removed: false };
    const resource = this.runs.resourceById(cluster, row.resource);
    if (resource === undefined) return { ...base, removed: false };
    const extra: CommittedChange[] = [];
    this.changes.remove({ cluster, resource, now, extra }, row, false);
    this.runs.markDirty(resource);
    return { ...base, removed: true, extra };
  }

  private removeCluster(id: number, clusterId: string, now: number): WorkResult {
    const base = { id, verdict: verdicts.committed, reason: '', expectedSequence: 0 };
    const cluster = this.runs.knownCluster(clusterId);
    if (cluster === undefined) return { ...base, removed: false };
    const extra: CommittedChange[] = [];
    const isPartial = this.changes.removeSome({ cluster, now, extra }, removedAtOnce);
    if (!isPartial) {
      this.changes.forgetDeletes(cluster);
      this.runs.remove(cluster);
      this.parked.forget(clusterId);
    }
    return { ...base, removed: true, isPartial, extra, touched: clusterId };
  }

  private noteComponents(work: Extract<WriterWork, { type: 'components' }>): WorkResult {
    noteComponents(this.db, work);
    return { id: work.id, verdict: verdicts.committed, reason: '', expectedSequence: 0 };
  }

  private ingest(id: number, { batch, changes }: IngestWork, now: number): WorkResult {
    const malformed = malformedReason(batch);
    if (malformed !== undefined) {
      this.parked.add(batch, malformed, now);
      return { id, verdict: verdicts.parked, reason: malformed, expectedSequence: 0 };
    }
    const cluster = this.runs.cluster(batch.clusterId, now);
    const resource = this.runs.resource(cluster, batch.kind, now);
    const judgement = judge(batch, cluster, resource);
    if (judgement.verdict !== verdicts.committed) return { id, ...judgement };
    if (batch.incarnation > cluster.incarnation) cluster.incarnation = batch.incarnation;
    this.runs.see(cluster);
    this.runs.advance(resource, batch);
    const scope: ChangeScope = { cluster, resource, now, extra: [] };
    if (changes !== undefined) return { id, ...judgement, ...this.applyChanges(scope, batch, changes.bytes) };
    return { id, ...judgement, ...this.applyBody(scope, batch) };
  }

  private applyBody(scope: ChangeScope, batch: Batch): Partial<WorkResult> {
    const { resource, extra } = scope;
    const { body } = batch;
    switch (body?.$case) {
      case 'snapshotBegin':
        resource.generation += 1;
        resource.epoch = batch.epoch;
        resource.snapshotOpen = true;
        return {};
      case 'snapshotEnd':
        this.changes.sweep(scope);
        resource.snapshotOpen = false;
        resource.resourceVersion = body.value.resourceVersion;
        return extra.length > 0 ? { extra } : {};
      case 'kindReport':
        return this.applyKindReport(scope, body.value);
      case 'agentReport':
        this.runs.reportAgent(scope.cluster, body.value.state, body.value.reason, body.value.message);
        return { touched: scope.cluster.clusterId };
      case 'changes':
      case undefined:
        return {};
    }
  }

  private applyChanges(scope: ChangeScope, batch: Batch, bytes: Uint8Array): Partial<WorkResult> {
    const { objects, resourceVersion } = decodeChanges(bytes);
    const seqs = new Float64Array(objects.length);
    let refusal: Judgement | undefined;
    let changed = false;
    for (const [index, object] of objects.entries()) {
      const reason = whyNotStorable(object, object.text.byteLength);
      if (reason !== undefined) {
        refusal ??= { verdict: verdicts.parked, reason, expectedSequence: 0 };
        this.parked.addObject(batch, object, { reason, now: scope.now });
        continue;
      }
      const seq =
        object.type === changeTypes.delete ? this.changes.delete(scope, object) : this.changes.upsert(scope, object);
      seqs[index] = seq;
      changed ||= seq > 0;
    }
    if (resourceVersion !== '') scope.resource.resourceVersion = resourceVersion;
    const extra = scope.extra.length > 0 ? { extra: scope.extra } : {};
    return { ...(changed ? { seqs } : {}), ...extra, ...refusal };
  }

  private applyKindReport(scope: ChangeScope, report: KindReport): Partial<WorkResult> {
    const { resource, cluster, extra, now } = scope;
    if (resource.state !== report.state) resource.since = now;
    resource.state = report.state;
    resource.reason = report.reason;
    resource.message = report.message;
    if (report.objectKind !== '') resource.objectKind = report.objectKind;
    resource.namespaced = report.namespaced;
    if (report.state === kindStates.removed || report.state === kindStates.excluded) {
      this.changes.clear(scope);
      resource.resourceVersion = '';
      resource.snapshotOpen = false;
    }
    return { touched: cluster.clusterId, ...(extra.length > 0 ? { extra } : {}) };
  }
}

type IngestWork = Extract<WriterWork, { type: 'ingest' }>;
type KindReport = Extract<NonNullable<Batch['body']>, { $case: 'kindReport' }>['value'];
