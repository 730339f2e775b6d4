import { inBothSpellings, parseRecord, viewDraft, viewPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { organizationParameter } from '../rest/organization-parameter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const rules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** Views: kept selections, private or for everybody in an organization. */
@Controller('api/content/views')
export class ViewsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const filter = { organizationId: organizationParameter(raw) };
    const page = await this.#providers.of(ctx).views.page(ctx, filter, parsePageQuery(raw, rules));
    return pageAnswer('views', page);
  }

  @Post()
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(viewDraft, body, 'view');
    return inBothSpellings(await this.#providers.of(ctx).views.create(ctx, draft));
  }

  @Get(':id')
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(await this.#providers.of(ctx).views.get(ctx, id));
  }

  @Put(':id')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(viewPatch, body, 'view');
    return inBothSpellings(await this.#providers.of(ctx).views.update(ctx, id, patch));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<void> {
    await this.#providers.of(ctx).views.remove(ctx, id);
  }
}
