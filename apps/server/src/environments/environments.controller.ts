import { environmentDraft, environmentPatch, inBothSpellings, parseRecord } from '@meshery/object-model';
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

/** Environments: groups of connections. */
@Controller('api/environments')
export class EnvironmentsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const filter = { organizationId: organizationParameter(raw) };
    const page = await this.#providers.of(ctx).environments.page(ctx, filter, parsePageQuery(raw, rules));
    return pageAnswer('environments', page);
  }

  /** Published clients take 200 and 201 alike. */
  @Post()
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(environmentDraft, body, 'environment');
    return inBothSpellings(await this.#providers.of(ctx).environments.create(ctx, draft));
  }

  @Get(':id')
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(await this.#providers.of(ctx).environments.get(ctx, id));
  }

  @Put(':id')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(environmentPatch, body, 'environment');
    return inBothSpellings(await this.#providers.of(ctx).environments.update(ctx, id, patch));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<void> {
    await this.#providers.of(ctx).environments.remove(ctx, id);
  }
}
