import type { ObjectChange } from '@meshery/contracts';
import type { CommittedChange } from '../inventory-store.ts';
import { modelOf } from '../shared/model-of.ts';
import { changeTypes, sources } from '../shared/wire-codes.ts';
import type { PgClient } from './pg-pool.ts';
import { changeOf, objectColumns } from './pg-rows.ts';
import type { PgCluster, PgObject, PgResource } from './pg-rows.ts';

/** Where changes happen, and the counter that they take numbers from. */
export interface PgScope {
  readonly client: PgClient;
  readonly cluster: PgCluster;
  readonly resource: PgResource;
  readonly now: number;
  readonly extra: CommittedChange[];
  readonly log: { seq: number };
}

/** What a set of objects does to the rows. */
interface Plan {
  readonly upserts: { readonly object: ObjectChange; readonly seq: number; readonly replaces: number | undefined }[];
  readonly touched: number[];
  readonly dropped: { readonly row: PgObject; readonly seq: number; readonly blocking: boolean }[];
  readonly unknown: { readonly object: ObjectChange; readonly seq: number }[];
}

/** What is known about the objects of a set before it is applied. */
interface Known {
  readonly byUid: ReadonlyMap<string, PgObject>;
  readonly byName: ReadonlyMap<string, PgObject>;
  readonly buried: ReadonlySet<string>;
}

/** Applies the objects of a batch as few statements over sets; returns the change sequence of each, 0 for none. */
export async function applyObjects(scope: PgScope, objects: readonly ObjectChange[]): Promise<Float64Array> {
  const seqs = new Float64Array(objects.length);
  for (const { start, end } of distinctRuns(objects)) {
    const part = objects.slice(start, end);
    const known = await readKnown(scope, part);
    const plan: Plan = { upserts: [], touched: [], dropped: [], unknown: [] };
    for (const [index, object] of part.entries()) seqs[start + index] = decide(scope, { object, known, plan });
    await execute(scope, plan, known);
  }
  return seqs;
}

