import { sliceMembers } from './json-slices.ts';
import { designIdLabel } from './kubernetes-resource.ts';
import type { KubernetesResource, PublishedKeyValue, PublishedMetadata } from './kubernetes-resource.ts';
import { serviceEndpoints } from './service-endpoints.ts';

const zeroUuid = '00000000-0000-0000-0000-000000000000';
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface ObjectLike {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly type?: unknown;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

/**
 * Converts one object to the published flattened form.
 * Sub-objects are copied as text, so numbers keep their digits; label and annotation values are decoded; an explicit
 * null counts as absent. `objectJson` must be a JSON object; throws SyntaxError otherwise.
 */
export function toKubernetesResource(objectJson: string, clusterId: string): KubernetesResource {
  const object = JSON.parse(objectJson) as ObjectLike;
  const texts = sliceMembers(objectJson);
  const metadata = object.metadata ?? {};
  const labels = keyValues(metadata.labels, 'label');
  const kind = textOf(object.kind);
  return {
    id: '',
    apiVersion: textOf(object.apiVersion),
    kind,
    model: '',
    metadata: publishedMetadata(metadata, texts.get('metadata') ?? '{}', labels),
    ...attribute('spec', texts),
    ...attribute('status', texts),
    cluster_id: clusterId,
    pattern_resource: designIdOf(labels),
    component_metadata: kind === 'Service' ? serviceEndpoints(object) : null,
    ...rawTexts(['immutable', 'data', 'binaryData', 'stringData'], texts),
    ...optionalText('type', object.type),
  };
}

function publishedMetadata(
  metadata: Readonly<Record<string, unknown>>,
  text: string,
  labels: readonly PublishedKeyValue[],
): PublishedMetadata {
  const annotations = keyValues(metadata.annotations, 'annotation');
  return {
    id: '',
    ...optionalText('name', metadata.name),
    ...optionalText('generateName', metadata.generateName),
    ...optionalText('namespace', metadata.namespace),
    ...optionalText('selfLink', metadata.selfLink),
    uid: textOf(metadata.uid),
    ...optionalText('resourceVersion', metadata.resourceVersion),
    ...optionalNumber('generation', metadata.generation),
    ...optionalText('creationTimestamp', metadata.creationTimestamp),
    ...optionalText('deletionTimestamp', metadata.deletionTimestamp),
    ...optionalNumber('deletionGracePeriodSeconds', metadata.deletionGracePeriodSeconds),
    ...(labels.length > 0 ? { labels } : {}),
    ...(annotations.length > 0 ? { annotations } : {}),
    ...rawTexts(['ownerReferences', 'finalizers'], sliceMembers(text)),
    cluster_id: '',
  };
}

function keyValues(value: unknown, kind: 'label' | 'annotation'): readonly PublishedKeyValue[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, text]) => ({ id: '', unique_id: zeroUuid, kind, key, value: textOf(text) }));
}

function designIdOf(labels: readonly PublishedKeyValue[]): string | null {
  const value = labels.find((label) => label.key === designIdLabel)?.value ?? '';
  return uuidForm.test(value) ? value.toLowerCase() : null;
}

function attribute<K extends 'spec' | 'status'>(
  name: K,
  texts: ReadonlyMap<string, string>,
): Partial<Record<K, { readonly id: string; readonly attribute: string }>> {
  const text = texts.get(name);
  if (text === undefined || text === 'null') return {};
  return { [name]: { id: '', attribute: text } } as Record<K, { id: string; attribute: string }>;
}

function rawTexts<K extends string>(
  names: readonly K[],
  texts: ReadonlyMap<string, string>,
): Partial<Record<K, string>> {
  const found = names.filter((name) => (texts.get(name) ?? 'null') !== 'null');
  return Object.fromEntries(found.map((name) => [name, texts.get(name)])) as Partial<Record<K, string>>;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optionalText<K extends string>(name: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as Record<K, string>) : {};
}

function optionalNumber<K extends string>(name: K, value: unknown): Partial<Record<K, number>> {
  return typeof value === 'number' && value !== 0 ? ({ [name]: value } as Record<K, number>) : {};
}
