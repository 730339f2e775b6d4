import { inBothSpellings, parseRecord, teamDraft, teamPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { Providers } from '../provider/providers.ts';
import { organizationParameter } from '../rest/organization-parameter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const rules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** Teams of organizations, and who is in them. */
@Controller('api/identity/teams')
@Needs('administer')
export class TeamsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  @Needs('read')
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const filter = { organizationId: organizationParameter(raw) };
    const page = await this.#providers.of(ctx).teams.page(ctx, filter, parsePageQuery(raw, rules));
    return pageAnswer('teams', page);
  }

  @Post()
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(teamDraft, body, 'team');
    return inBothSpellings(await this.#providers.of(ctx).teams.create(ctx, draft));
  }

  @Get(':id')
  @Needs('read')
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(await this.#providers.of(ctx).teams.get(ctx, id));
  }

  @Put(':id')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(teamPatch, body, 'team');
    return inBothSpellings(await this.#providers.of(ctx).teams.update(ctx, id, patch));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<void> {
    await this.#providers.of(ctx).teams.remove(ctx, id);
  }

  @Get(':id/users')
  @Needs('read')
  async members(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    return pageAnswer('users', await this.#providers.of(ctx).teams.members(ctx, id, parsePageQuery(raw, rules)));
  }

  @Post(':id/users/:userId')
  @HttpCode(204)
  async join(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Param('userId', RecordIdPipe) userId: string,
  ): Promise<void> {
    await this.#providers.of(ctx).teamMembers.assign(ctx, id, userId);
  }

  @Delete(':id/users/:userId')
  @HttpCode(204)
  async leave(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Param('userId', RecordIdPipe) userId: string,
  ): Promise<void> {
    await this.#providers.of(ctx).teamMembers.unassign(ctx, id, userId);
  }
}
