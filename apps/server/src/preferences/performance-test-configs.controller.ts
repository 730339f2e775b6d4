import { inBothSpellings, parseRecord, performanceTestConfigDraft, recordId } from '@meshery/object-model';
import type { PerformanceTestConfig } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { Providers } from '../provider/providers.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';

const rules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** Performance tests that the signed-in user keeps; parameter `uuid` names one. */
@Controller('api/user/prefs/perf')
export class PerformanceTestConfigsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async read(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const configs = this.#providers.of(ctx).performanceTestConfigs;
    const id = uuidParameter(raw);
    if (id !== undefined) return answer(await configs.get(ctx, id));
    const page = await configs.page(ctx, parsePageQuery(raw, rules));
    return pageAnswer('test_configs', { ...page, items: page.items.map(answer) });
  }

  @Post()
  @Needs('read')
  @HttpCode(200)
  async keep(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(performanceTestConfigDraft, body, 'performance test');
    return answer(await this.#providers.of(ctx).performanceTestConfigs.keep(ctx, draft));
  }

  @Delete()
  @Needs('read')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<void> {
    const id = uuidParameter(raw);
    if (id === undefined) throw badParameter('uuid', 'must name the test to remove');
    await this.#providers.of(ctx).performanceTestConfigs.remove(ctx, id);
  }
}

function uuidParameter(raw: RawQuery): string | undefined {
  const id = single(raw, 'uuid', 'id');
  if (id === undefined || id === '') return undefined;
  if (!recordId.safeParse(id).success) throw badParameter('uuid', 'must be a UUID');
  return id.toLowerCase();
}

function answer({ config, ...record }: PerformanceTestConfig): Record<string, unknown> {
  return { ...config, ...inBothSpellings(record) };
}
