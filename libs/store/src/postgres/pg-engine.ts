import type { Batch, OpenRunRequest, OpenRunResponse, Verdict } from '@meshery/contracts';
import type { CommittedChange } from '../inventory-store.ts';
import type { ComponentWork } from '../shared/component-sql.ts';
import { familyName } from '../shared/family-name.ts';
import { judge } from '../shared/judge.ts';
import { removedAtOnce } from '../shared/remove-cluster.ts';
import { malformedReason, whyNotStorable } from '../shared/storable.ts';
import { kindStates, runVerdicts, sources, verdicts } from '../shared/wire-codes.ts';
import { noteComponents } from './pg-components.ts';
import { applyObjects, clearRows, dropRows, sweepRows } from './pg-changes.ts';
import type { PgScope } from './pg-changes.ts';
import type { PgClient } from './pg-pool.ts';
import { changeOf, objectColumns, resourceColumns } from './pg-rows.ts';
import type { PgCluster, PgObject, PgResource } from './pg-rows.ts';

/** Work for the writer, in the order of its arrival. */
export type PgWork =
  | { readonly type: 'ingest'; readonly batch: Batch }
  | { readonly type: 'open-run'; readonly request: OpenRunRequest }
  | { readonly type: 'remove'; readonly rowId: number; readonly uid: string }
  | { readonly type: 'remove-cluster'; readonly clusterId: string }
  | ComponentWork
  | { readonly type: 'reset'; readonly reason: string };

/** The result of one piece of work. */
export interface PgResult {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly expectedSequence: number;
  readonly seqs?: Float64Array;
  readonly extra?: readonly CommittedChange[];
  readonly touched?: string;
  readonly opened?: OpenRunResponse;
  readonly removed?: boolean;
  readonly isPartial?: boolean;
}

/** One transaction in progress. */
export interface PgTurn {
  readonly client: PgClient;
  readonly now: number;
  readonly log: { seq: number };
}

const done: PgResult = { verdict: verdicts.committed, reason: '', expectedSequence: 0 };
const maximumParked = 200;
const maximumBody = 64 * 1024;

/** Applies one piece of work inside the transaction of the caller. */
export async function applyWork(turn: PgTurn, work: PgWork): Promise<PgResult> {
  if (work.type === 'components') {
    await noteComponents(turn.client, work);
    return done;
  }
  if (work.type === 'open-run') return openRun(turn, work.request);
  if (work.type === 'remove') return removeRow(turn, work);
  if (work.type === 'remove-cluster') return removeCluster(turn, work.clusterId);
  if (work.type === 'reset') return empty(turn);
  return ingest(turn, work.batch);
}

/** Keeps a batch aside that cannot be applied, and goes on after it. */
export async function parkBatch(turn: PgTurn, batch: Batch, reason: string): Promise<void> {
  const cluster = await clusterRow(turn, batch.clusterId);
  const resource = await resourceRow(turn, cluster, batch.kind);
  if (judge(batch, cluster, resource).verdict === verdicts.committed)
    await writeResource(turn, advance(resource, batch));
  await park(turn, batch, { reason, body: '' });
}

async function openRun(turn: PgTurn, request: OpenRunRequest): Promise<PgResult> {
  const cluster = await clusterRow(turn, request.clusterId);
  if (request.incarnation < cluster.incarnation) {
    const reason = `run ${cluster.incarnation} is newer`;
    return {
      ...done,
      verdict: verdicts.superseded,
      reason,
      opened: { verdict: runVerdicts.superseded, checkpoints: [] },
    };
  }
  const source = request.source === sources.unspecified ? cluster.source : request.source;
  await turn.client.query(
    `UPDATE inventory.clusters SET incarnation = $2, source = $3, name = $4, api_server_url = $5, agent_version = $6,
       stream_created_at = $7, last_seen = $8 WHERE id = $1`,
    [
      cluster.id,
      request.incarnation,
      source,
      request.clusterName,
      request.apiServerUrl,
      request.agentVersion,
      request.streamCreatedAtUnixMs,
      turn.now,
    ],
  );
  const { rows: checkpoints } = await turn.client.query<OpenRunResponse['checkpoints'][number]>(
    `SELECT r.resource AS kind, r.epoch, r.resource_version AS "resourceVersion",
       (SELECT count(*) FROM inventory.objects o
        WHERE o.cluster = r.cluster AND o.family = r.family AND o.resource = r.id) AS "objectCount"
     FROM inventory.resources r WHERE r.cluster = $1 AND r.resource <> '' AND r.generation > 0 AND r.state <> $2`,
    [cluster.id, kindStates.removed],
  );
  return { ...done, opened: { verdict: runVerdicts.accepted, checkpoints }, touched: request.clusterId };
}

