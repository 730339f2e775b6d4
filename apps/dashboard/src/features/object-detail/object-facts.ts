/** A reference to the object that owns this one. */
export interface OwnerFact {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

export interface ConditionFact {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** What the overview shows of an object, whatever its kind. */
export interface ObjectFacts {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly created: string;
  readonly deletionRequested: string;
  readonly labels: readonly (readonly [string, string])[];
  readonly annotations: readonly (readonly [string, string])[];
  readonly owners: readonly OwnerFact[];
  readonly finalizers: readonly string[];
  readonly conditions: readonly ConditionFact[];
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function pairs(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(fields(value)).map(([key, entry]) => [key, text(entry)] as const);
}

function owner(value: unknown): OwnerFact {
  const { kind, name, uid, controller } = fields(value);
  return { kind: text(kind), name: text(name), uid: text(uid), controller: controller === true };
}

function condition(value: unknown): ConditionFact {
  const { type, status, reason, message } = fields(value);
  return { type: text(type), status: text(status), reason: text(reason), message: text(message) };
}

/** Picks the facts out of an object; what is missing or of another shape is empty. */
export function objectFacts(object: unknown): ObjectFacts {
  const { kind, apiVersion, metadata, status } = fields(object);
  const meta = fields(metadata);
  return {
    kind: text(kind),
    apiVersion: text(apiVersion),
    name: text(meta['name']),
    namespace: text(meta['namespace']),
    uid: text(meta['uid']),
    resourceVersion: text(meta['resourceVersion']),
    created: text(meta['creationTimestamp']),
    deletionRequested: text(meta['deletionTimestamp']),
    labels: pairs(meta['labels']),
    annotations: pairs(meta['annotations']),
    owners: list(meta['ownerReferences']).map(owner),
    finalizers: list(meta['finalizers']).map(text),
    conditions: list(fields(status)['conditions']).map(condition),
  };
}
