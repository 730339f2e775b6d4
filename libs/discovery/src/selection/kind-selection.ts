import type { ApiResource } from '@meshery/kube';
import type { MesheryError } from '@meshery/errors';
import { isMesheryError } from '@meshery/errors';
import type { DiscoverySettings } from '../discovery-config.ts';
import { isSecret } from '../kinds/kind-key.ts';
import type { Projection } from '../projection/project-object.ts';
import { byNamespace } from './output-filter.ts';
import type { ObjectFilter } from './output-filter.ts';
import { parseWatchList } from './watch-list.ts';
import type { WatchList, WatchListEntry, WatchedEvent } from './watch-list.ts';

/** What decides which kinds are watched. */
export interface SelectionOptions extends DiscoverySettings {
  readonly outputResources: readonly string[];
}

/** What is passed on of the objects of one kind. */
export interface KindContent {
  readonly events: ReadonlySet<WatchedEvent>;
  readonly filter: ObjectFilter;
  readonly mode: Projection['mode'];
  /** Equal texts stand for equal content: nothing has to be read anew. */
  readonly fingerprint: string;
}

/** Says which kinds are watched, and why the others are not. */
export interface KindSelection {
  /** Why the kind is left out; undefined when it is watched. */
  whyIgnored(resource: ApiResource): string | undefined;
  contentOf(resource: ApiResource): KindContent;
  /** The list in force. */
  readonly list: WatchList;
  /** The watch list's fault, when it has one: then the list before it stays in force, or every kind is watched. */
  readonly fault: MesheryError | undefined;
}

/** Resources left out unless a whitelist names them: many short-lived objects that describe nothing. */
const defaultExclusion: readonly { readonly plural: string; readonly group: string }[] = [
  { plural: 'events', group: '' },
  { plural: 'events', group: 'events.k8s.io' },
  { plural: 'leases', group: 'coordination.k8s.io' },
];

type Predicate = (resource: ApiResource) => string | undefined;

const everyEvent: ReadonlySet<WatchedEvent> = new Set<WatchedEvent>(['ADDED', 'MODIFIED', 'DELETED']);

/**
 * Compiles the user's choices to a list of predicates. Never throws: a malformed watch list becomes `fault`, and the list
 * of the selection `before` stays in force.
 */
export function compileSelection(options: SelectionOptions, before?: KindSelection): KindSelection {
  const { list, fault } = readList(options.watchList, before?.list ?? { type: 'all' });
  const predicates: readonly Predicate[] = [
    byWatchList(list),
    byDefaultExclusion(list),
    byOutputResources(options.outputResources),
    byOutputNamespaces(options.outputNamespaces),
  ];
  return {
    list,
    fault,
    whyIgnored(resource) {
      for (const predicate of predicates) {
        const reason = predicate(resource);
        if (reason !== undefined) return reason;
      }
      return undefined;
    },
    contentOf: (resource) => contentOf(resource, list, options),
  };
}

function contentOf(resource: ApiResource, list: WatchList, options: SelectionOptions): KindContent {
  const events = eventsOf(resource, list);
  const namespaces = options.outputNamespaces.map((name) => name.trim()).filter((name) => name !== '');
  const secretMode = options.secretKeyNames ? 'key-names' : 'metadata';
  const mode = isSecret(resource) ? secretMode : 'full';
  const fingerprint = JSON.stringify([[...events].sort(), [...namespaces].sort(), mode]);
  return { events, filter: byNamespace(namespaces), mode, fingerprint };
}

function eventsOf(resource: ApiResource, list: WatchList): ReadonlySet<WatchedEvent> {
  if (list.type !== 'white') return everyEvent;
  return list.entries.find((entry) => matches(entry, resource))?.events ?? everyEvent;
}

function readList(
  raw: unknown,
  fallback: WatchList,
): { readonly list: WatchList; readonly fault: MesheryError | undefined } {
  try {
    return { list: parseWatchList(raw), fault: undefined };
  } catch (error) {
    if (isMesheryError(error)) return { list: fallback, fault: error };
    throw error;
  }
}

function byWatchList(list: WatchList): Predicate {
  if (list.type === 'all') return () => undefined;
  return (resource) => {
    const named = list.entries.some((entry) => matches(entry, resource));
    if (list.type === 'white') return named ? undefined : 'it is not in the whitelist';
    return named ? 'it is in the blacklist' : undefined;
  };
}

function byDefaultExclusion(list: WatchList): Predicate {
  return (resource) => {
    if (list.type === 'white') return undefined;
    const excluded = defaultExclusion.some(
      ({ plural, group }) => resource.plural === plural && resource.group === group,
    );
    return excluded ? 'it is left out by default; name it in a whitelist to watch it' : undefined;
  };
}

function byOutputResources(names: readonly string[]): Predicate {
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
  if (wanted.size === 0) return () => undefined;
  return (resource) =>
    namesOf(resource).some((name) => wanted.has(name)) ? undefined : 'it is not an output resource';
}

function byOutputNamespaces(namespaces: readonly string[]): Predicate {
  if (namespaces.every((name) => name.trim() === '')) return () => undefined;
  return (resource) => (resource.namespaced ? undefined : 'it has no namespace and only some namespaces are wanted');
}

/** Singular and plural, lower case; the kind stands in for a singular that the server does not name. */
function namesOf(resource: ApiResource): readonly string[] {
  return [resource.plural.toLowerCase(), resource.singular.toLowerCase(), resource.kind.toLowerCase()];
}

/**
 * True when an entry means this resource: a key "<plural>.<version>.<group>" whatever its version (the server's
 * preferred one is watched), "<plural>.<group>", or a plain name; singular names serve as well.
 */
function matches(entry: WatchListEntry, resource: ApiResource): boolean {
  const names = namesOf(resource);
  if (names.includes(entry.resource)) return true;
  const [name = '', version = '', ...group] = entry.resource.split('.');
  if (!names.includes(name)) return false;
  const tail = entry.resource.slice(name.length + 1);
  return tail === resource.group || (/^v\d/.test(version) && group.join('.') === resource.group);
}
