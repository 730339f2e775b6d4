import type { Clock, Logger } from '@meshery/observability';
import type { CommitNotice } from '../inventory-store.ts';
import { errorMessage } from '../shared/error-code.ts';
import type { PgReader } from './pg-reader.ts';

/** Changes of other processes that are read at once. */
const pageSize = 500;
const retryMs = 500;
/** PostgreSQL takes notifications of less than 8000 bytes. */
const longestNote = 7900;

/** The channel on which a process tells the others of a commit. */
export const commitChannel = 'meshery_inventory';

/** What a process tells the others of a commit; without `clusterIds` it may have touched any. */
export interface CommitNote {
  readonly from: string;
  readonly seq: number;
  readonly clusterIds?: readonly string[];
}

/** A commit of this process. `before` is the change sequence that the transaction found. */
export interface OwnCommit {
  readonly before: number;
  readonly notices: readonly CommitNotice[];
}

/** The text of a note. */
export function noteText(note: CommitNote): string {
  const text = JSON.stringify(note);
  return Buffer.byteLength(text) <= longestNote ? text : JSON.stringify({ ...note, clusterIds: undefined });
}

/** What a feed is made of. */
export interface PgCommitFeedOptions {
  /** Who this process is in notes. */
  readonly id: string;
  readonly reader: Pick<PgReader, 'seq' | 'resetSeq' | 'clusters' | 'changesSince'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tell: (notice: CommitNotice) => void;
  /** Hears which clusters are reported to other processes. */
  readonly onReported: (clusterIds: readonly string[]) => void;
}

/**
 * Puts the commits of all processes in one order. A commit of this process that follows what was told last is told as
 * it is, at once; everything else is read from the log of changes, so that nothing is told twice or left out.
 */
export class PgCommitFeed {
  readonly #options: PgCommitFeedOptions;
  readonly #stop = new AbortController();
  readonly #touched = new Set<string>();
  /** Everything up to here was told. */
  #told = 0;
  #wanted = 0;
  /** True when notes may be missing: there may be more changes, and any cluster may have been touched. */
  #isUnsure = false;
  #pump: Promise<void> | undefined;

  constructor(options: PgCommitFeedOptions) {
    this.#options = options;
  }

  /** Begins at the newest commit. */
  async start(): Promise<void> {
    this.#told = Math.max(this.#told, await this.#options.reader.seq());
  }

  /** Resolves when nothing is told any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#pump;
  }

  /** Hears of a commit of this process. */
  hearOwn({ before, notices }: OwnCommit): void {
    const seq = notices.at(-1)?.seq ?? before;
    if (this.#pump === undefined && before === this.#told) {
      this.#told = seq;
      for (const notice of notices) this.#options.tell(notice);
      return;
    }
    this.#want(
      seq,
      notices.flatMap(({ clusterIds }) => clusterIds),
    );
  }

  /** Hears a note of any process; undefined says that some may have been missed. */
  hearNote(text: string | undefined): void {
    const note = text === undefined ? undefined : (JSON.parse(text) as CommitNote);
    if (note?.from === this.#options.id) return;
    this.#isUnsure ||= note?.clusterIds === undefined;
    this.#options.onReported(note?.clusterIds ?? []);
    this.#want(note?.seq ?? 0, note?.clusterIds ?? []);
  }

  #want(seq: number, clusterIds: readonly string[]): void {
    this.#wanted = Math.max(this.#wanted, seq);
    for (const id of clusterIds) this.#touched.add(id);
    this.#pump ??= this.#run().finally(() => {
      this.#pump = undefined;
    });
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted && (this.#isUnsure || this.#touched.size > 0 || this.#wanted > this.#told)) {
      try {
        await this.#tellPage();
      } catch (error) {
        // What was not told stays wanted.
        logger.warn({ reason: errorMessage(error) }, 'commits of other servers cannot be read yet');
        await clock.sleep(retryMs, signal).catch(() => undefined);
      }
    }
  }

  async #tellPage(): Promise<void> {
    const { reader, tell } = this.#options;
    const wasUnsure = this.#isUnsure;
    const wanted = this.#wanted;
    this.#isUnsure = false;
    try {
      const touched = wasUnsure ? (await reader.clusters()).map(({ clusterId }) => clusterId) : [];
      const page = await reader.changesSince(this.#told, pageSize);
      const broken = page.reset ? await this.#whyAnew() : {};
      const changes = page.reset ? [] : page.changes;
      const clusterIds = [...new Set([...this.#touched, ...touched])];
      this.#touched.clear();
      this.#told = page.seq;
      // Whatever was wanted before the page was read is in it, or in the next one.
      if (!page.reset && page.more) this.#wanted = Math.max(this.#wanted, page.seq + 1);
      else if (this.#wanted === wanted) this.#wanted = page.seq;
      tell({ seq: page.seq, changes, clusterIds, ...broken });
    } catch (error) {
      this.#isUnsure ||= wasUnsure;
      throw error;
    }
  }

  async #whyAnew(): Promise<Pick<CommitNotice, 'reset' | 'gap'>> {
    const isEmptied = (await this.#options.reader.resetSeq()) > this.#told;
    return isEmptied ? { reset: 'the inventory was emptied' } : { gap: 'the change log does not reach back that far' };
  }
}
