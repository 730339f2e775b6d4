import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Page, PageQuery } from '@meshery/object-model';
import { Ctx } from '../access/ctx.ts';
import type { Links, Provider, WorkspaceContentFilter } from '../provider/provider.ts';
import { Providers } from '../provider/providers.ts';
import { assignedFilter } from '../rest/assigned-filter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const rules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** What a workspace is linked to. */
interface LinkedKind {
  /** In the path, and the key of the rows in an answer. */
  readonly name: 'environments' | 'designs' | 'views' | 'teams';
  readonly records: (provider: Provider) => {
    page(ctx: RequestContext, filter: WorkspaceContentFilter, query: PageQuery): Promise<Page<object>>;
  };
  readonly links: (provider: Provider) => Links;
}

/** The controller of one kind of links from workspaces: they all read and change alike. */
export function workspaceLinksController(kind: LinkedKind): Type {
  const { name, links } = kind;

  @Controller(`api/workspaces/:id/${name}`)
  class WorkspaceLinksController {
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
      const workspace = { id, isAssigned: assignedFilter(raw) };
      return pageOf(kind, this.#providers.of(ctx), { ctx, workspace, query: parsePageQuery(raw, rules) });
    }

    @Post(':otherId')
    @HttpCode(200)
    async assign(
      @Ctx() ctx: RequestContext,
      @Param('id', RecordIdPipe) id: string,
      @Param('otherId', RecordIdPipe) otherId: string,
    ): Promise<object> {
      await links(this.#providers.of(ctx)).assign(ctx, id, otherId);
      const workspace = { id, isAssigned: true };
      return pageOf(kind, this.#providers.of(ctx), { ctx, workspace, query: parsePageQuery({}, rules) });
    }

    @Delete(':otherId')
    @HttpCode(204)
    async unassign(
      @Ctx() ctx: RequestContext,
      @Param('id', RecordIdPipe) id: string,
      @Param('otherId', RecordIdPipe) otherId: string,
    ): Promise<void> {
      await links(this.#providers.of(ctx)).unassign(ctx, id, otherId);
    }
  }
  return WorkspaceLinksController;
}

async function pageOf(
  { name, records }: LinkedKind,
  provider: Provider,
  asked: {
    readonly ctx: RequestContext;
    readonly workspace: NonNullable<WorkspaceContentFilter['workspace']>;
    readonly query: PageQuery;
  },
): Promise<object> {
  const { ctx, workspace, query } = asked;
  const { organizationId } = await provider.workspaces.get(ctx, workspace.id);
  return pageAnswer(name, await records(provider).page(ctx, { organizationId, workspace }, query));
}
