import { connectionDraft, connectionPatch, inBothSpellings, parseRecord } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { Kept } from '../rest/kept.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { ConnectionChanger } from './connection-changer.ts';
import { ConnectionLife } from './connection-life.ts';
import { ConnectionMaker } from './connection-maker.ts';
import { parseConnectionQuery } from './connection-query.ts';
import { connectionView, wholeConnectionView } from './connection-view.ts';

/** Connections; docs/spec/connections.md. */
@Controller('api/integrations/connections')
export class ConnectionsController {
  readonly #providers: Providers;
  readonly #parts: {
    readonly maker: ConnectionMaker;
    readonly changer: ConnectionChanger;
    readonly life: ConnectionLife;
    readonly definitions: ConnectionDefinitions;
  };

  constructor(
    @Inject(Providers) providers: Providers,
    @Inject(ConnectionMaker) maker: ConnectionMaker,
    @Inject(ConnectionChanger) changer: ConnectionChanger,
    @Inject(ConnectionLife) life: ConnectionLife,
    @Inject(ConnectionDefinitions) definitions: ConnectionDefinitions,
  ) {
    this.#providers = providers;
    this.#parts = { maker, changer, life, definitions };
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const { filter, query } = parseConnectionQuery(raw);
    const { connections } = this.#providers.of(ctx);
    const page = await connections.page(ctx, filter, query);
    const statusSummary = await connections.statusSummary(ctx, filter.organizationId);
    const answer = pageAnswer('connections', { ...page, items: page.items.map(connectionView) });
    return { ...answer, ...inBothSpellings({ statusSummary }) };
  }

  @Post()
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(connectionDraft, body, 'connection');
    const making = draft.status === 'connected' ? ({ from: 'registered' } as const) : {};
    return this.#whole(ctx, await this.#parts.maker.make(ctx, draft, making));
  }

  @Get(':connectionId')
  @Kept()
  async one(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    return this.#whole(ctx, await this.#providers.of(ctx).connections.get(ctx, id));
  }

  @Put(':connectionId')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('connectionId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(connectionPatch, body, 'connection');
    return this.#whole(ctx, await this.#parts.changer.change(ctx, id, patch));
  }

  @Delete(':connectionId')
  async remove(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    const removed: Connection = await this.#parts.life.remove(ctx, id);
    return connectionView(removed);
  }

  /** What happened to it, newest first. */
  @Get(':connectionId/history')
  async history(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    return { history: await this.#providers.of(ctx).connections.history(ctx, id) };
  }

  /** The ad hoc test: reaches the far side once. */
  @Post(':connectionId/ping')
  @HttpCode(200)
  async ping(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    const { version } = await this.#parts.life.probe(ctx, id);
    return { version };
  }

  /** The synthetic check: uses the far side as its clients do. */
  @Post(':connectionId/check')
  @HttpCode(200)
  async check(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(await this.#parts.life.check(ctx, id));
  }

  async #whole(ctx: RequestContext, connection: Connection): Promise<object> {
    const { definitions } = this.#parts;
    return wholeConnectionView(connection, {
      definition: definitions.of(connection.kind),
      modelReference: await definitions.modelOf(connection.kind),
      environments: await this.#providers.of(ctx).connections.environments(ctx, connection),
    });
  }
}
