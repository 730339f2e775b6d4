import { inBothSpellings, parseRecord, preferencePatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { Providers } from '../provider/providers.ts';

/** What the signed-in user prefers; everybody may change their own. */
@Controller('api/user/prefs')
export class PreferencesController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async read(@Ctx() ctx: RequestContext): Promise<object> {
    return inBothSpellings(await this.#providers.of(ctx).preferences.get(ctx));
  }

  @Post()
  @Needs('read')
  @HttpCode(200)
  async merge(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const patch = parseRecord(preferencePatch, body, 'preferences');
    return inBothSpellings(await this.#providers.of(ctx).preferences.merge(ctx, patch));
  }
}
