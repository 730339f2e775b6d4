import { inBothSpellings, organizationDraft, organizationPatch, parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import type { Organizations } from '../provider/provider.ts';
import { Providers } from '../provider/providers.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

/** Organizations, and who is in them. */
@Controller('api/identity/orgs')
@Needs('administer')
export class OrganizationsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Post()
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(organizationDraft, body, 'organization');
    return inBothSpellings(await this.#organizations(ctx).create(ctx, draft));
  }

  @Get(':orgID')
  @Needs('read')
  async one(@Ctx() ctx: RequestContext, @Param('orgID', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(await this.#organizations(ctx).get(ctx, id));
  }

  @Put(':orgID')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(organizationPatch, body, 'organization');
    return inBothSpellings(await this.#organizations(ctx).update(ctx, id, patch));
  }

  @Delete(':orgID')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('orgID', RecordIdPipe) id: string): Promise<void> {
    await this.#organizations(ctx).remove(ctx, id);
  }

  @Post(':orgID/users/:userId')
  @HttpCode(204)
  async join(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) id: string,
    @Param('userId', RecordIdPipe) userId: string,
  ): Promise<void> {
    await this.#organizations(ctx).join(ctx, id, userId);
  }

  @Delete(':orgID/users/:userId')
  @HttpCode(204)
  async leave(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) id: string,
    @Param('userId', RecordIdPipe) userId: string,
  ): Promise<void> {
    await this.#organizations(ctx).leave(ctx, id, userId);
  }

  #organizations(ctx: RequestContext): Organizations {
    return this.#providers.of(ctx).organizations;
  }
}
