import type { Batch, Checkpoint, OpenRunRequest } from '@meshery/contracts';
import type { Database, Statement } from 'better-sqlite3';
import type { KindPosition, RunState } from '../../shared/judge.ts';
import { familyName } from '../../shared/family-name.ts';
import { kindStates, sources } from '../../shared/wire-codes.ts';

/** A row of `clusters`. */
export interface ClusterRow extends RunState {
  readonly id: number;
  readonly clusterId: string;
  incarnation: string;
  source: number;
}

/** A row of `resources`; fields change in memory and are written once per transaction. */
export interface ResourceRow extends KindPosition {
  readonly id: number;
  readonly cluster: number;
  readonly resource: string;
  readonly family: number;
  incarnation: string;
  sequence: number;
  epoch: number;
  generation: number;
  snapshotOpen: boolean;
  resourceVersion: string;
  objectCount: number;
  objectKind: string;
  namespaced: boolean;
  state: number;
  reason: string;
  message: string;
  since: number;
}

/** SQLite keeps booleans as 0 and 1. */
type StoredResource = Omit<ResourceRow, 'snapshotOpen' | 'namespaced'> & {
  readonly snapshotOpen: number;
  readonly namespaced: number;
};

const clusterColumns = 'id, cluster_id AS clusterId, incarnation, source';
const resourceColumns = `id, cluster, resource, family, incarnation, sequence, epoch, generation,
  snapshot_open AS snapshotOpen, resource_version AS resourceVersion, object_count AS objectCount,
  object_kind AS objectKind, namespaced, state, reason, message, since`;

/** Clusters, their runs and the position of every kind; cached for one writer, written back by `flush`. */
export class RunRows {
  private readonly clusters = new Map<string, ClusterRow>();
  private readonly resources = new Map<string, ResourceRow>();
  private readonly dirty = new Set<ResourceRow>();
  private readonly seen = new Set<ClusterRow>();
  private readonly selectCluster: Statement<unknown[], ClusterRow>;
  private readonly selectClusterById: Statement<unknown[], { clusterId: string }>;
  private readonly insertCluster: Statement;
  private readonly keepNumber: Statement;
  private readonly deleteResources: Statement;
  private readonly deleteCluster: Statement;
  private readonly updateRun: Statement;
  private readonly updateAgent: Statement;
  private readonly updateSeen: Statement;
  private readonly selectResource: Statement<unknown[], StoredResource>;
  private readonly selectResources: Statement<unknown[], StoredResource>;
  private readonly selectResourceById: Statement<unknown[], { resource: string }>;
  private readonly insertResource: Statement;
  private readonly updateResource: Statement;
  private readonly setFamily: Statement;

  constructor(db: Database) {
    this.selectCluster = db.prepare(`SELECT ${clusterColumns} FROM clusters WHERE cluster_id = ?`);
    this.selectClusterById = db.prepare('SELECT cluster_id AS clusterId FROM clusters WHERE id = ?');
    this.insertCluster = db.prepare(
      `INSERT INTO clusters (id, cluster_id, name, api_server_url, agent_version, source, incarnation,
        stream_created_at, state, reason, message, first_seen, last_seen)
       VALUES (1 + max((SELECT coalesce(max(id), 0) FROM clusters),
         coalesce((SELECT value FROM meta WHERE key = 'removed_cluster'), 0)),
         ?, '', '', '', ?, '', 0, 0, '', '', ?, ?)`,
    );
    this.keepNumber = db.prepare(
      `INSERT INTO meta (key, value) VALUES ('removed_cluster', ?)
       ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)`,
    );
    this.deleteResources = db.prepare('DELETE FROM resources WHERE cluster = ?');
    this.deleteCluster = db.prepare('DELETE FROM clusters WHERE id = ?');
    this.updateRun = db.prepare(
      `UPDATE clusters SET incarnation = ?, source = ?, name = ?, api_server_url = ?, agent_version = ?,
        stream_created_at = ?, last_seen = ? WHERE id = ?`,
    );
    this.updateAgent = db.prepare('UPDATE clusters SET state = ?, reason = ?, message = ? WHERE id = ?');
    this.updateSeen = db.prepare('UPDATE clusters SET last_seen = ?, incarnation = ? WHERE id = ?');
    this.selectResource = db.prepare(`SELECT ${resourceColumns} FROM resources WHERE cluster = ? AND resource = ?`);
    this.selectResources = db.prepare(`SELECT ${resourceColumns} FROM resources WHERE cluster = ?`);
    this.selectResourceById = db.prepare('SELECT resource FROM resources WHERE id = ?');
    this.insertResource = db.prepare(
      `INSERT INTO resources (cluster, resource, family, incarnation, sequence, epoch, generation, snapshot_open,
        resource_version, object_count, object_kind, namespaced, state, reason, message, since)
       VALUES (?, ?, 0, '', 0, 0, 0, 0, '', 0, '', 0, 0, '', '', ?)`,
    );
    this.updateResource = db.prepare(
      `UPDATE resources SET incarnation = ?, sequence = ?, epoch = ?, generation = ?, snapshot_open = ?,
        resource_version = ?, object_count = ?, object_kind = ?, namespaced = ?, state = ?, reason = ?, message = ?,
        since = ? WHERE id = ?`,
    );
    this.setFamily = db.prepare('UPDATE resources SET family = ? WHERE id = ?');
  }

  /** Drops what is cached; after a rollback nothing of it is certain. */
  forget(): void {
    this.clusters.clear();
    this.resources.clear();
    this.dirty.clear();
    this.seen.clear();
  }

