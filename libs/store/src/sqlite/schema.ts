import type { Database } from 'better-sqlite3';

/** "MESH" as the application id in the header of inventory.db. */
export const applicationId = 0x4d455348;

/*
 * Plain versioned SQL instead of TypeORM migrations: this file is opened by the writer thread before anything else at
 * every start, holds nothing that a user made, and its only downgrade path is to be deleted. Loading an ORM there
 * would cost more start time than opening the store.
 *
 * Shape: heads (objects) are separate from texts, so that scans, sorts and look-ups touch few pages; texts and labels
 * hang on the integer key. Kinds, types, namespaces and labels are interned. uid_key is a 48-bit number taken from the
 * uid: its index is a third of one over the text.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE clusters (
    id INTEGER PRIMARY KEY, cluster_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, api_server_url TEXT NOT NULL,
    agent_version TEXT NOT NULL, source INTEGER NOT NULL, incarnation TEXT NOT NULL, stream_created_at INTEGER NOT NULL,
    state INTEGER NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL);
  CREATE TABLE resources (
    id INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, resource TEXT NOT NULL, family INTEGER NOT NULL,
    incarnation TEXT NOT NULL, sequence INTEGER NOT NULL, epoch INTEGER NOT NULL, generation INTEGER NOT NULL,
    snapshot_open INTEGER NOT NULL, resource_version TEXT NOT NULL, object_count INTEGER NOT NULL,
    object_kind TEXT NOT NULL, namespaced INTEGER NOT NULL, state INTEGER NOT NULL, reason TEXT NOT NULL,
    message TEXT NOT NULL, since INTEGER NOT NULL, UNIQUE (cluster, resource));
  CREATE TABLE types (
    id INTEGER PRIMARY KEY, api_version TEXT NOT NULL, kind TEXT NOT NULL, model TEXT NOT NULL,
    UNIQUE (api_version, kind));
  CREATE TABLE namespaces (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE label_names (id INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (key, value));
  CREATE TABLE objects (
    id INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, resource INTEGER NOT NULL, family INTEGER NOT NULL,
    type INTEGER NOT NULL, ns INTEGER NOT NULL, name TEXT NOT NULL, uid TEXT NOT NULL, uid_key INTEGER NOT NULL,
    resource_version TEXT NOT NULL, created TEXT NOT NULL, generation INTEGER NOT NULL, seq INTEGER NOT NULL,
    stale_since INTEGER, labels TEXT NOT NULL);
  CREATE INDEX objects_uid ON objects (uid_key);
  CREATE INDEX objects_identity ON objects (family, ns, name);
  CREATE INDEX objects_seq ON objects (seq);
  CREATE TABLE texts (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE labels (label INTEGER NOT NULL, object INTEGER NOT NULL, PRIMARY KEY (label, object)) WITHOUT ROWID;
  CREATE TABLE tombstones (
    seq INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, type INTEGER NOT NULL, ns INTEGER NOT NULL, name TEXT NOT NULL,
    uid TEXT NOT NULL, uid_key INTEGER NOT NULL, resource_version TEXT NOT NULL, created TEXT NOT NULL,
    deleted_at INTEGER NOT NULL, blocking INTEGER NOT NULL);
  CREATE INDEX tombstones_uid ON tombstones (uid_key);
  CREATE TABLE parked (
    id INTEGER PRIMARY KEY, cluster_id TEXT NOT NULL, resource TEXT NOT NULL, incarnation TEXT NOT NULL,
    sequence INTEGER NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL, parked_at INTEGER NOT NULL);
  `,
  // What a table shows first: the beginning of one cluster by name, and its count, without looking at every row.
  'CREATE INDEX objects_name ON objects (cluster, name);',
];

/**
 * Tables that hang on no other and are made where they are missing. They change no version, so that the version of
 * Meshery before, which does not look at them, still opens the file.
 */
const additions: readonly string[] = [
  // Meshery's own components.
  `
  CREATE TABLE IF NOT EXISTS components (
    kind TEXT NOT NULL, location TEXT NOT NULL, cluster_id TEXT NOT NULL, version TEXT NOT NULL, failing INTEGER NOT NULL,
    first_noted INTEGER NOT NULL, last_seen INTEGER NOT NULL, error_code TEXT NOT NULL, error_message TEXT NOT NULL,
    error_at INTEGER NOT NULL, PRIMARY KEY (kind, location)) WITHOUT ROWID;
  `,
];

/** The schema version that this code writes. */
export const schemaVersion = migrations.length;

/** Names of the tables whose pages the background check walks, small ones first. */
export const checkedTables = [
  'meta',
  'clusters',
  'resources',
  'types',
  'namespaces',
  'label_names',
  'tombstones',
  'parked',
  'components',
  'objects',
  'labels',
  'texts',
] as const;

/** Sizes of the store's files and caches, in bytes unless named otherwise. */
export const tuning = {
  // Measured against 8192 and 16384 with texts of 4.6 KB: equal in bulk, and a third cheaper per single-object commit.
  pageSize: 4096,
  /**
   * The WAL is copied back when the writer is idle, and at the latest after this many bytes: copying back waits for the
   * disk, so the first sync of a large cluster must not meet it every few hundred milliseconds.
   */
  walBytes: 256 * 1024 * 1024,
  /** From this size on the WAL is copied back by a thread of its own: the writer would stand still meanwhile. */
  largeWalBytes: 32 * 1024 * 1024,
  writerCacheBytes: 16 * 1024 * 1024,
  readerCacheBytes: 8 * 1024 * 1024,
  busyTimeoutMs: 5000,
} as const;

/** Sets what a writing connection needs; the order matters: the page size is fixed by the first write. */
export function configureWriter(db: Database): void {
  db.pragma(`page_size = ${tuning.pageSize}`);
  db.pragma('journal_mode = WAL');
  // A cache: after a power cut the last commits may be gone together with their checkpoints, which is consistent.
  db.pragma('synchronous = NORMAL');
  db.pragma(`wal_autocheckpoint = ${Math.round(tuning.walBytes / tuning.pageSize)}`);
  db.pragma(`journal_size_limit = ${tuning.walBytes}`);
  db.pragma(`cache_size = -${tuning.writerCacheBytes / 1024}`);
  db.pragma('temp_store = MEMORY');
  db.pragma('foreign_keys = OFF');
}

/** The schema version in a file, before anything is written to it. */
export function readVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings the schema up to date in one transaction. A new store starts its change sequence at a number taken from the
 * wall clock, so that a position from an earlier, lost store is always older than this one and answered by a reset.
 */
export function migrate(db: Database, now: number): void {
  const version = readVersion(db);
  db.transaction(() => {
    for (const sql of [...migrations.slice(version), ...additions]) db.exec(sql);
    if (version === schemaVersion) return;
    if (version === 0) {
      const insert = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
      for (const key of ['seq', 'pruned_seq']) insert.run(key, now * 16);
    }
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${schemaVersion}`);
  })();
}

/** Writes the version that is there once more: throws when the disk takes no writes, before anything is lost to it. */
export function proveWritable(db: Database): void {
  db.pragma(`user_version = ${schemaVersion}`);
}
