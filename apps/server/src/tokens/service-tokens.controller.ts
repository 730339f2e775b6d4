import { inBothSpellings, parseRecord, serviceTokenDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { refuseProgram } from '../access/refuse-program.ts';
import { Providers } from '../provider/providers.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const rules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** Tokens for programs of third parties; everybody has their own. */
@Controller('api/identity/tokens')
export class ServiceTokensController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    return pageAnswer('tokens', await this.#providers.of(ctx).serviceTokens.page(ctx, parsePageQuery(raw, rules)));
  }

  @Post()
  @Needs('read')
  @HttpCode(201)
  async issue(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest, @Body() body: unknown): Promise<object> {
    refuseProgram(request);
    const draft = parseRecord(serviceTokenDraft, body, 'token');
    return inBothSpellings(await this.#providers.of(ctx).serviceTokens.issue(ctx, draft));
  }

  @Delete(':id')
  @Needs('read')
  @HttpCode(204)
  async revoke(
    @Ctx() ctx: RequestContext,
    @Req() request: FastifyRequest,
    @Param('id', RecordIdPipe) id: string,
  ): Promise<void> {
    refuseProgram(request);
    await this.#providers.of(ctx).serviceTokens.revoke(ctx, id);
  }
}
