import { inBothSpellings } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { notFound } from '../provider/local/tenancy.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { CONTROLLER_SOURCE } from './controller-facts.ts';
import type { ControllerFacts, ControllerSource } from './controller-facts.ts';
import { brokerInfo, meshSyncInfo, operatorStatus } from './controller-status.ts';
import { ControllersSettings } from './controllers-settings.ts';
import { diagnose } from './diagnostics.ts';

/** Operator, MeshSync and broker of connections, and the server's defaults for them. */
@Controller('api/system/controllers')
export class ControllersController {
  readonly #source: ControllerSource;
  readonly #settings: ControllersSettings;

  constructor(
    @Inject(CONTROLLER_SOURCE) source: ControllerSource,
    @Inject(ControllersSettings) settings: ControllersSettings,
  ) {
    this.#source = source;
    this.#settings = settings;
  }

  @Get('operator/status')
  async operator(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    return inBothSpellings(operatorStatus(await this.#facts(ctx, raw)));
  }

  @Get('meshsync/status')
  async meshSync(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    return inBothSpellings(meshSyncInfo(await this.#facts(ctx, raw)));
  }

  @Get('broker/status')
  async broker(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    return inBothSpellings(brokerInfo(await this.#facts(ctx, raw)));
  }

  @Get('diagnostics')
  async diagnostics(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    return inBothSpellings(diagnose(await this.#facts(ctx, raw)));
  }

  @Get('config')
  async config(): Promise<object> {
    return inBothSpellings(await this.#settings.read());
  }

  @Put('config')
  @Needs('administer')
  async configure(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    return inBothSpellings(await this.#settings.replace(ctx, body));
  }

  async #facts(ctx: RequestContext, raw: RawQuery): Promise<ControllerFacts> {
    const id = single(raw, 'connectionId', 'connectionID', 'connection_id');
    if (id === undefined || id === '') throw badParameter('connectionId', 'is missing');
    const facts = await this.#source.facts(ctx, id);
    if (facts === undefined) throw notFound('connection');
    return facts;
  }
}
