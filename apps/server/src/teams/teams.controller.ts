import { teamDraft, teamPatch } from '@meshery/object-model';
import type { Team } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { userAnswer } from '../people/user-answer.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { RecordController, recordOrder } from '../rest/record.controller.ts';
import type { RecordKind } from '../rest/record.controller.ts';

/** Teams of organizations, and who is in them. */
@Controller('api/identity/teams')
@Needs('administer')
export class TeamsController extends RecordController<Team, typeof teamDraft, typeof teamPatch> {
  protected readonly kind: RecordKind<Team, typeof teamDraft, typeof teamPatch> = {
    one: 'team',
    many: 'teams',
    draft: teamDraft,
    patch: teamPatch,
    of: (provider) => provider.teams,
  };

  @Get(':id/users')
  @Needs('read')
  async members(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const page = await this.providers.of(ctx).teams.members(ctx, id, parsePageQuery(raw, recordOrder));
    return pageAnswer('users', { ...page, items: page.items.map(userAnswer) });
  }

  @Post(':id/users/:userId')
  @HttpCode(204)
  async join(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Param('userId', RecordIdPipe) userId: string,
  ): Promise<void> {
    await this.providers.of(ctx).teamMembers.assign(ctx, id, userId);
  }

  @Delete(':id/users/:userId')
  @HttpCode(204)
  async leave(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Param('userId', RecordIdPipe) userId: string,
  ): Promise<void> {
    await this.providers.of(ctx).teamMembers.unassign(ctx, id, userId);
  }
}
