import { inBothSpellings } from '@meshery/object-model';
import type { User } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const listed = ['name', 'createdAt', 'updatedAt'];
const userRules = { sorted: [...listed, 'email', 'firstName', 'lastName', 'lastLoginTime', 'status'] };
const organizationRules = { sorted: listed };

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
}

/** Clients know the roles of a user by another name. */
function userAnswer(user: User): Record<string, unknown> {
  return inBothSpellings({ ...user, roleNames: user.roles, userId: user.id });
}
