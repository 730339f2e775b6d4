import { inBothSpellings, parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { adapterCatalogue, meshTypes } from './adapter-catalogue.ts';
import { AdapterDeployer } from './adapter-deployer.ts';
import { AdapterOperations } from './adapter-operations.ts';
import { Adapters } from './adapters.ts';
import type { AdapterView } from './adapters.ts';

/** What is said of an adapter that is added, as a form or as JSON. */
export const addition = z.object({ meshLocationURL: z.string().max(300) });

/** An operation, as a form or as JSON; any text in `deleteOp` asks for its removal. */
export const operation = z.object({
  adapter: z.string().max(300),
  query: z.string().min(1).max(200),
  customBody: z.string().default(''),
  namespace: z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$/, 'must be the name of a namespace')
    .default(''),
  deleteOp: z.string().max(100).default(''),
  version: z.string().max(100).default(''),
});

/** Whether an adapter is to run in the connected clusters. */
export const adapterStatus = z.object({
  adapterName: z.string().max(100),
  targetStatus: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['enabled', 'disabled'])),
  targetPort: z.coerce.number().int().min(1).max(65_535).optional(),
});

/** Adapters; docs/spec/adapters.md. */
@Controller('api')
export class AdaptersController {
  readonly #adapters: Adapters;
  readonly #operations: AdapterOperations;
  readonly #deployer: AdapterDeployer;

  constructor(
    @Inject(Adapters) adapters: Adapters,
    @Inject(AdapterOperations) operations: AdapterOperations,
    @Inject(AdapterDeployer) deployer: AdapterDeployer,
  ) {
    this.#adapters = adapters;
    this.#operations = operations;
    this.#deployer = deployer;
  }

  /** All that are connected; with `?adapter=` only whether that one answers. */
  @Get('system/adapters')
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<readonly AdapterView[] | object> {
    const one = single(raw, 'adapter');
    if (one === undefined) return this.#adapters.list(ctx);
    await this.#adapters.ping(ctx, one);
    return {};
  }

  /** The same for everyone. */
  @Get('system/availableAdapters')
  available(): readonly object[] {
    return adapterCatalogue.map(({ name, port }) => ({ name, adapter_location: String(port) }));
  }

  @Post('system/adapter/manage')
  @HttpCode(200)
  add(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<readonly AdapterView[]> {
    const { meshLocationURL } = parseRecord(addition, body, 'adapter');
    return this.#adapters.add(ctx, meshLocationURL);
  }

  @Delete('system/adapter/manage')
  remove(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<readonly AdapterView[]> {
    return this.#adapters.remove(ctx, single(raw, 'adapter') ?? '');
  }

  /** Answered when the adapter took it; how it goes on is an operation with events. */
  @Post('system/adapter/operation')
  @HttpCode(200)
  async operate(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<void> {
    const { deleteOp, namespace, ...asked } = parseRecord(operation, body, 'operation');
    const place = namespace === '' ? 'default' : namespace;
    await this.#operations.apply(ctx, { ...asked, namespace: place, isRemoval: deleteOp !== '' });
  }

  /** Begins to deploy an adapter, or to remove it again; an operation tells how far it is. */
  @Post('system/adapter/status')
  @HttpCode(200)
  async change(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const { adapterName, targetPort, targetStatus } = parseRecord(adapterStatus, body, 'adapter status');
    await this.#deployer.change(ctx, {
      adapter: adapterName,
      port: targetPort,
      isWanted: targetStatus === 'enabled',
    });
    return { status: 'processing' };
  }

  @Get('mesh')
  meshes(): object {
    return inBothSpellings({ availableMeshes: meshTypes });
  }
}
