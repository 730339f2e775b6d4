import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger, RequestContext } from '@meshery/observability';
import type { ResourceSummary } from '@meshery/contracts';
import type { ObjectFilter } from '@meshery/store';
import { LOGGER } from '@meshery/service';
import { Controller, Delete, Get, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpContext, streamContext } from '../access/http-context.ts';
import { RemoveResourceHandler } from './commands/remove-resource.handler.ts';
import { InventoryQueries } from './inventory-queries.ts';
import { parseListQuery } from './list-query.ts';
import { parseObjectQuery, parseSummaryQuery } from './object-query.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { fullRow, rowText } from './row-text.ts';

const json = 'application/json; charset=utf-8';

/** REST of the inventory; docs/spec/rest-inventory.md. */
@Controller('api/system/meshsync/resources')
export class InventoryController {
  readonly #logger: Logger;
  readonly #queries: InventoryQueries;
  readonly #removals: RemoveResourceHandler;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(InventoryQueries) queries: InventoryQueries,
    @Inject(RemoveResourceHandler) removals: RemoveResourceHandler,
  ) {
    this.#logger = logger;
    this.#queries = queries;
    this.#removals = removals;
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parseListQuery(request.query as RawQuery);
    if (asked.kind === 'export') {
      await this.#export(request, reply, asked.query);
      return;
    }
    const ctx = httpContext({ request, reply }, this.#logger);
    const text = await this.#queries.lists.handle(ctx, asked.query, asked.shape);
    void reply.header('content-type', json).send(text);
  }

  @Get('summary')
  async summary(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceSummary> {
    const ctx = httpContext({ request, reply }, this.#logger);
    return this.#queries.summaries.handle(ctx, parseSummaryQuery(request.query as RawQuery));
  }

  @Get(':id')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { format } = parseObjectQuery(request.query as RawQuery);
    const ctx = httpContext({ request, reply }, this.#logger);
    void reply.header('content-type', json).send(await this.#text(ctx, id, format));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.#removals.handle(httpContext({ request, reply }, this.#logger), id);
  }

  async #text(ctx: RequestContext, id: string, format: 'component' | 'row' | 'kubernetes'): Promise<string> {
    if (format === 'component') return this.#queries.objects.component(ctx, id);
    const object = await this.#queries.objects.handle(ctx, id);
    return format === 'kubernetes' ? object.json : rowText(object, { parts: fullRow }, object.json);
  }

  /** The answer begins with the first piece, so that a fault before it is an error answer and one after it a cut. */
  async #export(request: FastifyRequest, reply: FastifyReply, filter: ObjectFilter): Promise<void> {
    const ctx = streamContext({ request, reply }, this.#logger);
    const pieces = this.#queries.exports.handle(ctx, filter);
    const first = await pieces.next();
    reply.hijack();
    reply.raw.writeHead(200, { ...stringHeaders(reply), 'content-type': json });
    await pipeline(Readable.from(withFirst(first, pieces)), reply.raw);
  }
}

async function* withFirst(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

function stringHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}
