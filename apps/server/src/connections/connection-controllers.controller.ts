import { parseRecord } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { ConnectionChanger } from './connection-changer.ts';
import { controllersConfig, defaultControllersConfig, effectiveConfig } from './controllers-config.ts';

export const action = z.object({ action: z.literal('setMeshsyncMode'), mode: z.string() });

/** The controllers of a cluster: how it is discovered, and with which settings. */
@Controller('api/integrations/connections/:connectionId')
export class ConnectionControllersController {
  readonly #providers: Providers;
  readonly #changer: ConnectionChanger;

  constructor(@Inject(Providers) providers: Providers, @Inject(ConnectionChanger) changer: ConnectionChanger) {
    this.#providers = providers;
    this.#changer = changer;
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
    return configAnswer(await this.#providers.of(ctx).connections.get(ctx, id));
  }

  @Put('controllers/config')
  async setConfig(
    @Ctx() ctx: RequestContext,
    @Param('connectionId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const override = parseRecord(controllersConfig, body, 'configuration of the controllers');
    return configAnswer(await this.#changer.configure(ctx, id, override));
  }
}

function configAnswer({ controllersConfig: override }: Connection): object {
  const effective = effectiveConfig(override ?? {});
  return { ...(override ? { override } : {}), default: defaultControllersConfig, effective };
}