/** Some rows of a cluster, and with the last of them the cluster; the log of changes begins after it. */
async function removeCluster(turn: PgTurn, clusterId: string): Promise<PgResult> {
  const { client, log } = turn;
  const known = await client.query<PgCluster>(
    'SELECT id, cluster_id AS "clusterId", incarnation, source FROM inventory.clusters WHERE cluster_id = $1',
    [clusterId],
  );
  const cluster = known.rows[0];
  if (cluster === undefined) return { ...done, removed: false };
  const { rows } = await client.query<PgObject>(
    `SELECT ${objectColumns} FROM inventory.objects o WHERE o.cluster = $1 ORDER BY o.id LIMIT $2`,
    [cluster.id, removedAtOnce],
  );
  const dropped = rows.map((row) => ({ row, seq: (log.seq += 1), blocking: false }));
  // The kinds are not looked at: tombstones need the cluster only.
  await dropRows({ ...turn, cluster, resource: {} as PgResource, extra: [] }, dropped);
  const extra = dropped.map(({ row, seq }) => changeOf('delete', clusterId, { ...row, seq }));
  const isPartial = rows.length === removedAtOnce;
  if (!isPartial) await forgetCluster(turn, cluster);
  return { ...done, removed: true, isPartial, extra, touched: clusterId };
}

async function forgetCluster({ client, log }: PgTurn, { id, clusterId }: PgCluster): Promise<void> {
  await client.query('DELETE FROM inventory.tombstones WHERE cluster = $1', [id]);
  await client.query("UPDATE inventory.meta SET value = greatest(value, $1) WHERE key = 'pruned_seq'", [log.seq]);
  await client.query('DELETE FROM inventory.resources WHERE cluster = $1', [id]);
  await client.query('DELETE FROM inventory.clusters WHERE id = $1', [id]);
  await client.query('DELETE FROM inventory.parked WHERE cluster_id = $1', [clusterId]);
}

