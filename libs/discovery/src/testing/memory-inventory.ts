import { ChangeType, KindState, RunVerdict, Verdict } from '@meshery/contracts';
import type {
  AgentReport,
  Batch,
  BatchOutcome,
  Checkpoint,
  IngestControl,
  IngestPort,
  KindReport,
  ObjectChange,
  OpenRunRequest,
  OpenRunResponse,
} from '@meshery/contracts';

interface StoredKind {
  incarnation: string;
  sequence: number;
  epoch: number;
  open: boolean;
  began: boolean;
  resourceVersion: string;
  report: KindReport | undefined;
}

/** A stored object and the epoch that named it last. */
export interface StoredRow {
  readonly kind: string;
  epoch: number;
  change: ObjectChange;
}

/** An IngestPort that applies the rules of the store in memory: runs, sequences, epochs, sweeps, tombstones. */
export class MemoryInventory implements IngestPort {
  readonly rows = new Map<string, StoredRow>();
  readonly kinds = new Map<string, StoredKind>();
  readonly tombstones = new Set<string>();
  readonly batches: Batch[] = [];
  readonly agentReports: AgentReport[] = [];
  /** Called before a batch is applied; may delay it, or reject to lose it. */
  before: (batch: Batch) => Promise<void> = () => Promise.resolve();
  /** Called before openRun is answered. */
  beforeOpen: () => Promise<void> = () => Promise.resolve();
  keepBatches = true;
  #incarnation = '';
  #onControl: ((control: IngestControl) => void) | undefined;
  readonly #listeners = new Set<() => void>();

  async openRun(request: OpenRunRequest): Promise<OpenRunResponse> {
    await this.beforeOpen();
    if (request.incarnation < this.#incarnation) return { verdict: RunVerdict.RUN_VERDICT_SUPERSEDED, checkpoints: [] };
    this.#incarnation = request.incarnation;
    const checkpoints: Checkpoint[] = [...this.kinds].map(([kind, { epoch, resourceVersion, open }]) => ({
      kind,
      epoch,
      resourceVersion: open ? '' : resourceVersion,
      objectCount: [...this.rows.values()].filter((row) => row.kind === kind).length,
    }));
    return { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints };
  }

  async send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    await this.before(batch);
    signal.throwIfAborted();
    const answer = this.#apply(batch);
    for (const listener of this.#listeners) listener();
    return answer;
  }

  controls(_clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    this.#onControl = onControl;
    return new Promise((resolve) => {
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
  }

  /** Asks the running agent for something. */
  control(control: IngestControl): void {
    this.#onControl?.(control);
  }

  /** Resolves when the condition holds, looked at after every batch; rejects after `ms`. */
  async until(condition: () => boolean, what: string, ms = 20_000): Promise<void> {
    if (condition()) return;
    const found: PromiseWithResolvers<void> = Promise.withResolvers();
    const listener = (): void => {
      if (condition()) found.resolve();
    };
    const timer = setTimeout(() => {
      found.reject(new Error(`waited ${String(ms)} ms in vain for: ${what}`));
    }, ms);
    this.#listeners.add(listener);
    try {
      await found.promise;
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(listener);
    }
  }

  state(kind: string): KindState | undefined {
    return this.kinds.get(kind)?.report?.state;
  }

  #apply(batch: Batch): BatchOutcome {
    const { clusterId, incarnation, sequence } = batch;
    const answer = { clusterId, incarnation, kind: batch.kind, sequence, reason: '', expectedSequence: 0 };
    if (incarnation < this.#incarnation) return { ...answer, verdict: Verdict.VERDICT_SUPERSEDED };
    this.#incarnation = incarnation;
    const kind = this.#kind(batch);
    const refused = judge(batch, kind);
    if (refused !== undefined) return { ...answer, verdict: refused, expectedSequence: kind.sequence + 1 };
    kind.sequence = sequence;
    if (this.keepBatches) this.batches.push(batch);
    this.#applyBody(batch, kind);
    return { ...answer, verdict: Verdict.VERDICT_COMMITTED };
  }

  #kind(batch: Batch): StoredKind {
    const fresh = { sequence: 0, epoch: 0, open: false, began: false, resourceVersion: '', report: undefined };
    const kind = this.kinds.get(batch.kind) ?? { ...fresh, incarnation: batch.incarnation };
    if (kind.incarnation !== batch.incarnation) kind.sequence = 0;
    kind.incarnation = batch.incarnation;
    this.kinds.set(batch.kind, kind);
    return kind;
  }

  #applyBody(batch: Batch, kind: StoredKind): void {
    const { body } = batch;
    switch (body?.$case) {
      case 'snapshotBegin':
        Object.assign(kind, { epoch: batch.epoch, open: true, began: true });
        break;
      case 'changes':
        for (const change of body.value.objects) this.#change(batch, change);
        if (body.value.resourceVersion !== '') kind.resourceVersion = body.value.resourceVersion;
        break;
      case 'snapshotEnd':
        this.#remove((row) => row.kind === batch.kind && row.epoch < batch.epoch);
        Object.assign(kind, { open: false, resourceVersion: body.value.resourceVersion });
        break;
      case 'kindReport':
        this.#kindReport(batch, kind, body.value);
        break;
      case 'agentReport':
        this.agentReports.push(body.value);
        break;
      case undefined:
        break;
    }
  }

  #kindReport(batch: Batch, kind: StoredKind, report: KindReport): void {
    kind.report = report;
    const gone = report.state === KindState.KIND_STATE_REMOVED || report.state === KindState.KIND_STATE_EXCLUDED;
    if (!gone) return;
    this.#remove((row) => row.kind === batch.kind);
    Object.assign(kind, { resourceVersion: '', open: false });
  }

  #change(batch: Batch, change: ObjectChange): void {
    if (change.type === ChangeType.CHANGE_TYPE_DELETE) {
      this.rows.delete(change.uid);
      this.tombstones.add(change.uid);
      return;
    }
    if (this.tombstones.has(change.uid)) return;
    this.rows.set(change.uid, { kind: batch.kind, epoch: batch.epoch, change });
  }

  #remove(gone: (row: StoredRow) => boolean): void {
    for (const [uid, row] of this.rows) if (gone(row)) this.rows.delete(uid);
  }
}

/** The verdict that refuses a batch; undefined when it is to be applied. */
function judge(batch: Batch, kind: StoredKind): Verdict | undefined {
  if (batch.sequence <= kind.sequence) return Verdict.VERDICT_DUPLICATE;
  if (batch.body?.$case === 'snapshotBegin') return undefined;
  if (batch.sequence !== kind.sequence + 1) return Verdict.VERDICT_GAP;
  return !isChange(batch) || (batch.epoch === kind.epoch && kind.began) ? undefined : Verdict.VERDICT_GAP;
}

function isChange(batch: Batch): boolean {
  return batch.body?.$case === 'changes' || batch.body?.$case === 'snapshotEnd';
}
