import type { Page, PageQuery } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Collection } from '../provider.ts';
import type { RemoteRequests } from './remote-requests.ts';

/** A construct that a remote provider keeps under the endpoint of one feature. */
export class RemoteCollection<
  Item,
  Draft,
  Patch,
  Filter extends { readonly organizationId?: string | undefined },
> implements Collection<Item, Draft, Patch, Filter> {
  readonly #requests: RemoteRequests;
  readonly #feature: string;

  constructor(requests: RemoteRequests, feature: string) {
    this.#requests = requests;
    this.#feature = feature;
  }

  page(ctx: RequestContext, { organizationId, ...filter }: Filter, query: PageQuery): Promise<Page<Item>> {
    const more = {
      ...(organizationId === undefined ? {} : { orgId: organizationId }),
      ...(Object.keys(filter).length === 0 ? {} : { filter: JSON.stringify(filter) }),
    };
    return this.#requests.page<Item>(ctx, this.#feature, query, more);
  }

  async get(ctx: RequestContext, id: string): Promise<Item> {
    return (await this.#requests.send(ctx, this.#feature, `/${id}`)) as Item;
  }

  async create(ctx: RequestContext, draft: Draft): Promise<Item> {
    return (await this.#requests.send(ctx, this.#feature, '', { method: 'POST', body: draft })) as Item;
  }

  async update(ctx: RequestContext, id: string, patch: Patch): Promise<Item> {
    return (await this.#requests.send(ctx, this.#feature, `/${id}`, { method: 'PUT', body: patch })) as Item;
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.#requests.send(ctx, this.#feature, `/${id}`, { method: 'DELETE' });
  }
}