/** Everything goes; positions from before are older than the log begins, so that whoever has one is told to start anew. */
async function empty({ client, log }: PgTurn): Promise<PgResult> {
  await client.query(
    'TRUNCATE inventory.objects, inventory.resources, inventory.clusters, inventory.tombstones, inventory.parked, inventory.components',
  );
  log.seq += 1;
  await client.query(
    `INSERT INTO inventory.meta SELECT key, $1 FROM unnest(ARRAY['pruned_seq', 'reset_seq']) key
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [log.seq],
  );
  return done;
}

async function removeRow(turn: PgTurn, target: { rowId: number; uid: string }): Promise<PgResult> {
  const { rows } = await turn.client.query<PgObject & { clusterId: string }>(
    `SELECT ${objectColumns}, c.cluster_id AS "clusterId" FROM inventory.objects o
     JOIN inventory.clusters c ON c.id = o.cluster WHERE o.id = $1 AND o.uid = $2`,
    [target.rowId, target.uid],
  );
  const row = rows[0];
  if (row === undefined) return { ...done, removed: false };
  const cluster = await clusterRow(turn, row.clusterId);
  turn.log.seq += 1;
  const { seq } = turn.log;
  // The kind is not looked at: a tombstone needs the cluster only.
  const scope = { ...turn, cluster, resource: {} as PgResource, extra: [] };
  await dropRows(scope, [{ row, seq, blocking: false }]);
  return { ...done, removed: true, extra: [changeOf('delete', row.clusterId, { ...row, seq })] };
}

async function ingest(turn: PgTurn, batch: Batch): Promise<PgResult> {
  const malformed = malformedReason(batch);
  if (malformed !== undefined) {
    await park(turn, batch, { reason: malformed, body: '' });
    return { ...done, verdict: verdicts.parked, reason: malformed };
  }
  const cluster = await clusterRow(turn, batch.clusterId);
  const resource = await resourceRow(turn, cluster, batch.kind);
  const judgement = judge(batch, cluster, resource);
  if (judgement.verdict !== verdicts.committed) return judgement;
  const scope: PgScope = { ...turn, cluster, resource: advance(resource, batch), extra: [] };
  const result = await applyBody(scope, batch);
  await writeResource(turn, scope.resource);
  await turn.client.query('UPDATE inventory.clusters SET last_seen = $2, incarnation = $3 WHERE id = $1', [
    cluster.id,
    turn.now,
    batch.incarnation,
  ]);
  return { ...judgement, ...result, ...(scope.extra.length > 0 ? { extra: scope.extra } : {}) };
}

async function applyBody(scope: PgScope, batch: Batch): Promise<Partial<PgResult>> {
  const { resource, cluster, client } = scope;
  const { body } = batch;
  switch (body?.$case) {
    case 'changes':
      return applyChanges(scope, batch);
    case 'snapshotBegin':
      resource.generation += 1;
      resource.epoch = batch.epoch;
      resource.snapshotOpen = true;
      return {};
    case 'snapshotEnd':
      await sweepRows(scope);
      resource.snapshotOpen = false;
      resource.resourceVersion = body.value.resourceVersion;
      return {};
    case 'kindReport':
      return applyKindReport(scope, body.value);
    case 'agentReport':
      await client.query('UPDATE inventory.clusters SET state = $2, reason = $3, message = $4 WHERE id = $1', [
        cluster.id,
        body.value.state,
        body.value.reason,
        body.value.message,
      ]);
      return { touched: cluster.clusterId };
    case undefined:
      return {};
  }
}

async function applyChanges(scope: PgScope, batch: Batch): Promise<Partial<PgResult>> {
  if (batch.body?.$case !== 'changes') return {};
  const { objects, resourceVersion } = batch.body.value;
  const refused = objects.flatMap((object) => {
    const reason = whyNotStorable(object, object.json.length);
    return reason === undefined ? [] : [{ object, reason }];
  });
  for (const { object, reason } of refused) {
    await park(scope, batch, { reason, body: JSON.stringify(object).slice(0, maximumBody) });
  }
  const bad = new Set(refused.map(({ object }) => object));
  const positions = objects.flatMap((object, index) => (bad.has(object) ? [] : [index]));
  const applied = await applyObjects(
    scope,
    objects.filter((object) => !bad.has(object)),
  );
  const seqs = new Float64Array(objects.length);
  for (const [index, position] of positions.entries()) seqs[position] = applied[index] ?? 0;
  if (resourceVersion !== '') scope.resource.resourceVersion = resourceVersion;
  const [first] = refused;
  return first === undefined ? { seqs } : { seqs, verdict: verdicts.parked, reason: first.reason };
}

type KindReport = Extract<NonNullable<Batch['body']>, { $case: 'kindReport' }>['value'];

async function applyKindReport(scope: PgScope, report: KindReport): Promise<Partial<PgResult>> {
  const { resource, cluster, now } = scope;
  if (resource.state !== report.state) resource.since = now;
  resource.state = report.state;
  resource.reason = report.reason;
  resource.message = report.message;
  if (report.objectKind !== '') resource.objectKind = report.objectKind;
  resource.namespaced = report.namespaced;
  if (report.state === kindStates.removed || report.state === kindStates.excluded) {
    await clearRows(scope, Number.MAX_SAFE_INTEGER);
    resource.resourceVersion = '';
    resource.snapshotOpen = false;
  }
  return { touched: cluster.clusterId };
}

function advance(resource: PgResource, batch: Batch): PgResource {
  return { ...resource, incarnation: batch.incarnation, sequence: batch.sequence };
}

async function clusterRow({ client, now }: PgTurn, clusterId: string): Promise<PgCluster> {
  const { rows } = await client.query<PgCluster>(
    `INSERT INTO inventory.clusters (cluster_id, name, api_server_url, agent_version, source, incarnation,
       stream_created_at, state, reason, message, first_seen, last_seen)
     VALUES ($1, '', '', '', $2, '', 0, 0, '', '', $3, $3)
     ON CONFLICT (cluster_id) DO UPDATE SET cluster_id = excluded.cluster_id
     RETURNING id, cluster_id AS "clusterId", incarnation, source`,
    [clusterId, sources.agent, now],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the cluster row is missing');
  return row;
}

async function resourceRow({ client, now }: PgTurn, cluster: PgCluster, resource: string): Promise<PgResource> {
  const { rows } = await client.query<PgResource>(
    `INSERT INTO inventory.resources (cluster, resource, family, incarnation, sequence, epoch, generation,
       snapshot_open, resource_version, object_kind, namespaced, state, reason, message, since)
     VALUES ($1, $2, $3, '', 0, 0, 0, false, '', '', false, 0, '', '', $4)
     ON CONFLICT (cluster, resource) DO UPDATE SET resource = excluded.resource
     RETURNING ${resourceColumns}`,
    [cluster.id, resource, familyName(resource), now],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the resource row is missing');
  return row;
}

async function writeResource({ client }: PgTurn, row: PgResource): Promise<void> {
  await client.query(
    `UPDATE inventory.resources SET incarnation = $2, sequence = $3, epoch = $4, generation = $5, snapshot_open = $6,
       resource_version = $7, object_kind = $8, namespaced = $9, state = $10, reason = $11, message = $12, since = $13
     WHERE id = $1`,
    [
      row.id,
      row.incarnation,
      row.sequence,
      row.epoch,
      row.generation,
      row.snapshotOpen,
      row.resourceVersion,
      row.objectKind,
      row.namespaced,
      row.state,
      row.reason,
      row.message,
      row.since,
    ],
  );
}

async function park({ client, now }: PgTurn, batch: Batch, facts: { reason: string; body: string }): Promise<void> {
  await client.query(
    `INSERT INTO inventory.parked (cluster_id, resource, incarnation, sequence, reason, body, parked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [batch.clusterId, batch.kind, batch.incarnation, Math.trunc(batch.sequence), facts.reason, facts.body, now],
  );
  await client.query('DELETE FROM inventory.parked WHERE id <= (SELECT max(id) FROM inventory.parked) - $1', [
    maximumParked,
  ]);
}
