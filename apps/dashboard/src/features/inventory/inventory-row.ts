import type { ResourceRow } from '@meshery/contracts';

/** One row as the table keeps it: only what columns, filters and order need, so that 100,000 rows stay small. */
export interface InventoryRow {
  /** Stable through live changes: the uid, or the published id where an object has none. */
  readonly key: string;
  readonly id: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string;
  readonly clusterId: string;
  /** RFC 3339, empty when unknown. */
  readonly created: string;
  readonly resourceVersion: string;
  /** Change sequence this content reflects. */
  readonly seq: number;
}

/** The key of an object in events and rows. */
export function rowKey(object: { readonly id: string; readonly uid?: string }): string {
  return object.uid === undefined || object.uid === '' ? object.id : object.uid;
}

/** Reduces a row of the API to what the table needs. */
export function toInventoryRow(row: ResourceRow, seq: number): InventoryRow {
  return {
    key: rowKey({ id: row.id, uid: row.metadata.uid }),
    id: row.id,
    kind: row.kind,
    apiVersion: row.apiVersion,
    name: row.metadata.name,
    namespace: row.metadata.namespace ?? '',
    clusterId: row.cluster_id,
    created: row.metadata.creationTimestamp ?? '',
    resourceVersion: row.metadata.resourceVersion,
    seq,
  };
}
