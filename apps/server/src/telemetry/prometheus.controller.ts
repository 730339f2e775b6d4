import { parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { ConnectionLife } from '../connections/connection-life.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { badParameter, single, wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { panelList, panelsKey, panelsOf } from './panels.ts';
import { askAll, prometheusBatch } from './query-batch.ts';
import type { BatchResult } from './query-batch.ts';
import { passedOn } from './telemetry-servers.ts';
import type { TelemetryServers } from './telemetry-servers.ts';
import { PROMETHEUS_SERVERS } from './tokens.ts';

const json = ['content-type', 'application/json; charset=utf-8'] as const;
const names = z.object({ data: z.array(z.string()) });
const maxNames = 10_000;

/** Metrics of Prometheus servers, as their HTTP API answers them; docs/spec/telemetry.md. */
@Controller('api/telemetry/prometheus/:connectionID')
export class PrometheusController {
  readonly #servers: TelemetryServers;
  readonly #life: ConnectionLife;

  constructor(@Inject(PROMETHEUS_SERVERS) servers: TelemetryServers, @Inject(ConnectionLife) life: ConnectionLife) {
    this.#servers = servers;
    this.#life = life;
  }

  @Get('ping')
  ping(@Ctx() ctx: RequestContext, @Param('connectionID', RecordIdPipe) id: string): Promise<object> {
    return this.#servers.ping(ctx, id);
  }

  /** Names of metrics, in the form of the values of a label. */
  @Get('metrics')
  async metrics(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const search = single(raw, 'search')?.toLowerCase() ?? '';
    const limit = wholeNumber(raw, ['limit'], { min: 1, max: maxNames }) ?? maxNames;
    const text = await this.#servers.read(ctx, id, '/api/v1/label/__name__/values');
    const all = names.safeParse(JSON.parse(text)).data?.data ?? [];
    const data = all.filter((name) => name.toLowerCase().includes(search)).slice(0, limit);
    return { status: 'success', data };
  }

  @Get('labels')
  @Header(...json)
  labels(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    return this.#servers.read(ctx, id, `/api/v1/labels${passedOn(raw, { match: 'match[]' })}`);
  }

  @Get('label_values')
  @Header(...json)
  async labelValues(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    const label = single(raw, 'label') ?? '';
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) throw badParameter('label', 'must be the name of a label');
    return this.#servers.read(ctx, id, `/api/v1/label/${label}/values${passedOn(raw, { match: 'match[]' })}`);
  }

  @Get('metadata')
  @Header(...json)
  metadata(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    return this.#servers.read(ctx, id, `/api/v1/metadata${passedOn(raw, { metric: 'metric' })}`);
  }

  @Get('query')
  @Header(...json)
  query(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    return this.#servers.read(ctx, id, `/api/v1/query${passedOn(raw, { query: 'query', time: 'time' })}`);
  }

  @Get('query_range')
  @Header(...json)
  queryRange(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<string> {
    const asked = { query: 'query', start: 'start', end: 'end', step: 'step' };
    return this.#servers.read(ctx, id, `/api/v1/query_range${passedOn(raw, asked)}`);
  }

  @Post('query_range_batch')
  @Needs('read')
  @HttpCode(200)
  async queryAll(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<{ readonly results: readonly BatchResult[] }> {
    const { queries, ...range } = parseRecord(prometheusBatch, body, 'batch of queries');
    const connection = await this.#servers.connection(ctx, id);
    return askAll(queries, ({ query }) => {
      const asked = new URLSearchParams({ query, ...range });
      return this.#servers.ask(ctx, connection, `/api/v1/query_range?${asked.toString()}`);
    });
  }

  @Get('panels')
  async panels(@Ctx() ctx: RequestContext, @Param('connectionID', RecordIdPipe) id: string): Promise<object> {
    return { panels: panelsOf((await this.#servers.connection(ctx, id)).metadata) };
  }

  /** Keeps all panels of a connection in place of those that it had. While it has one, it is tested all the time. */
  @Post('panels')
  @HttpCode(200)
  async keepPanels(
    @Ctx() ctx: RequestContext,
    @Param('connectionID', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const { panels } = parseRecord(panelList, body, 'list of panels');
    await this.#servers.keep(ctx, id, { [panelsKey]: panels });
    await this.#life.refresh(ctx, id);
    return { panels };
  }
}
