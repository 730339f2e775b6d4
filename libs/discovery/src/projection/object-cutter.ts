import { eachMember, malformed, skipSpace, skipValue } from '@meshery/kube';

/** What the bytes of an object say, found without decoding its values. */
export interface CutObject {
  /** Position after the object, or a negative number of the scanner. */
  end: number;
  hasKind: boolean;
  hasApiVersion: boolean;
  /** [start, end) of the metadata object; start is -1 when there is none. */
  metadataStart: number;
  metadataEnd: number;
  uid: string;
  name: string;
  namespace: string;
  resourceVersion: string;
  creationTimestamp: string;
  labels: Record<string, string>;
  /** Ranges to leave out, ascending and disjoint: start, end, start, end.. */
  readonly cuts: number[];
}

/** Where a member of an object was found; used to leave it out together with one comma. */
interface Neighbours {
  /** Position after the member before, or -1. */
  before: number;
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Answer of a member's reader when nothing that follows matters. */
const enough = -3;

/**
 * Finds the columns of an object and what to leave out: metadata.managedFields and the last-applied annotation. What
 * follows the metadata is only looked at when `nesting` is not known: kinds of Kubernetes write `kind` and `apiVersion`
 * first, or leave both out in lists.
 */
export function cutObject(bytes: Buffer, maxDepth: number, nesting?: number): CutObject {
  const cut: CutObject = {
    end: malformed,
    hasKind: false,
    hasApiVersion: false,
    metadataStart: -1,
    metadataEnd: -1,
    uid: '',
    name: '',
    namespace: '',
    resourceVersion: '',
    creationTimestamp: '',
    labels: {},
    cuts: [],
  };
  const isKnown = nesting !== undefined && nesting <= maxDepth;
  const end = eachMember(bytes, skipSpace(bytes, 0), (keyStart, keyEnd, valueStart) => {
    const key = bytes.toString('latin1', keyStart + 1, keyEnd - 1);
    if (key === 'metadata') {
      const metadataEnd = readMetadata(bytes, valueStart, maxDepth - 1, cut);
      return metadataEnd >= 0 && isKnown ? enough : metadataEnd;
    }
    if (key === 'kind') cut.hasKind = true;
    else if (key === 'apiVersion') cut.hasApiVersion = true;
    return skipValue(bytes, valueStart, maxDepth - 1);
  });
  cut.end = end === enough ? bytes.length : end;
  return cut;
}

function readMetadata(bytes: Buffer, at: number, maxDepth: number, cut: CutObject): number {
  const around: Neighbours = { before: -1 };
  cut.metadataStart = at;
  cut.metadataEnd = eachMember(bytes, at, (keyStart, keyEnd, valueStart) => {
    const key = bytes.toString('latin1', keyStart + 1, keyEnd - 1);
    if (key === 'annotations') return keep(around, readAnnotations(bytes, valueStart, maxDepth - 1, cut));
    const end = skipValue(bytes, valueStart, maxDepth - 1);
    if (end < 0) return end;
    if (key === 'managedFields') return leaveOut(bytes, around, [keyStart, end], cut);
    readField(cut, key, bytes, [valueStart, end]);
    return keep(around, end);
  });
  return cut.metadataEnd;
}

function readAnnotations(bytes: Buffer, at: number, maxDepth: number, cut: CutObject): number {
  // "annotations": null is legal.
  if (bytes[at] !== 0x7b) return skipValue(bytes, at, maxDepth);
  const around: Neighbours = { before: -1 };
  return eachMember(bytes, at, (keyStart, keyEnd, valueStart) => {
    const end = skipValue(bytes, valueStart, maxDepth - 1);
    if (end < 0) return end;
    const key = bytes.toString('latin1', keyStart + 1, keyEnd - 1);
    return key === lastApplied ? leaveOut(bytes, around, [keyStart, end], cut) : keep(around, end);
  });
}

function keep(around: Neighbours, end: number): number {
  around.before = end;
  return end;
}

/** Leaves out one member with the comma after it, or with the comma before it when it is the last one. */
function leaveOut(bytes: Buffer, around: Neighbours, [start, end]: readonly [number, number], cut: CutObject): number {
  const next = skipSpace(bytes, end);
  const isLast = bytes[next] !== 0x2c;
  const from = isLast && around.before !== -1 ? around.before : start;
  while (cut.cuts.length > 0 && (cut.cuts.at(-2) ?? -1) >= from) cut.cuts.length -= 2;
  cut.cuts.push(from, isLast ? end : next + 1);
  return end;
}

type TextField = 'uid' | 'name' | 'namespace' | 'resourceVersion' | 'creationTimestamp';

const textFields: ReadonlySet<string> = new Set<TextField>([
  'uid',
  'name',
  'namespace',
  'resourceVersion',
  'creationTimestamp',
]);

function readField(cut: CutObject, key: string, bytes: Buffer, [start, end]: readonly [number, number]): void {
  if (textFields.has(key)) cut[key as TextField] = readText(bytes, start, end);
  else if (key === 'labels') cut.labels = readLabels(bytes.toString('utf8', start, end));
}

function readText(bytes: Buffer, start: number, end: number): string {
  // null, as in "creationTimestamp": null.
  if (bytes[start] !== 0x22) return '';
  const text = bytes.toString('utf8', start + 1, end - 1);
  return text.includes('\\') ? decodeText(bytes.toString('utf8', start, end)) : text;
}

function decodeText(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return '';
  }
}

function readLabels(json: string): Record<string, string> {
  try {
    const parsed = JSON.parse(json) as Record<string, unknown> | null;
    // A null-prototype copy: a key named __proto__ stays a key.
    const labels = Object.create(null) as Record<string, string>;
    for (const [key, value] of Object.entries(parsed ?? {})) if (typeof value === 'string') labels[key] = value;
    return labels;
  } catch {
    return {};
  }
}

/** The bytes of [start, end) without the cuts: a view, moved together in place, so the buffer is used up afterwards. */
export function bytesWithout(bytes: Buffer, [start, end]: readonly [number, number], cuts: readonly number[]): Buffer {
  let write = start;
  let read = start;
  for (let i = 0; i < cuts.length; i += 2) {
    const from = cuts[i] as number;
    if (from < start || from >= end) continue;
    if (write !== read) bytes.copyWithin(write, read, from);
    write += from - read;
    read = cuts[i + 1] as number;
  }
  if (write !== read) bytes.copyWithin(write, read, end);
  return bytes.subarray(start, write + (end - read));
}
