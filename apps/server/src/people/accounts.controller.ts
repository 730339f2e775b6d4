import { parseRecord, userDraft, userPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { refuseProgram } from '../access/refuse-program.ts';
import { Providers } from '../provider/providers.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { userAnswer } from './user-answer.ts';

/** What administrators do with accounts. */
@Controller('api/identity/users')
@Needs('administer')
export class AccountsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Post()
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(userDraft, body, 'user');
    return userAnswer(await this.#providers.of(ctx).people.create(ctx, draft));
  }

  @Put(':id')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(userPatch, body, 'user');
    return userAnswer(await this.#providers.of(ctx).people.update(ctx, id, patch));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<void> {
    await this.#providers.of(ctx).people.remove(ctx, id);
  }

  @Post(':id/code')
  @HttpCode(200)
  async invite(
    @Ctx() ctx: RequestContext,
    @Req() request: FastifyRequest,
    @Param('id', RecordIdPipe) id: string,
  ): Promise<object> {
    refuseProgram(request);
    return { path: await this.#providers.of(ctx).people.invite(ctx, id) };
  }
}
