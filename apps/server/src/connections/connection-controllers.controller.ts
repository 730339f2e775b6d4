import { parseRecord } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { ControllersSettings } from '../controllers/controllers-settings.ts';
import { Providers } from '../provider/providers.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { ConnectionChanger } from './connection-changer.ts';
import { controllersConfig } from './controllers-config.ts';

export const action = z.object({ action: z.literal('setMeshsyncMode'), mode: z.string() });

/** The controllers of a cluster: how it is discovered, and with which settings. */
@Controller('api/integrations/connections/:connectionId')
export class ConnectionControllersController {
  readonly #providers: Providers;
  readonly #changer: ConnectionChanger;
  readonly #settings: ControllersSettings;

  constructor(
    @Inject(Providers) providers: Providers,
    @Inject(ConnectionChanger) changer: ConnectionChanger,
    @Inject(ControllersSettings) settings: ControllersSettings,
  ) {
    this.#providers = providers;
    this.#changer = changer;
    this.#settings = settings;
  }

  @Post('actions')
  @HttpCode(200)
  async act(
    @Ctx() ctx: RequestContext,
    @Param('connectionId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const { mode } = parseRecord(action, body, 'action');
    await this.#changer.setMode(ctx, id, mode);
    return {};
  }

  @Get('controllers/config')
  async config(@Ctx() ctx: RequestContext, @Param('connectionId', RecordIdPipe) id: string): Promise<object> {
    return this.#answer(await this.#providers.of(ctx).connections.get(ctx, id));
  }

  @Put('controllers/config')
  async setConfig(
    @Ctx() ctx: RequestContext,
    @Param('connectionId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const override = parseRecord(controllersConfig, body, 'configuration of the controllers');
    await this.#settings.effective(override);
    return this.#answer(await this.#changer.configure(ctx, id, override));
  }

  async #answer({ controllersConfig: override }: Connection): Promise<object> {
    const [defaults, effective] = await Promise.all([this.#settings.read(), this.#settings.effective(override ?? {})]);
    return { ...(override ? { override } : {}), default: defaults, effective };
  }
}
