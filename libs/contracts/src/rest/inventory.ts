/** REST types of the inventory. Query parameters and JSON names are those of published clients; additions are marked. */

/** One label or annotation in the published form. */
export interface KeyValue {
  readonly id: string;
  readonly unique_id: string;
  readonly kind: 'label' | 'annotation';
  readonly key: string;
  readonly value: string;
}

/** metadata of a row; labels and annotations only when asked for. */
export interface ResourceMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp?: string;
  readonly labels?: readonly KeyValue[];
  readonly annotations?: readonly KeyValue[];
}

/** One discovered object as rows of the list, of SSE events and of GraphQL carry it. */
export interface ResourceRow {
  /** base64 of "clusterID.kind.apiVersion.namespace.name". */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly model?: string;
  readonly metadata: ResourceMetadata;
  readonly cluster_id: string;
  /** Addition: RFC 3339; as of when the row is, while nobody keeps it up to date. Of rows that were read, not of events. */
  readonly staleSince?: string;
  /** `attribute` is the sub-object as JSON text; only with `spec=true`. */
  readonly spec?: { readonly id: string; readonly attribute: string };
  /** Only with `status=true`. */
  readonly status?: { readonly id: string; readonly attribute: string };
}

/** GET /api/system/meshsync/resources. */
export interface ResourcePage {
  readonly page: number;
  readonly pageSize: number;
  readonly totalCount: number;
  readonly resources: readonly ResourceRow[];
  readonly design: null;
  /** Addition: opaque position after the last row, for `after=`; absent on the last page. */
  readonly next?: string;
  /** Addition: the change sequence this page reflects; the value for Last-Event-ID. */
  readonly seq: number;
}

/** GET /api/system/meshsync/resources/summary. */
export interface ResourceSummary {
  readonly kinds: readonly { readonly Kind: string; readonly Model: string; readonly Count: number }[];
  readonly namespaces: readonly string[];
  readonly labels: readonly { readonly key: string; readonly value: string }[];
}

/** State of one kind in one cluster (addition). */
export interface KindStatus {
  /** Resource key "<plural>.<version>.<group>". */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly state: 'syncing' | 'synced' | 'forbidden' | 'unsupported' | 'lagging' | 'excluded';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** RFC 3339; when the state was last reported. */
  readonly since: string;
}

/** One cluster of GET /api/system/clusters (addition). */
export interface ClusterStatus {
  /** Uid of namespace kube-system. */
  readonly id: string;
  readonly name: string;
  readonly apiServerUrl: string;
  readonly source: 'embedded' | 'agent' | 'published';
  /** `in-sync`: every watch answered and nothing is pending; `stale`: no run is connected. */
  readonly state: 'syncing' | 'in-sync' | 'degraded' | 'stale' | 'unreachable';
  readonly reason: string;
  readonly message: string;
  readonly firstSeen: string;
  /** When the last batch of this cluster was committed: the age of the data. */
  readonly lastSeen: string;
  readonly objectCount: number;
  readonly kinds: readonly KindStatus[];
}

/** GET /api/system/clusters (addition). */
export interface ClusterList {
  readonly clusters: readonly ClusterStatus[];
}

/**
 * Events of GET /api/system/meshsync/resources/subscribe (text/event-stream, addition).
 * The SSE id of every event is the change sequence after it; `reset` means: read everything anew.
 */
export type ResourceEvent =
  | { readonly event: 'upsert'; readonly data: ResourceRow }
  | {
      readonly event: 'delete';
      readonly data: {
        readonly id: string;
        readonly uid: string;
        readonly kind: string;
        readonly apiVersion: string;
        readonly namespace?: string;
        readonly name: string;
        readonly cluster_id: string;
      };
    }
  | { readonly event: 'cluster'; readonly data: { readonly cluster_id: string } }
  | { readonly event: 'reset'; readonly data: { readonly reason: string } };

/** The JSON form of every error answer. */
export interface ErrorBody {
  readonly error: string;
  readonly code: string;
  readonly severity: string;
  readonly probableCause: readonly string[];
  readonly suggestedRemediation: readonly string[];
  readonly longDescription: readonly string[];
  /** Addition: correlation id, the same as in the log. */
  readonly requestId: string;
}
