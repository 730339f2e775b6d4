import {
  eventDraft,
  eventIds,
  eventStatusChange,
  eventStatuses,
  inBothSpellings,
  parseRecord,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { Providers } from '../provider/providers.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { parseEventQuery, positionAfter } from './event-query.ts';

export const bulk = z.object({ ids: eventIds });
export const bulkStatus = bulk.extend({ status: z.enum(eventStatuses) });

/** What happened; docs/spec/events.md. */
@Controller('api/system/events')
export class EventsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const { filter, query, isByPosition } = parseEventQuery(raw);
    const { readCount, countBySeverityLevel, ...page } = await this.#providers.of(ctx).events.page(ctx, filter, query);
    const next = isByPosition ? positionAfter(page) : undefined;
    return { ...pageAnswer('events', page), ...inBothSpellings({ readCount, countBySeverityLevel, next }) };
  }

  @Post()
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(eventDraft, body, 'event');
    return inBothSpellings(await this.#providers.of(ctx).events.create(ctx, draft));
  }

  @Get('types')
  types(@Ctx() ctx: RequestContext): Promise<object> {
    return this.#providers.of(ctx).events.types(ctx);
  }

  /** Reading is each user's own, so those who may not write mark events as well. */
  @Put('status/bulk')
  @Needs('read')
  async markAll(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const { ids, status } = parseRecord(bulkStatus, body, 'request');
    await this.#providers.of(ctx).events.mark(ctx, ids, status);
    return { ids, status };
  }

  @Put('status/:id')
  @Needs('read')
  async mark(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const { status } = parseRecord(eventStatusChange, body, 'request');
    await this.#providers.of(ctx).events.mark(ctx, [id], status);
    return { id, status };
  }

  @Delete('bulk')
  @HttpCode(204)
  async removeAll(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<void> {
    await this.#providers.of(ctx).events.remove(ctx, parseRecord(bulk, body, 'request').ids);
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<void> {
    await this.#providers.of(ctx).events.remove(ctx, [id]);
  }
}
