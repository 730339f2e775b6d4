import { MesheryError } from '@meshery/errors';

/** Event types of the published form. */
export type WatchedEvent = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One resource of a watch list: a resource key ("deployments.v1.apps") or a plain name. */
export interface WatchListEntry {
  /** Lower case. */
  readonly resource: string;
  /** Events to pass on; all of them when the list names none. */
  readonly events: ReadonlySet<WatchedEvent>;
}

/** A checked watch list. */
export type WatchList =
  | { readonly type: 'all' }
  | { readonly type: 'white'; readonly entries: readonly WatchListEntry[] }
  | { readonly type: 'black'; readonly entries: readonly WatchListEntry[] };

const eventNames: readonly WatchedEvent[] = ['ADDED', 'MODIFIED', 'DELETED'];
const allEvents: ReadonlySet<WatchedEvent> = new Set(eventNames);

/**
 * Reads a watch list in the published form (`{whitelist, blacklist}` as JSON texts, also below `data`) or in the typed
 * form (lists of `{resource, events}` and of names, also called `only` and `except`), or either of them as JSON text.
 * Throws `meshery-discovery-1400`, which names the field.
 */
export function parseWatchList(raw: unknown): WatchList {
  if (raw === undefined || raw === null || raw === '') return { type: 'all' };
  const fields = asFields(typeof raw === 'string' ? parseText(raw, 'the top level') : raw, 'the top level');
  const source = fields['data'] === undefined ? fields : asFields(fields['data'], 'data');
  const white = readEntries(source, 'whitelist', 'only');
  const black = readEntries(source, 'blacklist', 'except');
  if (white.length > 0 && black.length > 0)
    throw malformed('whitelist and blacklist', 'only one of the two may be set');
  if (white.length > 0) return { type: 'white', entries: white };
  return black.length > 0 ? { type: 'black', entries: black } : { type: 'all' };
}

function malformed(where: string, why: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-discovery-1400', `The watch list is malformed at ${where}: ${why}.`, {
    probableCause: 'The MeshSync resource or its configuration was edited by hand.',
    remedy:
      'Write whitelist as [{"Resource":"pods.v1.","Events":["ADDED"]}] or blacklist as ["leases.v1.coordination.k8s.io"].',
    details: { where },
    ...(cause === undefined ? {} : { cause }),
  });
}

function asFields(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(where, 'a mapping is expected');
  return value as Readonly<Record<string, unknown>>;
}

function readEntries(
  source: Readonly<Record<string, unknown>>,
  published: string,
  typed: string,
): readonly WatchListEntry[] {
  const where = source[published] === undefined ? typed : published;
  const value = source[where];
  if (value === undefined || value === null || value === '') return [];
  const list = typeof value === 'string' ? parseText(value, where) : value;
  if (list === null) return [];
  if (!Array.isArray(list)) throw malformed(where, 'a list is expected');
  return list.map((item: unknown, index) => readEntry(item, `${where}[${String(index)}]`));
}

function parseText(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(where, 'it is not JSON', error);
  }
}

function readEntry(item: unknown, where: string): WatchListEntry {
  if (typeof item === 'string') return { resource: resourceName(item, where), events: allEvents };
  const fields = asFields(item, where);
  const resource = fields['Resource'] ?? fields['resource'];
  const events = fields['Events'] ?? fields['events'];
  return { resource: resourceName(resource, `${where}.Resource`), events: readEvents(events, `${where}.Events`) };
}

function resourceName(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw malformed(where, 'the name of a resource is expected');
  return value.trim().toLowerCase();
}

function readEvents(value: unknown, where: string): ReadonlySet<WatchedEvent> {
  if (value === undefined || value === null) return allEvents;
  if (!Array.isArray(value)) throw malformed(where, 'a list is expected');
  const events = value.map((name: unknown) => {
    const known = eventNames.find((event) => event === name);
    if (known === undefined) throw malformed(where, `known events are ${eventNames.join(', ')}`);
    return known;
  });
  return events.length === 0 ? allEvents : new Set(events);
}
