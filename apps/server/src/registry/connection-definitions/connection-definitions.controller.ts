import { ownConnectionDefinition, parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx } from '../../access/ctx.ts';
import { pageAnswer } from '../../rest/page-answer.ts';
import type { RawQuery } from '../../rest/query-values.ts';
import { RecordIdPipe } from '../../rest/record-id.ts';
import { parseDefinitionQuery } from '../read/registry-query.ts';
import { RegistryReader } from '../read/registry-reader.ts';
import { DefinitionWriter } from './definition-writer.ts';

/** The kinds of connections, under both names of the registry. */
@Controller(['api/registry/connections', 'api/meshmodels/connections'])
export class ConnectionDefinitionsController {
  readonly #registry: RegistryReader;
  readonly #writer: DefinitionWriter;

  constructor(@Inject(RegistryReader) registry: RegistryReader, @Inject(DefinitionWriter) writer: DefinitionWriter) {
    this.#registry = registry;
    this.#writer = writer;
  }

  @Get()
  async list(@Query() raw: RawQuery): Promise<object> {
    const page = await this.#registry.connectionDefinitions(parseDefinitionQuery(raw));
    return pageAnswer('connectionDefinitions', page);
  }

  @Get(':connectionDefinitionId')
  one(@Param('connectionDefinitionId', RecordIdPipe) id: string): Promise<object> {
    return this.#registry.connectionDefinition(id);
  }

  @Post()
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const asked = parseRecord(ownConnectionDefinition, body, 'kind of connection');
    return this.#registry.connectionDefinition(await this.#writer.create(ctx, asked));
  }

  @Put(':connectionDefinitionId')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('connectionDefinitionId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const asked = parseRecord(ownConnectionDefinition, body, 'kind of connection');
    await this.#writer.change(ctx, id, asked);
    return this.#registry.connectionDefinition(id);
  }

  @Delete(':connectionDefinitionId')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('connectionDefinitionId', RecordIdPipe) id: string): Promise<void> {
    await this.#writer.remove(ctx, id);
  }
}
