import { eachMember, skipValue } from '../json/json-scanner.ts';

/** Types of watch events as the API server writes them. */
export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/** One line of a watch, cut but not decoded. */
export interface WatchLine {
  readonly type: WatchEventType;
  /** Bytes of the object; a view, valid as long as the line. */
  readonly object: Buffer;
}

const types: readonly WatchEventType[] = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR'];
const prefixes = types.map((type) => ({ type, prefix: Buffer.from(`{"type":"${type}","object":`) }));
/** Nesting bound of the slow path only; the object's own depth is checked by who reads it. */
const anyDepth = 1_000_000;

/** Cuts a watch line into type and object without decoding the object; undefined when it is not a watch event. */
export function cutWatchLine(line: Buffer): WatchLine | undefined {
  for (const { type, prefix } of prefixes) {
    if (line[9] === prefix[9] && startsWith(line, prefix) && line[line.length - 1] === 0x7d) {
      return { type, object: line.subarray(prefix.length, line.length - 1) };
    }
  }
  return cutAnyOrder(line);
}

function startsWith(line: Buffer, prefix: Buffer): boolean {
  return line.length > prefix.length && prefix.compare(line, 0, prefix.length) === 0;
}

/** The same for servers that write other white space or another order of members. */
function cutAnyOrder(line: Buffer): WatchLine | undefined {
  const found: { type?: string; object?: Buffer } = {};
  const start = line.indexOf(0x7b);
  const end = eachMember(line, start, (keyStart, keyEnd, valueStart) => {
    const valueEnd = skipValue(line, valueStart, anyDepth);
    const key = line.toString('latin1', keyStart, keyEnd);
    if (key === '"type"') found.type = line.toString('latin1', valueStart + 1, valueEnd - 1);
    if (key === '"object"' && valueEnd > 0) found.object = line.subarray(valueStart, valueEnd);
    return valueEnd;
  });
  const type = types.find((known) => known === found.type);
  return end < 0 || type === undefined || found.object === undefined ? undefined : { type, object: found.object };
}

/** Reads a BOOKMARK's object. */
export function readBookmark(object: Buffer): { readonly resourceVersion: string; readonly initialEventsEnd: boolean } {
  const { metadata = {} } = JSON.parse(object.toString('utf8')) as {
    metadata?: { resourceVersion?: string; annotations?: Record<string, string> };
  };
  return {
    resourceVersion: metadata.resourceVersion ?? '',
    initialEventsEnd: metadata.annotations?.['k8s.io/initial-events-end'] === 'true',
  };
}
