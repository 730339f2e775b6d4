import { publishedId } from '@meshery/contracts';
import type { CommittedChange, InventoryStore, ObjectFilter, ObjectHead } from '@meshery/store';
import { modelOf } from '@meshery/store';
import type { ClusterScope } from '../scope/cluster-scope.ts';
import { labelsMatch } from './label-match.ts';
import { needsText, rowText } from '../row-text.ts';
import type { RowParts } from '../row-text.ts';

/** What a subscriber wants to hear. */
export interface Subscription {
  readonly filter: ObjectFilter;
  readonly parts: RowParts;
}

/** One change as a subscriber gets it. */
export interface LiveEvent {
  readonly seq: number;
  readonly type: 'upsert' | 'delete';
  readonly head: ObjectHead;
  /** The published JSON of the row, or of the deleted object's name. */
  readonly data: string;
  /** The stored text, where the subscription needs it. */
  readonly json?: string;
}

/** The changes of one commit for one group, and the same as text of an event stream. */
export interface LiveBatch {
  readonly events: readonly LiveEvent[];
  readonly seq: number;
  /** Made once, whoever asks. */
  readonly text: string;
}

/** Groups are equal when their subscriptions are, and what their members may see. */
export function groupKey(subscription: Subscription, scope: ClusterScope): string {
  return JSON.stringify([subscription.filter, subscription.parts, scope.key]);
}

/**
 * Everybody with the same subscription: a change is matched and written once for all of them. Groups that need
 * neither labels nor parts of the text answer at once; the others look the text up first.
 */
export class EventGroup {
  readonly #store: InventoryStore;
  readonly #parts: RowParts;
  readonly #filter: ObjectFilter;
  readonly #matches: (head: ObjectHead) => boolean;
  readonly needsText: boolean;

  constructor(store: InventoryStore, subscription: Subscription, scope: ClusterScope) {
    this.#store = store;
    this.#parts = subscription.parts;
    this.#filter = subscription.filter;
    const matches = headMatcher(subscription.filter);
    this.#matches = (head) => matches(head) && scope.has(head.clusterId);
    this.needsText = needsText(subscription.parts) || (subscription.filter.labels ?? []).length > 0;
  }

  /** Writes what matches, for groups that do not need the text. */
  renderNow(changes: readonly CommittedChange[], seq: number): LiveBatch {
    const events: LiveEvent[] = [];
    for (const change of changes) {
      if (this.#matches(change.head))
        events.push(change.type === 'upsert' ? upsert(change.head, this.#parts) : removal(change.head));
    }
    return batchOf(events, seq);
  }

  /** Writes what matches, with the stored text. An object that is gone meanwhile is left out: its delete follows. */
  async render(changes: readonly CommittedChange[], seq: number): Promise<LiveBatch> {
    if (!this.needsText) return this.renderNow(changes, seq);
    const events: LiveEvent[] = [];
    for (const change of changes) {
      if (!this.#matches(change.head)) continue;
      const event = change.type === 'delete' ? removal(change.head) : await this.#withText(change.head);
      if (event !== undefined) events.push(event);
    }
    return batchOf(events, seq);
  }

  /** An object that lost a label leaves the selection, which subscribers see as a delete. */
  async #withText(head: ObjectHead): Promise<LiveEvent | undefined> {
    const stored = await this.#store.find(head.uid === '' ? publishedId(head) : head.uid);
    if (stored === undefined || stored.clusterId !== head.clusterId) return undefined;
    if (!labelsMatch(stored.json, this.#filter.labels ?? [])) return removal(head);
    return upsert({ ...stored, seq: head.seq }, this.#parts, stored.json);
  }
}

function upsert(head: ObjectHead, parts: RowParts, json?: string): LiveEvent {
  const data = rowText(head, { parts }, json);
  return { seq: head.seq, type: 'upsert', head, data, ...(json === undefined ? {} : { json }) };
}

function removal(head: ObjectHead): LiveEvent {
  const { uid, kind, apiVersion, namespace, name, clusterId } = head;
  const named = {
    id: publishedId(head),
    uid,
    kind,
    apiVersion,
    ...(namespace === '' ? {} : { namespace }),
    name,
    cluster_id: clusterId,
  };
  return { seq: head.seq, type: 'delete', head, data: JSON.stringify(named) };
}

function batchOf(events: readonly LiveEvent[], seq: number): LiveBatch {
  let text: string | undefined;
  return {
    events,
    seq,
    get text(): string {
      text ??= events.map(eventText).join('');
      return text;
    },
  };
}

function eventText(event: LiveEvent): string {
  return `id: ${String(event.seq)}\nevent: ${event.type}\ndata: ${event.data}\n\n`;
}

function headMatcher(filter: ObjectFilter): (head: ObjectHead) => boolean {
  const tests: ((head: ObjectHead) => boolean)[] = [];
  const anyOf = (values: readonly string[] | undefined, of: (head: ObjectHead) => string): void => {
    if (values === undefined) return;
    const set = new Set(values);
    tests.push((head) => set.has(of(head)));
  };
  if (filter.clusterIds !== 'all') anyOf(filter.clusterIds, (head) => head.clusterId);
  anyOf(filter.kinds, (head) => head.kind);
  anyOf(filter.apiVersions, (head) => head.apiVersion);
  anyOf(filter.models, (head) => modelOf(head.apiVersion));
  if (filter.namespaces !== undefined) tests.push(namespaceTest(new Set(filter.namespaces)));
  const search = filter.search?.toLowerCase();
  if (search !== undefined) tests.push((head) => head.name.toLowerCase().includes(search));
  return (head) => tests.every((test) => test(head));
}

/** A namespace filter also selects the Namespace object of that name, as in the list. */
function namespaceTest(names: ReadonlySet<string>): (head: ObjectHead) => boolean {
  return (head) => names.has(head.namespace) || (head.kind === 'Namespace' && names.has(head.name));
}
