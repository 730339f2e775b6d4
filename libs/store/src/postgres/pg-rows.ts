import type { CommittedChange, ObjectHead } from '../inventory-store.ts';
import type { KindPosition, RunState } from '../shared/judge.ts';

/** A row of `inventory.clusters` as the writer needs it. */
export interface PgCluster extends RunState {
  readonly id: number;
  readonly clusterId: string;
  incarnation: string;
  source: number;
}

/** A row of `inventory.resources`. */
export interface PgResource extends KindPosition {
  readonly id: number;
  readonly resource: string;
  readonly family: string;
  incarnation: string;
  sequence: number;
  epoch: number;
  generation: number;
  snapshotOpen: boolean;
  resourceVersion: string;
  objectKind: string;
  namespaced: boolean;
  state: number;
  reason: string;
  message: string;
  since: number;
}

/** A row of `inventory.objects` without labels and text. */
export interface PgObject {
  readonly id: number;
  readonly cluster: number;
  readonly resource: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly model: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly created: string;
  readonly generation: number;
  readonly seq: number;
  readonly staleSince: number | null;
}

/** Columns of PgObject over alias `o`. */
export const objectColumns = `o.id, o.cluster, o.resource, o.api_version AS "apiVersion", o.kind, o.model, o.namespace,
  o.name, o.uid, o.resource_version AS "resourceVersion", o.created, o.generation, o.seq, o.stale_since AS "staleSince"`;

/** Columns of PgResource. */
export const resourceColumns = `id, resource, family, incarnation, sequence, epoch, generation,
  snapshot_open AS "snapshotOpen", resource_version AS "resourceVersion", object_kind AS "objectKind", namespaced,
  state, reason, message, since`;

/** The change of a row as readers see it. */
export function changeOf(
  type: CommittedChange['type'],
  clusterId: string,
  row: Omit<PgObject, 'id' | 'cluster' | 'resource' | 'generation' | 'staleSince' | 'model'>,
): CommittedChange {
  const { seq, uid, apiVersion, kind, namespace, name, resourceVersion, created } = row;
  const head: ObjectHead = {
    seq,
    clusterId,
    uid,
    apiVersion,
    kind,
    namespace,
    name,
    resourceVersion,
    creationTimestamp: created,
  };
  return { type, head };
}
