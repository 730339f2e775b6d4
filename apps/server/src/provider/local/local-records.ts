import type { Filter, FilterDraft, Page, PageQuery, PerformanceResult, RecordFields } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { RecordTable, RowFilter, UserData } from '@meshery/store';
import type { Catalog, PerformanceResults, RecordFilter, Records, RecordsOf, ResultFilter } from '../provider.ts';
import type { ResultTotals } from '../provider.ts';
import { LocalCollection } from './local-collection.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound } from './tenancy.ts';

type OwnRecord = RecordFields & { readonly owner: string; readonly name: string };

/** Plain records, each for its user alone. */
class LocalOwnRecords<Item extends OwnRecord, Draft extends object> implements RecordsOf<Item, Draft> {
  protected readonly parts: LocalParts;
  readonly #kind: string;
  readonly #table: (data: UserData) => RecordTable<Item>;

  constructor(parts: LocalParts, kind: string, table: (data: UserData) => RecordTable<Item>) {
    this.parts = parts;
    this.#kind = kind;
    this.#table = table;
  }

  page(ctx: RequestContext, _filter: RecordFilter, query: PageQuery): Promise<Page<Item>> {
    return this.parts.store.read((data) => this.#table(data).page(own(ctx), query));
  }

  get(ctx: RequestContext, id: string): Promise<Item> {
    return this.parts.store.read((data) => this.#find(data, ctx, id));
  }

  create(ctx: RequestContext, draft: Draft): Promise<Item> {
    const now = timestamp(this.parts.clock);
    const stamps = { id: this.parts.newId(), owner: ctx.user.userId, createdAt: now, updatedAt: now };
    const item = { ...draft, ...stamps } as unknown as Item;
    return this.parts.store.change(async (data) => {
      await this.#table(data).insert(item);
      return item;
    });
  }

  update(ctx: RequestContext, id: string, patch: object): Promise<Item> {
    const given = Object.entries(patch).filter(([, value]) => value !== undefined);
    const changes = {
      ...Object.fromEntries(given),
      updatedAt: timestamp(this.parts.clock),
    } as unknown as Partial<Item>;
    return this.parts.store.change(async (data) => {
      const item = await this.#find(data, ctx, id);
      await this.#table(data).update(id, changes);
      return { ...item, ...changes };
    });
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.parts.store.change(async (data) => {
      if ((await this.#table(data).remove(own(ctx, id))) === 0) throw notFound(this.#kind);
    });
  }

  async #find(data: UserData, ctx: RequestContext, id: string): Promise<Item> {
    const found = await this.#table(data).find(own(ctx, id));
    if (found === undefined) throw notFound(this.#kind);
    return found;
  }
}

function own<Item>({ user }: RequestContext, id?: string): RowFilter<Item> {
  return { owner: user.userId, ...(id === undefined ? {} : { id }) } as unknown as RowFilter<Item>;
}

type Made = Omit<PerformanceResult, 'id' | 'owner' | 'createdAt' | 'updatedAt'>;

/** Results of load tests, which are asked for by profile and by time too. */
class LocalResults extends LocalOwnRecords<PerformanceResult, Made> implements PerformanceResults {
  constructor(parts: LocalParts) {
    super(parts, 'performance result', (data) => data.performanceResults);
  }

  override page(ctx: RequestContext, filter: ResultFilter, query: PageQuery): Promise<Page<PerformanceResult>> {
    const { performanceProfile, from, to } = filter;
    const where = { owner: ctx.user.userId, performanceProfile };
    const within = { field: 'testStartTime', from, to };
    return this.parts.store.read((data) => data.performanceResults.page(where, query, { within }));
  }

  totals(ctx: RequestContext, profiles: readonly string[]): Promise<ReadonlyMap<string, ResultTotals>> {
    const newest = { page: 0, pageSize: 1, order: { field: 'testStartTime', descending: true } };
    return this.parts.store.read(async (data) => {
      const totals = new Map<string, ResultTotals>();
      for (const performanceProfile of profiles) {
        const where = { owner: ctx.user.userId, performanceProfile };
        const { totalCount: count, items } = await data.performanceResults.page(where, newest);
        if (items[0] !== undefined) totals.set(performanceProfile, { count, lastRun: items[0].testStartTime });
      }
      return totals;
    });
  }
}

/** What was published by anybody. */
function localCatalog({ store }: LocalParts): Catalog {
  const where = { visibility: 'published' } as const;
  return {
    designs: (_ctx, query) => store.read((data) => data.designs.page(where, query)),
    filters: (_ctx, query) => store.read((data) => data.filters.page(where, query)),
  };
}

/** Plain records in the Local provider's store. */
export function localRecords(parts: LocalParts): Records {
  return {
    filters: new LocalCollection<Filter, FilterDraft, Partial<FilterDraft>, RecordFilter>(parts, {
      kind: 'filter',
      table: (data) => data.filters,
      hasVisibility: true,
    }),
    patternResources: new LocalOwnRecords(parts, 'pattern resource', (data) => data.patternResources),
    performanceProfiles: new LocalOwnRecords(parts, 'performance profile', (data) => data.performanceProfiles),
    performanceResults: new LocalResults(parts),
    schedules: new LocalOwnRecords(parts, 'schedule', (data) => data.schedules),
    catalog: localCatalog(parts),
  };
}
