import { MesheryError } from '@meshery/errors';
import { inBothSpellings, recordId } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Ctx } from '../access/ctx.ts';
import { ConnectionLife } from '../connections/connection-life.ts';
import { parseConnectionQuery } from '../connections/connection-query.ts';
import { Providers } from '../provider/providers.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { ContextImport } from './context-import.ts';
import type { ImportAnswer } from './context-import.ts';
import { contextOf } from './context-view.ts';
import { readUpload } from './kubeconfig-upload.ts';

/** Kubernetes contexts: kubeconfigs in, connections out. */
@Controller('api/system/kubernetes')
export class ContextsController {
  readonly #providers: Providers;
  readonly #imports: ContextImport;
  readonly #life: ConnectionLife;

  constructor(
    @Inject(Providers) providers: Providers,
    @Inject(ContextImport) imports: ContextImport,
    @Inject(ConnectionLife) life: ConnectionLife,
  ) {
    this.#providers = providers;
    this.#imports = imports;
    this.#life = life;
  }

  @Post()
  @HttpCode(200)
  async import(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<ImportAnswer> {
    return this.#imports.run(ctx, await readUpload(request));
  }

  @Post('contexts')
  @HttpCode(200)
  async discover(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<readonly object[]> {
    return this.#imports.discover(ctx, await readUpload(request));
  }

  @Get('contexts')
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const { filter, query } = parseConnectionQuery(raw);
    const { connections } = this.#providers.of(ctx);
    const { items, ...page } = await connections.page(ctx, { ...filter, kind: ['kubernetes'] }, query);
    return { ...inBothSpellings(page), contexts: items.map(contextOf) };
  }

  @Get('contexts/:id')
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return contextOf(await this.#cluster(ctx, id));
  }

  @Delete('contexts/:id')
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    await this.#cluster(ctx, id);
    await this.#life.remove(ctx, id);
    return {};
  }

  @Get('ping')
  async ping(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const id = single(raw, 'connectionId', 'connection_id');
    if (!recordId.safeParse(id).success) throw badParameter('connectionId', 'must be a UUID');
    const { id: known } = await this.#cluster(ctx, String(id).toLowerCase());
    const { version } = await this.#life.probe(ctx, known);
    return { server_version: version };
  }

  async #cluster(ctx: RequestContext, id: string): Promise<Connection> {
    const connection = await this.#providers.of(ctx).connections.get(ctx, id);
    if (connection.kind === 'kubernetes') return connection;
    throw new MesheryError('meshery-core-1002', 'There is no such Kubernetes context.', {
      probableCause: 'The id is that of a connection of another kind.',
      remedy: 'Take the id from GET /api/system/kubernetes/contexts.',
    });
  }
}
