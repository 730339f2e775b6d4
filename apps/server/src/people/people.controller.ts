import type { RequestContext } from '@meshery/observability';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { slicePage } from '../rest/slice-page.ts';
import { userAnswer } from './user-answer.ts';

const listed = ['name', 'createdAt', 'updatedAt'];
const userRules = { sorted: [...listed, 'email', 'firstName', 'lastName', 'lastLoginTime', 'status'] };
const organizationRules = { sorted: listed };
const keyRules = { sorted: ['function', 'category', 'subcategory'] };

/** Users and organizations. */
@Controller()
export class PeopleController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get(['api/user', 'api/identity/users/profile'])
  async self(@Ctx() ctx: RequestContext): Promise<object> {
    return userAnswer(await this.#providers.of(ctx).people.self(ctx));
  }

  @Get(['api/user/profile/:id', 'api/identity/users/profile/:id'])
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return userAnswer(await this.#providers.of(ctx).people.get(ctx, id));
  }

  @Get('api/identity/users')
  async users(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const page = await this.#providers.of(ctx).people.page(ctx, parsePageQuery(raw, userRules));
    return pageAnswer('data', { ...page, items: page.items.map(userAnswer) });
  }

  @Get('api/identity/orgs')
  async organizations(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const all = raw.all === 'true' ? { ...raw, pagesize: 'all' } : raw;
    const page = await this.#providers.of(ctx).people.organizations(ctx, parsePageQuery(all, organizationRules));
    return pageAnswer('organizations', page);
  }

  @Get('api/identity/orgs/:orgID/users/keys')
  async keys(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const keys = await this.#providers.of(ctx).people.keys(ctx, organizationId);
    const asked = raw.pagesize === undefined ? { ...raw, pagesize: 'all' } : raw;
    return pageAnswer('keys', slicePage(keys, parsePageQuery(asked, keyRules), ['function', 'category']));
  }
}
