import type { Clock } from '@meshery/observability';
import type {
  InventorySummary,
  ObjectFilter,
  ObjectHead,
  ObjectPage,
  ObjectQuery,
  SortColumn,
} from '../inventory-store.ts';
import { decodeAnchor, encodeAnchor } from '../shared/page-token.ts';
import { withoutRowId } from './light-reader.ts';
import type { LightReader, LocatedHead } from './light-reader.ts';
import { OrderedCache, orderKey } from './ordered-cache.ts';
import { orderedIds } from './reader-queries.ts';
import type { ObjectOrder, OrderedIds } from './reader-queries.ts';
import type { ReaderPool } from './reader-pool.ts';

/** Selections of a store up to this many rows are ordered on the calling thread: under a millisecond. */
const inlineRows = 1000;

/** Cached summaries. */
const maximumSummaries = 50;

/** How often a page is read again when a commit came in between. */
const maximumTries = 5;

/** What pages are read from. */
export interface PageSources {
  readonly light: LightReader;
  readonly pool: ReaderPool;
  readonly clock: Clock;
  /** Changes with every commit that changed rows. */
  readonly version: () => number;
  /** Rows in the store, roughly. */
  readonly rowCount: () => number;
}

/** Numbered and keyset pages over the cached order of a selection. */
export class PageReader {
  readonly cache = new OrderedCache();
  private readonly summaries = new Map<string, { version: number; answer: Promise<InventorySummary> }>();
  private readonly sources: PageSources;

  constructor(sources: PageSources) {
    this.sources = sources;
  }

  /** The whole order of a selection as of a commit that is not older than the call. */
  async order(filter: ObjectFilter, order: ObjectOrder): Promise<OrderedIds> {
    const version = this.sources.version();
    const key = orderKey(filter, order);
    return this.cache.peek(key, version) ?? this.cache.get(key, version, () => this.load(filter, order));
  }

  async page(query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    for (let tries = 1; ; tries += 1) {
      const ordered = await this.order(query, query);
      const start = await this.start(query, ordered);
      const rows = this.rows(ordered.ids.subarray(start, start + query.pageSize), withText);
      // A row that vanished since the order was read: the next try sees the newer version.
      if (rows === undefined && tries < maximumTries) {
        this.cache.clear();
        continue;
      }
      return toPage(query, ordered, { start, rows: rows ?? [] });
    }
  }

  /** Counts of a selection; cached like the orders. */
  async summary(filter: ObjectFilter): Promise<InventorySummary> {
    const version = this.sources.version();
    const key = orderKey(filter, { sort: 'name', descending: false });
    const known = this.summaries.get(key);
    if (known?.version === version) return known.answer;
    const answer = this.sources.pool.run({ type: 'summary', filter: plainFilter(filter) });
    if (this.summaries.size >= maximumSummaries) this.summaries.clear();
    this.summaries.set(key, { version, answer });
    answer.catch(() => this.summaries.delete(key));
    return answer;
  }

  private load(filter: ObjectFilter, order: ObjectOrder): Promise<OrderedIds> {
    const { light, pool, rowCount } = this.sources;
    const plain = plainFilter(filter);
    const { sort, descending } = order;
    if (rowCount() > inlineRows) return pool.run({ type: 'order', filter: plain, order: { sort, descending } });
    return Promise.resolve().then(() => orderedIds(light.db, plain, { sort, descending }));
  }

  private async start(query: ObjectQuery, ordered: OrderedIds): Promise<number> {
    if (query.after === undefined) return (query.page ?? 0) * query.pageSize;
    const anchor = decodeAnchor(query.after);
    const index = ordered.ids.indexOf(anchor.id);
    const head = index < 0 ? undefined : this.sources.light.head(anchor.id);
    if (head !== undefined && sortValue(head, query.sort) === anchor.value) return index + 1;
    const order = { sort: query.sort, descending: query.descending };
    return this.sources.pool.run({ type: 'position', filter: plainFilter(query), order, anchor });
  }

  private rows(ids: Int32Array, withText: boolean): Row[] | undefined {
    const { light } = this.sources;
    const read = (): Row[] | undefined => {
      const rows: Row[] = [];
      for (const id of ids) {
        const head = light.head(id);
        const json = withText ? light.text(id) : undefined;
        if (head === undefined || (withText && json === undefined)) return undefined;
        rows.push(json === undefined ? { head } : { head, json });
      }
      return rows;
    };
    return ids.length === 0 ? [] : light.snapshot(read);
  }
}

/** Callers may pass larger objects; only these fields are sent to a thread. */
function plainFilter(filter: ObjectFilter): ObjectFilter {
  const { clusterIds, kinds, namespaces, apiVersions, models, labels, search } = filter;
  return { clusterIds, kinds, namespaces, apiVersions, models, labels, search } as ObjectFilter;
}

interface Row {
  readonly head: LocatedHead;
  readonly json?: string;
}

function toPage(query: ObjectQuery, ordered: OrderedIds, slice: { start: number; rows: readonly Row[] }): ObjectPage {
  const { start, rows } = slice;
  const totalCount = ordered.ids.length;
  const last = rows.at(-1);
  const plain = rows.map(({ head, json }): ObjectHead & { json?: string } =>
    json === undefined ? withoutRowId(head) : { ...withoutRowId(head), json },
  );
  if (last === undefined || start + rows.length >= totalCount) return { rows: plain, totalCount, seq: ordered.seq };
  const next = encodeAnchor({ id: last.head.rowId, value: sortValue(last.head, query.sort) });
  return { rows: plain, totalCount, next, seq: ordered.seq };
}

function sortValue(head: ObjectHead, column: SortColumn): string {
  switch (column) {
    case 'name':
      return head.name;
    case 'kind':
      return head.kind;
    case 'namespace':
      return head.namespace;
    case 'api_version':
      return head.apiVersion;
    case 'creation_timestamp':
      return head.creationTimestamp;
    case 'model':
      return head.model ?? '';
  }
}
