import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { assignedFilter } from '../rest/assigned-filter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const rules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** The environments of a workspace. */
@Controller('api/workspaces/:id/environments')
export class WorkspaceEnvironmentsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const provider = this.#providers.of(ctx);
    const { organizationId } = await provider.workspaces.get(ctx, id);
    const filter = { organizationId, workspace: { id, isAssigned: assignedFilter(raw) } };
    return pageAnswer('environments', await provider.environments.page(ctx, filter, parsePageQuery(raw, rules)));
  }

  @Post(':environmentId')
  @HttpCode(200)
  async assign(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Param('environmentId', RecordIdPipe) environmentId: string,
  ): Promise<object> {
    const provider = this.#providers.of(ctx);
    await provider.workspaceEnvironments.assign(ctx, id, environmentId);
    const filter = { workspace: { id, isAssigned: true } };
    return pageAnswer('environments', await provider.environments.page(ctx, filter, parsePageQuery({}, rules)));
  }

  @Delete(':environmentId')
  @HttpCode(204)
  async unassign(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Param('environmentId', RecordIdPipe) environmentId: string,
  ): Promise<void> {
    await this.#providers.of(ctx).workspaceEnvironments.unassign(ctx, id, environmentId);
  }
}