  cluster(clusterId: string, now: number): ClusterRow {
    const known = this.clusters.get(clusterId);
    if (known !== undefined) return known;
    if (this.selectCluster.get(clusterId) === undefined) {
      this.insertCluster.run(clusterId, sources.agent, now, now);
    }
    const row = this.selectCluster.get(clusterId);
    if (row === undefined) throw new Error('the inserted cluster row is missing');
    this.clusters.set(clusterId, row);
    return row;
  }

  /** A cluster that is there already. */
  knownCluster(clusterId: string): ClusterRow | undefined {
    return this.clusters.get(clusterId) ?? this.selectCluster.get(clusterId);
  }

  /** Removes a cluster without rows; its number is never given again, because readers remember what it meant. */
  remove({ id, clusterId }: ClusterRow): void {
    this.keepNumber.run(id);
    this.deleteResources.run(id);
    this.deleteCluster.run(id);
    this.clusters.delete(clusterId);
    for (const row of this.seen) if (row.id === id) this.seen.delete(row);
    for (const row of this.dirty) if (row.cluster === id) this.dirty.delete(row);
    for (const [key, row] of this.resources) if (row.cluster === id) this.resources.delete(key);
  }

  clusterById(id: number, now: number): ClusterRow | undefined {
    const clusterId = this.selectClusterById.get(id)?.clusterId;
    return clusterId === undefined ? undefined : this.cluster(clusterId, now);
  }

  /** Makes a run the newest one of its cluster. */
  openRun(row: ClusterRow, request: OpenRunRequest, now: number): void {
    row.incarnation = request.incarnation;
    row.source = request.source === sources.unspecified ? row.source : request.source;
    const { clusterName, apiServerUrl, agentVersion, streamCreatedAtUnixMs } = request;
    this.updateRun.run(
      row.incarnation,
      row.source,
      clusterName,
      apiServerUrl,
      agentVersion,
      streamCreatedAtUnixMs,
      now,
      row.id,
    );
  }

  reportAgent(row: ClusterRow, state: number, reason: string, message: string): void {
    this.updateAgent.run(state, reason, message, row.id);
  }

  /** Remembers that a cluster spoke; written once per transaction. */
  see(row: ClusterRow): void {
    this.seen.add(row);
  }

  resource(cluster: ClusterRow, resource: string, now: number): ResourceRow {
    const cacheKey = `${cluster.id} ${resource}`;
    const known = this.resources.get(cacheKey);
    if (known !== undefined) return known;
    const row = this.selectResource.get(cluster.id, resource) ?? this.addResource(cluster, resource, now);
    const usable = { ...row, snapshotOpen: row.snapshotOpen === 1, namespaced: row.namespaced === 1 };
    this.resources.set(cacheKey, usable);
    return usable;
  }

  /** Counts a row in or out of a kind that is not the one at work (its objects moved to another version). */
  countElsewhere(cluster: ClusterRow, id: number, delta: number): void {
    const row = this.resourceById(cluster, id);
    if (row === undefined) return;
    row.objectCount += delta;
    this.dirty.add(row);
  }

  resourceById(cluster: ClusterRow, id: number): ResourceRow | undefined {
    const name = this.selectResourceById.get(id)?.resource;
    return name === undefined ? undefined : this.resource(cluster, name, 0);
  }

  /** Advances a kind to this batch. */
  advance(row: ResourceRow, batch: Batch): void {
    row.incarnation = batch.incarnation;
    row.sequence = batch.sequence;
    this.dirty.add(row);
  }

  markDirty(row: ResourceRow): void {
    this.dirty.add(row);
  }

  /** Committed positions of a cluster; kinds that are gone or left out have none. */
  checkpoints(cluster: ClusterRow): Checkpoint[] {
    this.flushResources();
    return this.selectResources
      .all(cluster.id)
      .filter((row) => row.resource !== '' && row.generation > 0 && row.state !== kindStates.removed)
      .map(({ resource, epoch, resourceVersion, objectCount }) => ({
        kind: resource,
        epoch,
        resourceVersion,
        objectCount,
      }));
  }

  /** Writes everything that changed since the last call; part of the same transaction as the rows. */
  flush(now: number): void {
    this.flushResources();
    for (const cluster of this.seen) this.updateSeen.run(now, cluster.incarnation, cluster.id);
    this.seen.clear();
  }

  private flushResources(): void {
    for (const row of this.dirty) this.writeResource(row);
    this.dirty.clear();
  }

  private writeResource(row: ResourceRow): void {
    this.updateResource.run(
      row.incarnation,
      row.sequence,
      row.epoch,
      row.generation,
      row.snapshotOpen ? 1 : 0,
      row.resourceVersion,
      row.objectCount,
      row.objectKind,
      row.namespaced ? 1 : 0,
      row.state,
      row.reason,
      row.message,
      row.since,
      row.id,
    );
  }

  /** Adds a kind; all versions of one plural and group are one family, in which (namespace, name) is the identity. */
  private addResource(cluster: ClusterRow, resource: string, now: number): StoredResource {
    const id = Number(this.insertResource.run(cluster.id, resource, now).lastInsertRowid);
    const rows = this.selectResources.all(cluster.id);
    const wanted = familyName(resource);
    const family = rows.find((row) => row.id !== id && familyName(row.resource) === wanted)?.family ?? id;
    this.setFamily.run(family, id);
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) throw new Error('the inserted resource row is missing');
    return { ...row, family };
  }
}
