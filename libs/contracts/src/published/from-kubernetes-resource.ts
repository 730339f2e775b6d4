import { ChangeType } from '../generated/meshery/ingest/v1/ingest.ts';
import type { ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';
import { jsonDepth, maxJsonDepth } from '../nats/envelope.ts';
import type { EventType, Parsed } from '../nats/envelope.ts';
import { lastAppliedAnnotation } from './kubernetes-resource.ts';

/** How a published object is read. */
export interface FromPublishedOptions {
  /**
   * True for agents that copy label and annotation values with their JSON escapes (`\"`, `\n`, `\u003c`): values are
   * decoded once. Our agent says with a header that its values are plain.
   */
  readonly escapedValues: boolean;
}

/** A published object as a change of the native path. */
export interface PublishedChange {
  readonly clusterId: string;
  readonly change: ObjectChange;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Converts a published object back: attribute texts are spliced as they are, arrays of labels and annotations become
 * maps. What the published form drops (`rules`, `subsets`, ..) stays lost. The reason says why an object is refused.
 */
export function fromKubernetesResource(
  eventType: EventType,
  object: unknown,
  options: FromPublishedOptions,
): Parsed<PublishedChange> {
  const resource = asFields(object);
  const metadata = asFields(resource?.metadata);
  if (resource === undefined || metadata === undefined) return refuse('Object is not a published resource');
  const identity = identityOf(resource, metadata);
  if (identity === undefined) return refuse('Object has no cluster_id, apiVersion, kind or name');
  const labels = toMap(metadata.labels, options);
  const type = eventType === 'DELETED' ? ChangeType.CHANGE_TYPE_DELETE : ChangeType.CHANGE_TYPE_UPSERT;
  const json =
    type === ChangeType.CHANGE_TYPE_DELETE
      ? { ok: true as const, value: '' }
      : buildJson(resource, metadata, labels, options);
  if (!json.ok) return json;
  const { clusterId, ...names } = identity;
  return {
    ok: true,
    value: { clusterId, change: { type, ...names, labels: Object.fromEntries(labels), json: json.value } },
  };
}

function identityOf(resource: Fields, metadata: Fields) {
  const clusterId = textOf(resource.cluster_id);
  const apiVersion = textOf(resource.apiVersion);
  const kind = textOf(resource.kind);
  const name = textOf(metadata.name);
  if (clusterId === '' || apiVersion === '' || kind === '' || name === '') return undefined;
  return {
    clusterId,
    apiVersion,
    kind,
    name,
    uid: textOf(metadata.uid),
    namespace: textOf(metadata.namespace),
    resourceVersion: textOf(metadata.resourceVersion),
    creationTimestamp: textOf(metadata.creationTimestamp),
  };
}

const metadataTexts = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
];

function buildJson(
  resource: Fields,
  metadata: Fields,
  labels: ReadonlyMap<string, string>,
  options: FromPublishedOptions,
): Parsed<string> {
  const writer = new MemberWriter();
  writer.text('apiVersion', resource.apiVersion);
  writer.text('kind', resource.kind);
  writer.raw('metadata', metadataJson(metadata, labels, options, writer));
  writer.splice('spec', asFields(resource.spec)?.attribute);
  writer.splice('status', asFields(resource.status)?.attribute);
  for (const name of ['immutable', 'data', 'binaryData', 'stringData']) writer.splice(name, resource[name]);
  writer.text('type', resource.type);
  return writer.finish();
}

function metadataJson(
  metadata: Fields,
  labels: ReadonlyMap<string, string>,
  options: FromPublishedOptions,
  outer: MemberWriter,
): string {
  const writer = new MemberWriter();
  for (const name of metadataTexts) writer.text(name, metadata[name]);
  for (const name of ['generation', 'deletionGracePeriodSeconds']) writer.number(name, metadata[name]);
  const annotations = new Map(toMap(metadata.annotations, options));
  annotations.delete(lastAppliedAnnotation);
  writer.map('labels', labels);
  writer.map('annotations', annotations);
  for (const name of ['ownerReferences', 'finalizers']) writer.splice(name, metadata[name]);
  const result = writer.finish();
  if (result.ok) return result.value;
  outer.fail(result.reason);
  return '{}';
}

/** Writes one JSON object member by member; the first fault is kept and makes the whole object refused. */
class MemberWriter {
  readonly #members: string[] = [];
  #fault: string | undefined;

  fail(reason: string): void {
    this.#fault ??= reason;
  }

  raw(name: string, json: string): void {
    this.#members.push(`${JSON.stringify(name)}:${json}`);
  }

  text(name: string, value: unknown): void {
    if (typeof value === 'string' && value !== '') this.raw(name, JSON.stringify(value));
  }

  number(name: string, value: unknown): void {
    if (typeof value === 'number' && value !== 0) this.raw(name, String(value));
  }

  map(name: string, entries: ReadonlyMap<string, string>): void {
    if (entries.size === 0) return;
    const members = [...entries].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    this.raw(name, `{${members.join(',')}}`);
  }

  /** Copies a JSON text verbatim after proving that it is one. */
  splice(name: string, text: unknown): void {
    if (typeof text !== 'string' || text === '') return;
    if (jsonDepth(text) > maxJsonDepth) this.fail(`${name} nests deeper than ${maxJsonDepth} levels`);
    else if (!isJson(text)) this.fail(`${name} is not JSON text`);
    else this.raw(name, text);
  }

  finish(): Parsed<string> {
    return this.#fault === undefined ? { ok: true, value: `{${this.#members.join(',')}}` } : refuse(this.#fault);
  }
}

function toMap(list: unknown, options: FromPublishedOptions): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    const key = textOf(asFields(item)?.key);
    const value = textOf(asFields(item)?.value);
    if (key !== '') entries.set(key, options.escapedValues ? unescapeJson(value) : value);
  }
  return entries;
}

function unescapeJson(value: string): string {
  if (!value.includes('\\')) return value;
  try {
    return JSON.parse(`"${value}"`) as string;
  } catch {
    return value;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
