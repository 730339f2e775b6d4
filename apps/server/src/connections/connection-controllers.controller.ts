import { parseRecord } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { controllersConfig, defaultControllersConfig, effectiveConfig } from './controllers-config.ts';
import { checkMode } from './meshsync-mode.ts';

export const action = z.object({ action: z.literal('setMeshsyncMode'), mode: z.string() });

/** The controllers of a cluster: how it is discovered, and with which settings. */
@Controller('api/integrations/connections/:connectionId')
export class ConnectionControllersController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Post('actions')
  @HttpCode(200)
  async act(
    @Ctx() ctx: RequestContext,
    @Param('connectionId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const { mode } = parseRecord(action, body, 'action');
    const { connections } = this.#providers.of(ctx);
    const { kind, metadata } = await connections.get(ctx, id);
    checkMode(kind, mode);
    await connections.update(ctx, id, { metadata: { ...metadata, meshsyncDeploymentMode: mode } });
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
    const { connections } = this.#providers.of(ctx);
    const { kind } = await connections.get(ctx, id);
    checkMode(kind, 'embedded');
    return configAnswer(await connections.update(ctx, id, { controllersConfig: override }));
  }
}

function configAnswer({ controllersConfig: override }: Connection): object {
  const effective = effectiveConfig(override ?? {});
  return { ...(override ? { override } : {}), default: defaultControllersConfig, effective };
}
