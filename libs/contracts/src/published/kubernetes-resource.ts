/** The flattened object of the published envelope, with its wire names (their casing is mixed and stays so). */

/** One label or annotation; `unique_id` is given by the server when it saves. */
export interface PublishedKeyValue {
  readonly id: string;
  readonly unique_id: string;
  readonly kind: 'label' | 'annotation';
  readonly key?: string;
  readonly value?: string;
}

/** `metadata`; absent members were empty. */
export interface PublishedMetadata {
  readonly id: string;
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly selfLink?: string;
  readonly uid: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: readonly PublishedKeyValue[];
  readonly annotations?: readonly PublishedKeyValue[];
  /** JSON text. */
  readonly ownerReferences?: string;
  /** JSON text. */
  readonly finalizers?: string;
  /** Empty on the wire; only the top-level one is set. */
  readonly cluster_id: string;
}

/** `spec` or `status`: the whole sub-object as JSON text. */
export interface PublishedAttribute {
  readonly id: string;
  readonly attribute: string;
}

/** What the agent found out about how to reach a Service. */
export interface PublishedComponentMetadata {
  readonly capabilities: { readonly connection: true; readonly urls: readonly string[] };
}

/** The object of a resource event. */
export interface KubernetesResource {
  /** Empty on the wire; the server computes it. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty on the wire; the server fills it. */
  readonly model: string;
  readonly metadata: PublishedMetadata;
  readonly spec?: PublishedAttribute;
  readonly status?: PublishedAttribute;
  readonly cluster_id: string;
  /** Id of the design the object belongs to, from its label; null when it has none. */
  readonly pattern_resource: string | null;
  readonly component_metadata: PublishedComponentMetadata | null;
  /** JSON text. */
  readonly immutable?: string;
  /** JSON text. */
  readonly data?: string;
  /** JSON text. */
  readonly binaryData?: string;
  /** JSON text. */
  readonly stringData?: string;
  readonly type?: string;
}

/** Label that names the design an object was deployed from. */
export const designIdLabel = 'design.meshery.io/id';

/** Annotation that repeats the whole object; never kept. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';
