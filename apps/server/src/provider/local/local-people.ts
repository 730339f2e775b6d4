import type { Organization, Page, PageQuery, User } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import type { People } from '../provider.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf } from './tenancy.ts';

/** Users and organizations of the Local provider. */
export class LocalPeople implements People {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  self(ctx: RequestContext): Promise<User> {
    return this.get(ctx, ctx.user.userId);
  }

  get(ctx: RequestContext, id: string): Promise<User> {
    return this.#parts.store.read(async (data) => {
      const user = (await colleagues(data, ctx)).has(id) ? await data.users.find({ id }) : undefined;
      if (user === undefined) throw notFound('user');
      return user;
    });
  }

  page(ctx: RequestContext, query: PageQuery): Promise<Page<User>> {
    return this.#parts.store.read(async (data) => data.users.page({ id: [...(await colleagues(data, ctx))] }, query));
  }

  organizations(ctx: RequestContext, query: PageQuery): Promise<Page<Organization>> {
    return this.#parts.store.read(async (data) => {
      const id = await organizationsOf(data, ctx);
      if (id.length === 0) return { page: query.page, pageSize: query.pageSize, totalCount: 0, items: [] };
      return data.organizations.page({ id }, query);
    });
  }
}

/** Ids of everybody who shares an organization with the user, and of the user. */
async function colleagues(data: UserData, ctx: RequestContext): Promise<ReadonlySet<string>> {
  const ids = new Set([ctx.user.userId]);
  for (const organizationId of await organizationsOf(data, ctx)) {
    for (const { userId } of await data.memberships.all({ organizationId })) ids.add(userId);
  }
  return ids;
}
