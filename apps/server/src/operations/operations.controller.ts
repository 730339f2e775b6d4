import { inBothSpellings } from '@meshery/object-model';
import type { Operation } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { parseOperationQuery } from './operation-query.ts';
import { Operations } from './operations.ts';

/** Long work: what runs, and how it ended. */
@Controller('api/system/operations')
export class OperationsController {
  readonly #operations: Operations;

  constructor(@Inject(Operations) operations: Operations) {
    this.#operations = operations;
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const { filter, query } = parseOperationQuery(raw);
    const page = await this.#operations.page(ctx, filter, query);
    return pageAnswer('operations', { ...page, items: page.items.map(shown) });
  }

  @Get(':id')
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(shown(await this.#operations.get(ctx, id)));
  }

  @Post(':id/cancel')
  @HttpCode(202)
  async cancel(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(shown(await this.#operations.cancel(ctx, id)));
  }
}

/** Which process works on it is the server's own business. */
function shown({ processId: _process, seenAt: _seen, ...operation }: Operation): object {
  return operation;
}
