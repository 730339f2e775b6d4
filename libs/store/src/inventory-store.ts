import type { ComponentTable } from './component-state.ts';
import type { Batch, BatchOutcome, ClusterStatus, OpenRunRequest, OpenRunResponse } from '@meshery/contracts';

/** Columns a page can be sorted by; the published names. */
export type SortColumn = 'name' | 'kind' | 'namespace' | 'api_version' | 'creation_timestamp' | 'model';

/** What rows to select. Every list is an "any of"; absent means no restriction. */
export interface ObjectFilter {
  /** Empty selects nothing (the published rule for an omitted `clusterIds` is applied at the edge). */
  readonly clusterIds: readonly string[] | 'all';
  readonly kinds?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly models?: readonly string[];
  /** Every pair must match. */
  readonly labels?: readonly { readonly key: string; readonly value: string }[];
  /** Case-insensitive substring of the name. */
  readonly search?: string;
}

/** A page request: keyset (`after`) or numbered (`page`, 0-based). */
export interface ObjectQuery extends ObjectFilter {
  readonly sort: SortColumn;
  readonly descending: boolean;
  readonly pageSize: number;
  readonly page?: number;
  /** Opaque position returned as `next` by the page before. */
  readonly after?: string;
}

/** One stored object without its text. */
export interface ObjectHead {
  /** Global change sequence of its last change. */
  readonly seq: number;
  readonly clusterId: string;
  readonly uid: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  /** Model of its kind, e.g. "kubernetes"; filled by reads and by `changesSince`, absent in commit notices of batches. */
  readonly model?: string;
  /**
   * RFC 3339; filled by reads, absent in changes. Set while nobody keeps the row up to date: its cluster is stale, or a
   * publisher without epochs has not named it again since its last snapshot.
   */
  readonly staleSince?: string;
}

/** One stored object with its canonical JSON text, exactly as discovered after projection. */
export interface StoredObject extends ObjectHead {
  readonly json: string;
}

/** A page of rows; `json` is filled only when the caller asked for texts. */
export interface ObjectPage {
  readonly rows: readonly (ObjectHead & { readonly json?: string })[];
  readonly totalCount: number;
  readonly next?: string;
  readonly seq: number;
}

/** How a page becomes text. */
export interface PageFormat {
  /** Formats with equal keys write equal text for equal pages. */
  readonly key: string;
  /** Whether `row` needs the stored text. */
  readonly needsText: boolean;
  /** One row as JSON text; `json` is given when `needsText`. */
  row(head: ObjectHead, json: string | undefined): string;
  /** The document around the rows, which are joined by commas. */
  document(rows: string, page: PageFacts): string;
}

/** What a page says besides its rows. */
export type PageFacts = Omit<ObjectPage, 'rows'>;

/** A committed change as readers see it; `type: 'delete'` rows come from tombstones. */
export interface CommittedChange {
  readonly type: 'upsert' | 'delete';
  readonly head: ObjectHead;
}

/** Answer of `changesSince`. */
export type ChangePage =
  | { readonly reset: true; readonly seq: number }
  | {
      readonly reset: false;
      readonly changes: readonly CommittedChange[];
      readonly seq: number;
      readonly more: boolean;
    };

/** What became visible with one commit. */
export interface CommitNotice {
  /** Greatest change sequence of the commit. */
  readonly seq: number;
  /** Look at it before you return: what it is made from may be gone afterwards. */
  readonly changes: readonly CommittedChange[];
  /** Clusters whose state or kind states changed. */
  readonly clusterIds: readonly string[];
  /**
   * Set when the store was rebuilt empty: readers read everything anew, and every agent has to take snapshots of all
   * its kinds (control `snapshot-all`).
   */
  readonly reset?: string;
  /**
   * Set when some changes before `seq` are not named in any notice: readers read everything anew. Only where several
   * processes share the store, when its log of changes was shortened while they were not heard.
   */
  readonly gap?: string;
}

/** Counts per kind, namespaces and labels of a selection. */
export interface InventorySummary {
  readonly kinds: readonly { readonly kind: string; readonly model: string; readonly count: number }[];
  readonly namespaces: readonly string[];
  readonly labels: readonly { readonly key: string; readonly value: string }[];
}

/** One table of a store and how many rows it has. */
export interface TableCount {
  readonly name: string;
  readonly count: number;
}

/** Health of the store, for readiness and metrics. */
export interface StoreHealth {
  readonly migrated: boolean;
  /** The writer answered its last ping in time and its last write did not fail. */
  readonly writerAlive: boolean;
  /** Set while writes fail (disk full, read-only): code and sentence. */
  readonly fault?: { readonly code: string; readonly message: string };
  /** Batches accepted but not yet committed. */
  readonly queued: number;
  /** Set after damage was found and the cache was rebuilt empty; stays until the process ends. */
  readonly recovered?: { readonly at: string; readonly reason: string };
}

/**
 * The cache of discovered objects: one writer, many readers; SQLite and PostgreSQL implement it, one contract suite
 * proves both. All methods reject with a MesheryError (`meshery-store-16xx`).
 */
export interface InventoryStore {
  /** Meshery's own components. */
  readonly components: ComponentTable;
  openRun(request: OpenRunRequest): Promise<OpenRunResponse>;
  /** Resolves after the commit that contains the batch. */
  ingest(batch: Batch): Promise<BatchOutcome>;
  page(query: ObjectQuery, withText: boolean): Promise<ObjectPage>;
  /** The same page written by `format`, as UTF-8; the store may keep what it wrote for as long as it is right. */
  writtenPage(query: ObjectQuery, format: PageFormat): Promise<Buffer>;
  /** Every selected object with its text, ordered by key, without holding them all. */
  export(filter: ObjectFilter): AsyncIterable<readonly StoredObject[]>;
  /** By published id (base64 rule) or by uid. */
  find(idOrUid: string): Promise<StoredObject | undefined>;
  /** Removes one row until discovery sees it again; false when there is none. */
  remove(idOrUid: string): Promise<boolean>;
  /**
   * Removes a cluster with everything known of it, some rows per commit; subscribers hear a delete of each, positions
   * from before are answered by a reset. False when there is none. An agent that still reports it makes it anew.
   */
  removeCluster(clusterId: string): Promise<boolean>;
  summary(filter: ObjectFilter): Promise<InventorySummary>;
  clusters(): Promise<readonly ClusterStatus[]>;
  /** The change sequence of the newest commit. */
  seq(): Promise<number>;
  changesSince(seq: number, limit: number): Promise<ChangePage>;
  /**
   * Calls back after every commit, in order; returns the function that ends it. Commits of other processes that share
   * the store are heard soon after they happened, several of them as one.
   */
  onCommit(listener: (notice: CommitNotice) => void): () => void;
  health(): StoreHealth;
  /** Every table with its count, by name. */
  tables(): Promise<readonly TableCount[]>;
  /**
   * Empties the cache, as if it had been lost: everybody hears `reset` with the reason, and discovery fills it again.
   * A file is moved aside first, in place of the one that was moved aside before: resolves with its path. Rejects with
   * `meshery-store-1606` while the cache is being emptied or rebuilt already.
   */
  reset(reason: string): Promise<string | undefined>;
  /** Commits what was accepted and closes; resolves within 10 s. */
  close(): Promise<void>;
}
