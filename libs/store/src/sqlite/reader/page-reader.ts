import type { Clock } from '@meshery/observability';
import type {
  InventorySummary,
  ObjectFilter,
  ObjectHead,
  ObjectPage,
  ObjectQuery,
  PageFormat,
  SortColumn,
} from '../../inventory-store.ts';
import { decodeAnchor, encodeAnchor } from '../../shared/page-token.ts';
import { writePage } from '../../shared/write-page.ts';
import { withoutRowId } from './light-reader.ts';
import type { LightReader } from './light-reader.ts';
import { OrderedCache, orderKey } from './ordered-cache.ts';
import { runHeavy } from './reader-queries.ts';
import type { HeavyAnswers, HeavyQuery, ObjectOrder, OrderedIds, TopIds } from './reader-queries.ts';
import type { ReaderPool } from './reader-pool.ts';
import { WrittenPages } from './written-pages.ts';

/** Pages that end within this many rows of the beginning may be read without ordering the whole selection. */
const topRows = 1000;

/** Selections whose last asking is remembered. */
const maximumAsked = 1000;

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
  private readonly written = new WrittenPages();
  /** For each selection the version in which it was asked for last. */
  private readonly asked = new Map<string, number>();
  private readonly sources: PageSources;

  constructor(sources: PageSources) {
    this.sources = sources;
  }

  /** The whole order of a selection as of a commit that is not older than the call. */
  async order(filter: ObjectFilter, order: ObjectOrder): Promise<OrderedIds> {
    const { sort, descending } = order;
    const query = { type: 'order', filter: plainFilter(filter), order: { sort, descending } } as const;
    return this.cache.get(orderKey(filter, order), this.sources.version(), () => this.heavy(query));
  }

  /** Places a page in the order of its selection and reads its rows; a row that vanished meanwhile means another try. */
  async page(query: ObjectQuery, withText: boolean): Promise<ObjectPage> {
    for (let tries = 1; ; tries += 1) {
      const { ids, seq, start, total } = await this.window(query);
      const own = ids.subarray(start, start + query.pageSize);
      const rows = this.rows(own, withText);
      if (rows !== undefined || tries === maximumTries) {
        const isLast = rows === undefined || start + own.length >= total;
        const next = isLast ? undefined : this.positionAfter(own, query.sort);
        return { rows: rows ?? [], totalCount: total, seq, ...(next === undefined ? {} : { next }) };
      }
      // The next try sees the newer version.
      this.cache.clear();
    }
  }

  /** A page as `format` writes it; kept until a row changes. */
  async writtenPage(query: ObjectQuery, format: PageFormat): Promise<Buffer> {
    if (format.needsText) return writePage(await this.page(query, true), format);
    const version = this.sources.version();
    const key = `${format.key} ${query.pageSize} ${query.after ?? query.page ?? 0} ${orderKey(query, query)}`;
    const known = this.written.get(key, version);
    if (known !== undefined) return known;
    const page = writePage(await this.page(query, false), format);
    if (this.sources.version() === version) this.written.put(key, version, page);
    return page;
  }

  /**
   * Where a page is. The order of a whole selection pays when it is asked for again before the next commit; in a store
   * that changes all the time it never is. So the first page asked for in each version is taken from the top.
   */
  private async window(query: ObjectQuery): Promise<Window> {
    const version = this.sources.version();
    const key = orderKey(query, query);
    const known = this.cache.peek(key, version);
    const end = ((query.page ?? 0) + 1) * query.pageSize;
    if (known === undefined && query.after === undefined && end <= topRows && this.isFirst(key, version)) {
      const { sort, descending } = query;
      const top = { type: 'top', filter: plainFilter(query), order: { sort, descending }, limit: end } as const;
      return { ...(await this.heavy(top)), start: end - query.pageSize };
    }
    const { ids, seq } = known ?? (await this.order(query, query));
    return { ids, seq, total: ids.length, start: await this.start(query, ids) };
  }

  /** True when this selection is asked for the first time in this version of the rows. */
  private isFirst(key: string, version: number): boolean {
    if (this.asked.get(key) === version) return false;
    if (this.asked.size >= maximumAsked) this.asked.clear();
    this.asked.set(key, version);
    return true;
  }

  /** The position after the last of these rows. */
  private positionAfter(ids: Int32Array, sort: SortColumn): string | undefined {
    const last = ids.at(-1);
    const head = last === undefined ? undefined : this.sources.light.head(last);
    return head === undefined ? undefined : encodeAnchor({ id: head.rowId, value: sortValue(head, sort) });
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

  /** Runs a query on a thread, or here when the store is so small that this is quicker. */
  private async heavy<T extends HeavyQuery>(query: T): Promise<HeavyAnswers[T['type']]> {
    const { light, pool, rowCount } = this.sources;
    if (rowCount() > inlineRows) return pool.run(query);
    return runHeavy(light.db, query) as HeavyAnswers[T['type']];
  }

  private async start(query: ObjectQuery, ids: Int32Array): Promise<number> {
    if (query.after === undefined) return (query.page ?? 0) * query.pageSize;
    const anchor = decodeAnchor(query.after);
    const index = ids.indexOf(anchor.id);
    const head = index < 0 ? undefined : this.sources.light.head(anchor.id);
    if (head !== undefined && sortValue(head, query.sort) === anchor.value) return index + 1;
    const order = { sort: query.sort, descending: query.descending };
    return this.sources.pool.run({ type: 'position', filter: plainFilter(query), order, anchor });
  }

  private rows(ids: Int32Array, withText: boolean): ObjectPage['rows'] | undefined {
    const { light } = this.sources;
    return light.snapshot(() => {
      const rows: ObjectPage['rows'][number][] = [];
      for (const id of ids) {
        const head = light.head(id);
        if (head === undefined) return undefined;
        const json = withText ? light.text(id) : undefined;
        if (withText && json === undefined) return undefined;
        rows.push(json === undefined ? withoutRowId(head) : { ...withoutRowId(head), json });
      }
      return rows;
    });
  }
}

/** Callers may pass larger objects; only these fields are sent to a thread. */
function plainFilter(filter: ObjectFilter): ObjectFilter {
  const { clusterIds, kinds, namespaces, apiVersions, models, labels, search } = filter;
  return { clusterIds, kinds, namespaces, apiVersions, models, labels, search } as ObjectFilter;
}

/** The beginning of an order that holds a page, or all of it, and where the page starts. */
interface Window extends TopIds {
  readonly start: number;
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
