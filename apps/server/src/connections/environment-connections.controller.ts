import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { assignedFilter } from '../rest/assigned-filter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { parseConnectionQuery } from './connection-query.ts';
import { connectionView } from './connection-view.ts';

/** The connections of an environment. */
@Controller('api/environments/:environmentId/connections')
export class EnvironmentConnectionsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(
    @Ctx() ctx: RequestContext,
    @Param('environmentId', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const { organizationId } = await this.#providers.of(ctx).environments.get(ctx, id);
    const { filter, query } = parseConnectionQuery(raw);
    const environment = { id, isAssigned: assignedFilter(raw) };
    const { connections } = this.#providers.of(ctx);
    const page = await connections.page(ctx, { ...filter, organizationId, environment }, query);
    return pageAnswer('connections', { ...page, items: page.items.map(connectionView) });
  }

  @Post(':connectionId')
  @HttpCode(200)
  async assign(
    @Ctx() ctx: RequestContext,
    @Param('environmentId', RecordIdPipe) id: string,
    @Param('connectionId', RecordIdPipe) connectionId: string,
  ): Promise<object> {
    await this.#providers.of(ctx).environmentConnections.assign(ctx, id, connectionId);
    return this.list(ctx, id, {});
  }

  @Delete(':connectionId')
  @HttpCode(204)
  async unassign(
    @Ctx() ctx: RequestContext,
    @Param('environmentId', RecordIdPipe) id: string,
    @Param('connectionId', RecordIdPipe) connectionId: string,
  ): Promise<void> {
    await this.#providers.of(ctx).environmentConnections.unassign(ctx, id, connectionId);
  }
}
