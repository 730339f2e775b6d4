import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Callers } from './callers.ts';
import { collections, features } from './capabilities.ts';
import { heldEndpoints } from './links.controller.ts';
import { Records, pageOf } from './records.ts';
import type { Fields, Row } from './records.ts';

const listed = collections.filter((path) => !heldEndpoints.includes(path));
const one = collections.map((path) => `${path}/:id`);

/** What users make: rows of any shape under the endpoint of their feature. */
@Controller()
export class RecordsController {
  readonly #callers: Callers;
  readonly #records: Records;

  constructor(@Inject(Callers) callers: Callers, @Inject(Records) records: Records) {
    this.#callers = callers;
    this.#records = records;
  }

  @Get(features['events-summary'])
  async summary(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    const events = this.#records.all(features['get-events']);
    const statusOf = ({ status = 'unread' }: Fields): unknown => status;
    const counts = new Map<unknown, number>();
    for (const event of events) {
      if (query.status !== undefined && query.status !== statusOf(event)) continue;
      counts.set(event.severity, (counts.get(event.severity) ?? 0) + 1);
    }
    const countBySeverityLevel = [...counts].map(([severity, count]) => ({ severity, count }));
    const readCount = events.filter((event) => statusOf(event) === 'read').length;
    return { totalCount: events.length, readCount, countBySeverityLevel };
  }

  @Get(listed)
  async list(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    return pageOf(this.#records.all(pathOf(request)), query);
  }

  @Post(collections)
  @HttpCode(201)
  async create(@Req() request: FastifyRequest, @Body() body: Fields): Promise<Row> {
    const { id: owner } = await this.#callers.who(request, 'write');
    return this.#records.create(pathOf(request), body, owner);
  }

  @Get(one)
  async get(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Row> {
    await this.#callers.who(request, 'read');
    return this.#records.get(pathOf(request), id);
  }

  @Put(one)
  async change(@Req() request: FastifyRequest, @Param('id') id: string, @Body() body: Fields): Promise<Row> {
    await this.#callers.who(request, 'write');
    return this.#records.change(pathOf(request), id, body);
  }

  @Delete(one)
  @HttpCode(204)
  async remove(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    await this.#callers.who(request, 'write');
    this.#records.remove(pathOf(request), id);
  }
}

/** The endpoint that a request is for; a result is one of the results. */
function pathOf({ routeOptions }: FastifyRequest): string {
  const path = (routeOptions.url ?? '').replace(/\/:id$/, '');
  return path === features['persist-result'] ? features['persist-results'] : path;
}
