import { MesheryError } from '@meshery/errors';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Callers } from './callers.ts';
import { features } from './capabilities.ts';
import { Records, pageOf } from './records.ts';
import type { Fields, Row } from './records.ts';

/** Where the records are that catalogs, copies and shares are about. */
const ofDesigns = {
  catalog: 'meshery-patterns-catalog',
  clone: 'clone-meshery-patterns',
  share: 'share-designs',
} as const;
const ofFilters = {
  catalog: 'meshery-filters-catalog',
  clone: 'clone-meshery-filters',
  share: 'share-filters',
} as const;
const routesOf = (act: keyof typeof ofDesigns): string[] => [features[ofDesigns[act]], features[ofFilters[act]]];
const one = (act: keyof typeof ofDesigns): string[] => routesOf(act).map((path) => `${path}/:id`);

const publication = z.object({ id: z.string() });
const share = z.object({ users: z.array(z.string().max(64)).max(100) });

/** What becomes of designs and filters among users. */
@Controller()
export class SharingController {
  readonly #callers: Callers;
  readonly #records: Records;

  constructor(@Inject(Callers) callers: Callers, @Inject(Records) records: Records) {
    this.#callers = callers;
    this.#records = records;
  }

  @Get(routesOf('catalog'))
  async catalog(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    return pageOf(this.#records.published(pathOf(request)), query);
  }

  @Post(routesOf('catalog'))
  async publish(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Row> {
    await this.#callers.who(request, 'write');
    return this.#records.publish(pathOf(request), parse(publication, body).id);
  }

  @Delete(one('catalog'))
  @HttpCode(204)
  async withdraw(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    await this.#callers.who(request, 'write');
    this.#records.withdraw(pathOf(request), id);
  }

  @Post(one('clone'))
  async clone(@Req() request: FastifyRequest, @Param('id') id: string, @Body() body: Fields): Promise<Row> {
    const { id: owner } = await this.#callers.who(request, 'write');
    return this.#records.create(pathOf(request), { ...this.#records.get(pathOf(request), id), ...body }, owner);
  }

  @Post(one('share'))
  @HttpCode(204)
  async share(@Req() request: FastifyRequest, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    await this.#callers.who(request, 'write');
    this.#records.share(pathOf(request), id, parse(share, body).users);
  }

  @Get(one('share'))
  async users(@Req() request: FastifyRequest, @Param('id') id: string): Promise<object> {
    await this.#callers.who(request, 'read');
    return { users: this.#records.usersOf(pathOf(request), id) };
  }
}

function pathOf({ routeOptions }: FastifyRequest): string {
  const route = (routeOptions.url ?? '').replace(/\/:id$/, '');
  const isOfDesigns = Object.values(ofDesigns).some((feature) => features[feature] === route);
  return features[isOfDesigns ? 'persist-meshery-patterns' : 'persist-meshery-filters'];
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const field = String(result.error.issues[0]?.path[0] ?? 'body');
  throw new MesheryError('meshery-core-1001', `"${field}" is missing or malformed.`, {
    remedy: 'Send what docs/guides/remote-provider.md says of this feature.',
  });
}
