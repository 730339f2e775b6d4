import { errorMessage } from '../shared/error-code.ts';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import { busyError, unreachableError } from '../shared/errors.ts';
import { verdicts } from '../shared/wire-codes.ts';
import { commitChannel, noteText } from './pg-commit-feed.ts';
import { applyWork, parkBatch } from './pg-engine.ts';
import type { PgResult, PgTurn, PgWork } from './pg-engine.ts';
import { pgFault } from './pg-pool.ts';
import type { PgPool } from './pg-pool.ts';

/** Works of one transaction, at most. */
const maximumWorks = 64;
const firstPauseMs = 50;
const longestPauseMs = 2000;

/** Number of the advisory lock that makes one writer of all processes on the database. */
const writerLock = 0x4d455348;

/** What a committed transaction did. */
export interface PgCommit {
  /** The change sequence that the transaction found, and the one that it left. */
  readonly before: number;
  readonly seq: number;
  readonly works: readonly PgWork[];
  readonly results: readonly PgResult[];
  /** Clusters whose state or kind states changed. */
  readonly clusterIds: readonly string[];
  readonly ms: number;
}

/** What the writer is made of. */
export interface PgWriterOptions {
  /** Who this process is in the notes that tell others of a commit. */
  readonly id: string;
  readonly pool: PgPool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly maximumQueued: number;
  readonly onCommit: (commit: PgCommit) => void;
  readonly onFault: (message: string | undefined) => void;
}

interface Entry {
  readonly work: PgWork;
  readonly resolve: (result: PgResult) => void;
  readonly reject: (error: MesheryError) => void;
}

type Moved = Pick<PgCommit, 'before' | 'seq'>;

/** How a transaction ended: committed, to be divided, or given up because the store closes. */
type Ended = 'done' | 'split' | 'closed';