/** Cuts a batch where an object is named again, so that every set names each object once. */
function distinctRuns(objects: readonly ObjectChange[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  let seen = new Set<string>();
  let start = 0;
  for (const [index, object] of objects.entries()) {
    const keys = [`n ${nameKey(object)}`, ...(object.uid === '' ? [] : [`u ${object.uid}`])];
    if (keys.some((key) => seen.has(key))) {
      runs.push({ start, end: index });
      start = index;
      seen = new Set();
    }
    for (const key of keys) seen.add(key);
  }
  if (start < objects.length) runs.push({ start, end: objects.length });
  return runs;
}

function nameKey(row: { readonly namespace: string; readonly name: string }): string {
  return `${row.namespace}/${row.name}`;
}

async function readKnown(scope: PgScope, objects: readonly ObjectChange[]): Promise<Known> {
  const { client, cluster, resource } = scope;
  const uids = objects.map((object) => object.uid).filter((uid) => uid !== '');
  const found = await client.query<PgObject & { family: string }>(
    `SELECT ${objectColumns}, o.family FROM inventory.objects o WHERE o.cluster = $1 AND o.uid <> '' AND o.uid = ANY($2)
     UNION
     SELECT ${objectColumns}, o.family FROM unnest($3::text[], $4::text[]) AS k(namespace, name)
     JOIN inventory.objects o
       ON o.cluster = $1 AND o.family = $5 AND o.namespace = k.namespace AND o.name = k.name`,
    [
      cluster.id,
      uids,
      objects.map((object) => object.namespace),
      objects.map((object) => object.name),
      resource.family,
    ],
  );
  const buried = await client.query<{ uid: string }>(
    'SELECT uid FROM inventory.tombstones WHERE cluster = $1 AND uid = ANY($2) AND blocking',
    [cluster.id, uids],
  );
  const sameFamily = found.rows.filter((row) => row.family === resource.family);
  return {
    byUid: new Map(found.rows.filter((row) => row.uid !== '').map((row) => [row.uid, row])),
    byName: new Map(sameFamily.map((row) => [nameKey(row), row])),
    buried: new Set(buried.rows.map((row) => row.uid)),
  };
}

interface Decision {
  readonly object: ObjectChange;
  readonly known: Known;
  readonly plan: Plan;
}

function decide(scope: PgScope, decision: Decision): number {
  return decision.object.type === changeTypes.delete ? decideDelete(scope, decision) : decideUpsert(scope, decision);
}

function decideUpsert(scope: PgScope, { object, known, plan }: Decision): number {
  const found = object.uid === '' ? undefined : known.byUid.get(object.uid);
  const row = found ?? known.byName.get(nameKey(object));
  if (row !== undefined && isUnchanged(row, object, scope.resource)) {
    if (row.generation !== scope.resource.generation) plan.touched.push(row.id);
    return 0;
  }
  if (found === undefined && known.buried.has(object.uid) && !liftsTombstones(scope)) return 0;
  const replaced = row !== undefined && isAnother(row.uid, object.uid);
  if (replaced) {
    scope.log.seq += 1;
    plan.dropped.push({ row, seq: scope.log.seq, blocking: true });
    scope.extra.push(changeOf('delete', scope.cluster.clusterId, { ...row, seq: scope.log.seq }));
  }
  scope.log.seq += 1;
  plan.upserts.push({ object, seq: scope.log.seq, replaces: replaced ? undefined : row?.id });
  return scope.log.seq;
}

/** The same name with another uid: the old object is gone, and a new one has taken its name. */
function isAnother(storedUid: string, uid: string): boolean {
  return storedUid !== '' && uid !== '' && storedUid !== uid;
}

function decideDelete(scope: PgScope, { object, known, plan }: Decision): number {
  const row = object.uid === '' ? known.byName.get(nameKey(object)) : known.byUid.get(object.uid);
  if (row?.uid === object.uid) {
    scope.log.seq += 1;
    plan.dropped.push({ row, seq: scope.log.seq, blocking: object.uid !== '' });
    return scope.log.seq;
  }
  if (object.uid !== '' && !known.buried.has(object.uid)) {
    scope.log.seq += 1;
    plan.unknown.push({ object, seq: scope.log.seq });
  }
  return 0;
}

/** A snapshot of an agent that counts is the truth about which uids live. */
function liftsTombstones(scope: PgScope): boolean {
  return scope.resource.snapshotOpen && scope.cluster.source !== sources.published;
}

function isUnchanged(row: PgObject, object: ObjectChange, resource: PgResource): boolean {
  return (
    row.resourceVersion === object.resourceVersion &&
    object.resourceVersion !== '' &&
    row.uid === object.uid &&
    row.resource === resource.id &&
    row.staleSince === null
  );
}

async function execute(scope: PgScope, plan: Plan, known: Known): Promise<void> {
  const { client, resource, cluster } = scope;
  if (plan.touched.length > 0) {
    await client.query('UPDATE inventory.objects SET generation = $1 WHERE id = ANY($2)', [
      resource.generation,
      plan.touched,
    ]);
  }
  await dropRows(scope, plan.dropped);
  if (plan.unknown.length > 0) await buryUnknown(scope, plan.unknown);
  const lifted = plan.upserts.map(({ object }) => object.uid).filter((uid) => known.buried.has(uid));
  if (lifted.length > 0) {
    await client.query('DELETE FROM inventory.tombstones WHERE cluster = $1 AND uid = ANY($2)', [cluster.id, lifted]);
  }
  await insertRows(
    scope,
    plan.upserts.filter(({ replaces }) => replaces === undefined),
  );
  await updateRows(
    scope,
    plan.upserts.filter(({ replaces }) => replaces !== undefined),
  );
}

/** Deletes rows and leaves their tombstones. */
export async function dropRows(scope: PgScope, dropped: Plan['dropped']): Promise<void> {
  if (dropped.length === 0) return;
  const { client, now } = scope;
  await client.query('DELETE FROM inventory.objects WHERE id = ANY($1)', [dropped.map(({ row }) => row.id)]);
  await client.query(insertTombstones, [
    dropped.map(({ seq }) => seq),
    scope.cluster.id,
    dropped.map(({ row }) => row.apiVersion),
    dropped.map(({ row }) => row.kind),
    dropped.map(({ row }) => row.namespace),
    dropped.map(({ row }) => row.name),
    dropped.map(({ row }) => row.uid),
    dropped.map(({ row }) => row.resourceVersion),
    dropped.map(({ row }) => row.created),
    dropped.map(({ blocking }) => blocking),
    now,
  ]);
}

/** Deletes of objects that were never seen: their late upserts are refused. */
async function buryUnknown(scope: PgScope, unknown: Plan['unknown']): Promise<void> {
  const { client, now } = scope;
  await client.query(insertTombstones, [
    unknown.map(({ seq }) => seq),
    scope.cluster.id,
    unknown.map(({ object }) => object.apiVersion),
    unknown.map(({ object }) => object.kind),
    unknown.map(({ object }) => object.namespace),
    unknown.map(({ object }) => object.name),
    unknown.map(({ object }) => object.uid),
    unknown.map(({ object }) => object.resourceVersion),
    unknown.map(({ object }) => object.creationTimestamp),
    unknown.map(() => true),
    now,
  ]);
}

const insertTombstones = `INSERT INTO inventory.tombstones (seq, cluster, api_version, kind, namespace, name, uid,
    resource_version, created, deleted_at, blocking)
  SELECT t.seq, $2, t.api_version, t.kind, t.namespace, t.name, t.uid, t.resource_version, t.created, $11, t.blocking
  FROM unnest($1::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::boolean[]) AS t(seq, api_version, kind, namespace, name, uid, resource_version, created, blocking)`;

async function insertRows(scope: PgScope, upserts: Plan['upserts']): Promise<void> {
  if (upserts.length === 0) return;
  await scope.client.query(
    `INSERT INTO inventory.objects (cluster, resource, family, generation, api_version, kind, model, namespace, name,
       uid, resource_version, created, seq, labels, json)
     SELECT $1, $2, $3, $4, t.api_version, t.kind, t.model, t.namespace, t.name, t.uid, t.resource_version, t.created,
       t.seq, t.labels::jsonb, t.json
     FROM unnest(${objectArrays}) AS t(${objectFields})`,
    [scope.cluster.id, ...objectParameters(scope, upserts)],
  );
}

async function updateRows(scope: PgScope, upserts: Plan['upserts']): Promise<void> {
  if (upserts.length === 0) return;
  const ids = upserts.map(({ replaces }) => replaces);
  await scope.client.query(
    `UPDATE inventory.objects o SET resource = $2, family = $3, generation = $4, api_version = t.api_version,
       kind = t.kind, model = t.model, namespace = t.namespace, name = t.name, uid = t.uid,
       resource_version = t.resource_version, created = t.created, seq = t.seq, labels = t.labels::jsonb,
       json = t.json, stale_since = NULL
     FROM unnest($1::int[], ${objectArrays}) AS t(id, ${objectFields}) WHERE o.id = t.id`,
    [ids, ...objectParameters(scope, upserts)],
  );
}

const objectArrays = `$5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::bigint[], $14::text[], $15::text[]`;
const objectFields = 'api_version, kind, model, namespace, name, uid, resource_version, created, seq, labels, json';

function objectParameters(scope: PgScope, upserts: Plan['upserts']): unknown[] {
  const { resource } = scope;
  const column = (read: (object: ObjectChange) => string): string[] => upserts.map(({ object }) => read(object));
  return [
    resource.id,
    resource.family,
    resource.generation,
    column((object) => object.apiVersion),
    column((object) => object.kind),
    column((object) => modelOf(object.apiVersion)),
    column((object) => object.namespace),
    column((object) => object.name),
    column((object) => object.uid),
    column((object) => object.resourceVersion),
    column((object) => object.creationTimestamp),
    upserts.map(({ seq }) => seq),
    column((object) => JSON.stringify(object.labels)),
    column((object) => object.json),
  ];
}

/** Deletes what the snapshot did not name; rows of a publisher without epochs become stale instead. */
export async function sweepRows(scope: PgScope): Promise<void> {
  const { client, cluster, resource, now, log } = scope;
  if (cluster.source !== sources.published) return clearRows(scope, resource.generation);
  const rows = await unseenRows(scope, resource.generation);
  const fresh = rows.filter((row) => row.staleSince === null).map((row) => ({ ...row, seq: (log.seq += 1) }));
  if (fresh.length === 0) return;
  await client.query(
    `UPDATE inventory.objects o SET stale_since = $1, seq = t.seq
     FROM unnest($2::int[], $3::bigint[]) AS t(id, seq) WHERE o.id = t.id`,
    [now, fresh.map((row) => row.id), fresh.map((row) => row.seq)],
  );
  for (const row of fresh) scope.extra.push(changeOf('upsert', cluster.clusterId, row));
}

/** Deletes the rows of a kind that are older than a generation; their uids may come back. */
export async function clearRows(scope: PgScope, generation: number): Promise<void> {
  const { cluster, log } = scope;
  const rows = await unseenRows(scope, generation);
  const dropped = rows.map((row) => ({ row, seq: (log.seq += 1), blocking: false }));
  await dropRows(scope, dropped);
  for (const { row, seq } of dropped) scope.extra.push(changeOf('delete', cluster.clusterId, { ...row, seq }));
}

async function unseenRows(scope: PgScope, generation: number): Promise<PgObject[]> {
  const { client, cluster, resource } = scope;
  const { rows } = await client.query<PgObject>(
    `SELECT ${objectColumns} FROM inventory.objects o
     WHERE o.cluster = $1 AND o.family = $2 AND o.resource = $3 AND o.generation < $4 ORDER BY o.id`,
    [cluster.id, resource.family, resource.id, generation],
  );
  return rows;
}
