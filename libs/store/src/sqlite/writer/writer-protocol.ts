import type { Batch, OpenRunRequest, OpenRunResponse, Verdict } from '@meshery/contracts';
import type { CommittedChange } from '../../inventory-store.ts';
import type { ComponentWork } from '../../shared/component-sql.ts';

/** What the writer thread is started with. */
export interface WriterData {
  readonly file: string;
  readonly maximumRows: number;
  readonly maximumMs: number;
  readonly tombstoneMs: number;
  readonly maximumTombstones: number;
  readonly busyTimeoutMs: number;
}

/** Messages from the store to its writer thread. */
export type WriterRequest =
  | {
      readonly type: 'ingest';
      readonly id: number;
      /** Without its objects when it carries changes. */
      readonly batch: Batch;
      /** The encoded Changes message and how many objects it holds; shared memory is looked at without a copy. */
      readonly changes?: { readonly bytes: Uint8Array; readonly count: number };
    }
  | { readonly type: 'open-run'; readonly id: number; readonly request: OpenRunRequest }
  | { readonly type: 'remove'; readonly id: number; readonly rowId: number; readonly uid: string }
  | { readonly type: 'remove-cluster'; readonly id: number; readonly clusterId: string }
  | (ComponentWork & { readonly id: number })
  | { readonly type: 'ping'; readonly id: number }
  /** The WAL was copied back: cut it. */
  | { readonly type: 'cut-log' }
  | { readonly type: 'close' };

/** Requests that change the store. */
export type WriterWork = Extract<
  WriterRequest,
  { readonly type: 'ingest' | 'open-run' | 'remove' | 'remove-cluster' | 'components' }
>;

/** The result of one piece of work. */
export interface WorkResult {
  readonly id: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly expectedSequence: number;
  /** For each object of the batch its new change sequence, 0 where nothing changed; absent when nothing did. */
  readonly seqs?: Float64Array;
  /** Changes of rows that the batch does not name: swept, replaced, staled, removed. */
  readonly extra?: readonly CommittedChange[];
  /** Cluster whose state or kind states changed. */
  readonly touched?: string;
  /** Answer of `open-run`. */
  readonly opened?: OpenRunResponse;
  /** Answer of `remove` and `remove-cluster`. */
  readonly removed?: boolean;
  /** Answer of `remove-cluster`: rows are left. */
  readonly isPartial?: boolean;
}

/** Counts that the writer reports with every commit. */
export interface WriterStats {
  readonly rows: number;
  readonly tombstones: number;
  readonly parked: number;
  readonly walBytes: number;
  /** Nothing was written for a while. */
  readonly idle: boolean;
}

/** Messages from the writer thread. */
export type WriterEvent =
  | { readonly type: 'ready'; readonly seq: number; readonly stats: WriterStats }
  | {
      readonly type: 'committed';
      readonly seq: number;
      readonly results: readonly WorkResult[];
      /** Duration of the transaction, from its first statement to its commit. */
      readonly commitMs: number;
      readonly changedRows: number;
      readonly stats?: WriterStats;
    }
  | { readonly type: 'pong'; readonly id: number }
  | { readonly type: 'fault'; readonly message: string }
  | { readonly type: 'recovered' }
  | { readonly type: 'stats'; readonly stats: WriterStats }
  | { readonly type: 'refused'; readonly reason: 'newer'; readonly found: number }
  | { readonly type: 'corrupt'; readonly message: string }
  | { readonly type: 'closed' };
