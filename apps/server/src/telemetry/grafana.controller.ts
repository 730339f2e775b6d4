import { parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { askAll, grafanaBatch } from './query-batch.ts';
import type { BatchResult } from './query-batch.ts';
import { passedOn } from './telemetry-servers.ts';
import type { TelemetryServers } from './telemetry-servers.ts';
import { GRAFANA_SERVERS } from './tokens.ts';

const json = ['content-type', 'application/json; charset=utf-8'] as const;
const uidForm = /^[\w-]{1,200}$/;
const health = z.object({ database: z.string() });
const pinnedKey = 'pinnedBoards';

/** A board that is pinned; how it is shown is the UI's to say. */
export const pinnedBoards = z.object({ pinned: z.array(z.looseObject({ uid: z.string().regex(uidForm) })).max(100) });

/** Dashboards of Grafana servers, as their HTTP API answers them; docs/spec/telemetry.md. */
@Controller('api/telemetry/grafana/:connectionID')
export class GrafanaController {
  readonly #servers: TelemetryServers;

  constructor(@Inject(GRAFANA_SERVERS) servers: TelemetryServers) {
    this.#servers = servers;
  }

  @Get('ping')
  async ping(@Ctx() ctx: RequestContext, @Param('connectionID', RecordIdPipe) id: string): Promise<object> {
    const answer = await this.#servers.ping(ctx, id);
    const text = await this.#servers.read(ctx, id, '/api/health');
    return { ...answer, database: health.safeParse(JSON.parse(text)).data?.database ?? '' };
  }

  @Get('boards')
  @Header(...json)
  boards(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    const search = new URLSearchParams({ type: 'dash-db' });
    const query = single(raw, 'search') ?? '';
    if (query !== '') search.set('query', query);
    return this.#servers.read(ctx, id, `/api/search?${search.toString()}`);
  }

  @Get('boards/:uid')
  @Header(...json)
  async board(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Param('uid') uid: string,
  ): Promise<string> {
    return this.#servers.read(ctx, id, `/api/dashboards/uid/${uidOf('uid', uid)}`);
  }

  @Get('datasources')
  @Header(...json)
  dataSources(@Ctx() ctx: RequestContext, @Param('connectionID', RecordIdPipe) id: string): Promise<string> {
    return this.#servers.read(ctx, id, '/api/datasources');
  }

  @Get('query_range')
  @Header(...json)
  async queryRange(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    const asked = passedOn(raw, { query: 'query', start: 'start', end: 'end', step: 'step' });
    return this.#servers.read(ctx, id, `${proxyOf(uidOf('ds', single(raw, 'ds') ?? ''))}${asked}`);
  }

  @Post('query_range_batch')
  @Needs('read')
  @HttpCode(200)
  async queryAll(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<{ readonly results: readonly BatchResult[] }> {
    const { queries, ...range } = parseRecord(grafanaBatch, body, 'batch of queries');
    const connection = await this.#servers.connection(ctx, id);
    return askAll(queries, async ({ query, ds }) => {
      const asked = new URLSearchParams({ query, ...range });
      return this.#servers.ask(ctx, connection, `${proxyOf(uidOf('ds', ds))}?${asked.toString()}`);
    });
  }

  @Get('pinned')
  async pinned(@Ctx() ctx: RequestContext, @Param('connectionID', RecordIdPipe) id: string): Promise<object> {
    const { metadata } = await this.#servers.connection(ctx, id);
    return { pinned: pinnedBoards.safeParse({ pinned: metadata[pinnedKey] }).data?.pinned ?? [] };
  }

  /** Keeps all boards that are pinned in place of those that were. */
  @Post('pinned')
  @HttpCode(200)
  async pin(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const { pinned } = parseRecord(pinnedBoards, body, 'list of boards');
    await this.#servers.keep(ctx, id, { [pinnedKey]: pinned });
    return { pinned };
  }
}

/** Where Grafana passes range queries on to a data source. */
const proxyOf = (uid: string): string => `/api/datasources/proxy/uid/${uid}/api/v1/query_range`;

/** What stands in a path must not lead out of it. */
function uidOf(name: string, value: string): string {
  if (uidForm.test(value)) return value;
  throw badParameter(name, 'must be a uid of Grafana: letters, digits, - and _');
}
