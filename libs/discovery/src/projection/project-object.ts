import { ChangeType } from '@meshery/contracts';
import type { ObjectChange } from '@meshery/contracts';
import { eachMember, skipValue, tooDeep } from '@meshery/kube';
import { bytesWithout, cutObject } from './object-cutter.ts';
import type { CutObject } from './object-cutter.ts';

/** How objects of one kind are projected. */
export interface Projection {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * `full`: everything but managedFields and last-applied. `metadata`: only metadata. `key-names`: metadata, `type`, and
   * the keys of `data` without their values.
   */
  readonly mode: 'full' | 'metadata' | 'key-names';
  readonly maxDepth: number;
}

/**
 * A projected object, or why it cannot be passed on. The JSON text is apart from its change, as UTF-8: most often a view
 * of the bytes that were given, valid as long as they are.
 */
export type Projected =
  { readonly change: ObjectChange; readonly json: Buffer } | { readonly refused: string; readonly name: string };

/**
 * Makes an ObjectChange out of the bytes of an object. The text is cut out of the original bytes and never decoded and
 * written again, so numbers keep their digits and strings their escapes. Uses up the buffer. With `nesting` the bytes
 * are known to be one balanced object that nests so deep.
 */
export function projectObject(bytes: Buffer, projection: Projection, nesting?: number): Projected {
  const cut = cutObject(bytes, projection.maxDepth, nesting);
  if (cut.end === tooDeep) {
    return { refused: `it nests deeper than ${String(projection.maxDepth)} levels`, name: nameOf(cut) };
  }
  if (cut.end < 0) return { refused: 'it is not a JSON object', name: nameOf(cut) };
  if (cut.name === '' && cut.uid === '') return { refused: 'it has neither name nor uid', name: '' };
  return { change: changeOf(cut, projection), json: jsonOf(bytes, cut, projection) };
}

/** Namespace and name for a message, as far as they were found. */
function nameOf(cut: CutObject): string {
  return cut.namespace === '' ? cut.name : `${cut.namespace}/${cut.name}`;
}

function changeOf(cut: CutObject, projection: Projection): ObjectChange {
  return {
    type: ChangeType.CHANGE_TYPE_UPSERT,
    uid: cut.uid,
    apiVersion: projection.apiVersion,
    kind: projection.kind,
    namespace: cut.namespace,
    name: cut.name,
    resourceVersion: cut.resourceVersion,
    creationTimestamp: cut.creationTimestamp,
    labels: cut.labels,
    json: '',
  };
}

function jsonOf(bytes: Buffer, cut: CutObject, projection: Projection): Buffer {
  const { apiVersion, kind, mode } = projection;
  if (mode === 'full') {
    const json = bytesWithout(bytes, [0, cut.end], cut.cuts);
    // Items of a LIST leave out what the list says for all of them.
    if (cut.hasKind && cut.hasApiVersion) return json;
    const missing = `${cut.hasApiVersion ? '' : `"apiVersion":${JSON.stringify(apiVersion)},`}${cut.hasKind ? '' : `"kind":${JSON.stringify(kind)},`}`;
    return Buffer.concat([Buffer.from(`{${missing}`), json.subarray(json.indexOf(0x7b) + 1)]);
  }
  const extra = mode === 'key-names' ? keyNames(bytes, projection.maxDepth) : '';
  const range = [cut.metadataStart, cut.metadataEnd] as const;
  const metadata = cut.metadataStart < 0 ? Buffer.from('{}') : bytesWithout(bytes, range, cut.cuts);
  const start = `{"apiVersion":${JSON.stringify(apiVersion)},"kind":${JSON.stringify(kind)},"metadata":`;
  return Buffer.concat([Buffer.from(start), metadata, Buffer.from(`${extra}}`)]);
}

/** `,"type":..,"data":{"key":"[REDACTED]"}` of a Secret. */
function keyNames(bytes: Buffer, maxDepth: number): string {
  let text = '';
  eachMember(bytes, 0, (keyStart, keyEnd, valueStart) => {
    const key = bytes.toString('latin1', keyStart + 1, keyEnd - 1);
    const end = skipValue(bytes, valueStart, maxDepth);
    if (key === 'type') text += `,"type":${bytes.toString('utf8', valueStart, end)}`;
    if (key === 'data' && bytes[valueStart] === 0x7b) text += `,"data":${redacted(bytes, valueStart, maxDepth)}`;
    return end;
  });
  return text;
}

function redacted(bytes: Buffer, at: number, maxDepth: number): string {
  const keys: string[] = [];
  eachMember(bytes, at, (keyStart, keyEnd, valueStart) => {
    keys.push(`${bytes.toString('utf8', keyStart, keyEnd)}:"[REDACTED]"`);
    return skipValue(bytes, valueStart, maxDepth);
  });
  return `{${keys.join(',')}}`;
}
