import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { pageAnswer } from '../../rest/page-answer.ts';
import type { RawQuery } from '../../rest/query-values.ts';
import { RecordIdPipe } from '../../rest/record-id.ts';
import { parseDefinitionQuery } from '../read/registry-query.ts';
import { RegistryReader } from '../read/registry-reader.ts';

/** The kinds of connections, under both names of the registry. */
@Controller(['api/registry/connections', 'api/meshmodels/connections'])
export class ConnectionDefinitionsController {
  readonly #registry: RegistryReader;

  constructor(@Inject(RegistryReader) registry: RegistryReader) {
    this.#registry = registry;
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
}