/** The one writer of this process: groups what is queued into transactions and repeats them until they commit. */
export class PgWriter {
  private readonly options: PgWriterOptions;
  private readonly queue: Entry[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private draining = false;
  private inTransaction = 0;
  private faultMessage: string | undefined;
  private closing = false;

  constructor(options: PgWriterOptions) {
    this.options = options;
  }

  get queued(): number {
    return this.queue.length + this.inTransaction;
  }

  get fault(): string | undefined {
    return this.faultMessage;
  }

  /** Queues work; resolves after its commit. */
  submit(work: PgWork): Promise<PgResult> {
    if (this.closing) return Promise.reject(busyError('The store is closing.'));
    if (this.queued >= this.options.maximumQueued) {
      return Promise.reject(busyError('The queue of the inventory is full.'));
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ work, resolve, reject });
      if (!this.draining) this.running = this.drain();
    });
  }

  /** Commits what was accepted; what does not commit within the deadline is rejected. */
  async close(deadlineMs: number): Promise<void> {
    this.closing = true;
    const timer = setTimeout(() => this.stopping.abort(), this.faultMessage === undefined ? deadlineMs : 0);
    await this.running;
    clearTimeout(timer);
  }

  private async drain(): Promise<void> {
    this.draining = true;
    try {
      while (this.queue.length > 0) {
        const entries = this.queue.splice(0, maximumWorks);
        this.inTransaction = entries.length;
        const ended = await this.commitUntilDone(entries);
        if (ended === 'closed' || (ended === 'split' && (await this.commitEach(entries)) === 'closed')) return;
      }
    } finally {
      // In the same turn in which the queue was found empty: work that comes later starts a new round.
      this.draining = false;
    }
  }

  /** Repeats one transaction until it commits, has to be split, or the store is closed. */
  private async commitUntilDone(entries: readonly Entry[]): Promise<Ended> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      const ended = await this.tryCommit(entries);
      if (ended !== 'again') return ended;
      if (!(await this.stopped(pauseMs))) continue;
      this.rejectAll(entries);
      return 'closed';
    }
  }

  /** Works that the server refuses for what they are: each alone, the refused ones are parked. */
  private async commitEach(entries: readonly Entry[]): Promise<Ended> {
    for (const [index, entry] of entries.entries()) {
      if ((await this.commitUntilDone([entry])) !== 'closed') continue;
      this.rejectAll(entries.slice(index + 1));
      return 'closed';
    }
    return 'done';
  }

  /** True when the store closes meanwhile. */
  private async stopped(ms: number): Promise<boolean> {
    await this.options.clock.sleep(ms, this.stopping.signal).catch(() => undefined);
    return this.stopping.signal.aborted;
  }

  private rejectAll(entries: readonly Entry[]): void {
    for (const entry of [...entries, ...this.queue.splice(0)]) entry.reject(unreachableError(this.faultMessage));
    this.inTransaction = 0;
  }

  private async tryCommit(entries: readonly Entry[]): Promise<Ended | 'again'> {
    try {
      this.settle(entries, await this.commit(entries.map((entry) => entry.work)));
      return 'done';
    } catch (error) {
      if (pgFault(error) !== 'other') return this.waitOut(error);
      const [entry] = entries;
      return entries.length > 1 || entry === undefined ? 'split' : this.park(entry, errorMessage(error));
    }
  }

  private waitOut(error: unknown): 'again' {
    if (pgFault(error) !== 'again') this.setFault(errorMessage(error));
    return 'again';
  }

  private async park(entry: Entry, reason: string): Promise<'done' | 'again'> {
    this.options.logger.warn({ reason }, 'a batch was parked');
    try {
      const { work } = entry;
      if (work.type === 'ingest') {
        await this.transaction(async (turn) => {
          await parkBatch(turn, work.batch, reason);
          return [];
        });
      }
    } catch (error) {
      if (pgFault(error) !== 'other') return this.waitOut(error);
      this.options.logger.error({ reason: errorMessage(error) }, 'a batch could not even be parked');
    }
    this.inTransaction = Math.max(0, this.inTransaction - 1);
    entry.resolve({ verdict: verdicts.parked, reason, expectedSequence: 0 });
    return 'done';
  }

  private settle(entries: readonly Entry[], commit: PgCommit): void {
    this.setFault(undefined);
    this.inTransaction = Math.max(0, this.inTransaction - entries.length);
    this.options.onCommit(commit);
    for (const [index, entry] of entries.entries()) {
      const result = commit.results[index];
      if (result !== undefined) entry.resolve(result);
    }
  }

  private async commit(works: readonly PgWork[]): Promise<PgCommit> {
    const started = this.options.clock.monotonic();
    const results: PgResult[] = [];
    const moved = await this.transaction(async (turn) => {
      for (const work of works) results.push(await applyWork(turn, work));
      return touchedBy(results);
    });
    return { ...moved, works, results, clusterIds: touchedBy(results), ms: this.options.clock.monotonic() - started };
  }

  /** Runs one transaction under the writer lock, which says what clusters it touched; the others hear of it. */
  private async transaction(run: (turn: PgTurn) => Promise<readonly string[]>): Promise<Moved> {
    const client = await this.options.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [writerLock]);
      const { rows } = await client.query<{ value: number }>("SELECT value FROM inventory.meta WHERE key = 'seq'");
      const before = rows[0]?.value ?? 0;
      const turn = { client, now: this.options.clock.now(), log: { seq: before } };
      const clusterIds = await run(turn);
      const { seq } = turn.log;
      if (seq !== before || clusterIds.length > 0) {
        await client.query("UPDATE inventory.meta SET value = $1 WHERE key = 'seq' RETURNING pg_notify($2, $3)", [
          seq,
          commitChannel,
          noteText({ from: this.options.id, seq, clusterIds }),
        ]);
      }
      await client.query('COMMIT');
      return { before, seq };
    } catch (error) {
      broken = await rollback(client, error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private setFault(message: string | undefined): void {
    if (message === this.faultMessage) return;
    this.faultMessage = message;
    this.options.onFault(message);
  }
}

function touchedBy(results: readonly PgResult[]): readonly string[] {
  return [...new Set(results.flatMap(({ touched }) => (touched === undefined ? [] : [touched])))];
}

/** Returns an error when the connection cannot be used again. */
async function rollback(client: { query(text: string): Promise<unknown> }, error: unknown): Promise<Error | undefined> {
  if (pgFault(error) === 'unreachable') return new Error('the connection broke');
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
  }
}
