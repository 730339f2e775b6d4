import { inCamelCase } from '@meshery/object-model';
import type { Page, PageQuery } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Collection } from '../collection.ts';
import type { RemoteRequests } from './remote-requests.ts';

const pageSize = 500;
/** What is looked through where a provider cannot be asked for less. */
const mostPages = 20;

/** Gives a record its shape, out of whatever a provider answers. */
export type ReadRecord<Item> = (row: unknown) => Item;

/** A construct that a remote provider keeps under the endpoint of one feature. */
export class RemoteCollection<
  Item,
  Draft,
  Patch,
  Filter extends { readonly organizationId?: string | undefined },
> implements Collection<Item, Draft, Patch, Filter> {
  readonly #requests: RemoteRequests;
  readonly #feature: string;
  readonly #read: ReadRecord<Item>;

  constructor(requests: RemoteRequests, feature: string, read: ReadRecord<Item> = (row) => inCamelCase(row) as Item) {
    this.#requests = requests;
    this.#feature = feature;
    this.#read = read;
  }

  async page(ctx: RequestContext, { organizationId, ...filter }: Filter, query: PageQuery): Promise<Page<Item>> {
    const asked = Object.values(filter).some((value) => value !== undefined);
    const more = {
      ...(organizationId === undefined ? {} : { orgId: organizationId }),
      ...(asked ? { filter: JSON.stringify(filter) } : {}),
    };
    const page = await this.#requests.page(ctx, this.#feature, query, more);
    return { ...page, items: page.items.map(this.#read) };
  }

  /** All of them, in the order that is asked for: what the provider cannot select is selected here. */
  async all(
    ctx: RequestContext,
    filter: Filter,
    asked: Omit<PageQuery, 'page' | 'pageSize'> = {},
  ): Promise<readonly Item[]> {
    const found: Item[] = [];
    for (let page = 0; page < mostPages; page += 1) {
      const { items, totalCount } = await this.page(ctx, filter, { ...asked, page, pageSize });
      found.push(...items);
      if (items.length === 0 || found.length >= totalCount) break;
    }
    return found;
  }

  get(ctx: RequestContext, id: string): Promise<Item> {
    return this.#send(ctx, pathOf(id));
  }

  create(ctx: RequestContext, draft: Draft): Promise<Item> {
    return this.#send(ctx, '', { method: 'POST', body: draft });
  }

  update(ctx: RequestContext, id: string, patch: Patch): Promise<Item> {
    return this.#send(ctx, pathOf(id), { method: 'PUT', body: patch });
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.#requests.send(ctx, this.#feature, pathOf(id), { method: 'DELETE' });
  }

  async #send(ctx: RequestContext, path: string, call?: { readonly method: 'POST' | 'PUT'; readonly body: unknown }) {
    return this.#read(await this.#requests.send(ctx, this.#feature, path, call));
  }
}

/** Ids come from records of the provider too, so they are no paths by themselves. */
function pathOf(id: string): string {
  return `/${encodeURIComponent(id)}`;
}
