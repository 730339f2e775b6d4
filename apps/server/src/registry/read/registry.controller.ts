import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { pageAnswer } from '../../rest/page-answer.ts';
import type { RawQuery } from '../../rest/query-values.ts';
import {
  parseComponentQuery,
  parseModelQuery,
  parseNamedQuery,
  parsePolicyQuery,
  parseRelationshipQuery,
  pathName,
} from './registry-query.ts';
import type { PathNames } from './registry-query.ts';
import { RegistryReader } from './registry-reader.ts';

/** What the registry holds, by model and by category; published under two names. */
@Controller(['api/registry', 'api/meshmodels'])
export class RegistryController {
  readonly #registry: RegistryReader;

  constructor(@Inject(RegistryReader) registry: RegistryReader) {
    this.#registry = registry;
  }

  @Get(['models', 'models/:model', 'categories/:category/models', 'categories/:category/models/:model'])
  async models(@Query() raw: RawQuery, @Param() path: PathNames): Promise<object> {
    return pageAnswer('models', await this.#registry.models(parseModelQuery(raw, path)));
  }

  @Get([
    'components',
    'components/:name',
    'models/:model/components',
    'models/:model/components/:name',
    'categories/:category/components',
    'categories/:category/components/:name',
    'categories/:category/models/:model/components',
    'categories/:category/models/:model/components/:name',
  ])
  async components(@Query() raw: RawQuery, @Param() path: PathNames): Promise<object> {
    return pageAnswer('components', await this.#registry.components(parseComponentQuery(raw, path)));
  }

  @Get(['relationships', 'models/:model/relationships', 'models/:model/relationships/:name'])
  async relationships(@Query() raw: RawQuery, @Param() path: PathNames): Promise<object> {
    return pageAnswer('relationships', await this.#registry.relationships(parseRelationshipQuery(raw, path)));
  }

  @Get(['models/:model/policies', 'models/:model/policies/:name'])
  async policies(@Query() raw: RawQuery, @Param() path: PathNames): Promise<object> {
    return pageAnswer('policies', await this.#registry.policies(parsePolicyQuery(raw, path)));
  }

  @Get(['categories', 'categories/:category'])
  async categories(@Query() raw: RawQuery, @Param() path: PathNames): Promise<object> {
    const named = pathName(path.category, 'category');
    return pageAnswer('categories', await this.#registry.categories(parseNamedQuery(raw, 'categories'), named));
  }

  @Get('registrants')
  async registrants(@Query() raw: RawQuery): Promise<object> {
    return pageAnswer('registrants', await this.#registry.registrants(parseNamedQuery(raw, 'registrants')));
  }
}

/** As older clients ask for the policies of a kind: without the slash. */
@Controller('api/meshmodels')
export class OlderPoliciesController {
  readonly #registry: RegistryReader;

  constructor(@Inject(RegistryReader) registry: RegistryReader) {
    this.#registry = registry;
  }

  @Get('models/:model/policies:name')
  async policies(@Query() raw: RawQuery, @Param() path: PathNames): Promise<object> {
    return pageAnswer('policies', await this.#registry.policies(parsePolicyQuery(raw, path)));
  }
}
