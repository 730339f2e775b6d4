import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Callers } from './callers.ts';
import { features } from './capabilities.ts';
import { Records, pageOf } from './records.ts';
import type { Fields, Row } from './records.ts';

const { environments, workspaces } = features;
const link = `${workspaces}/:id/environments/:environmentId`;
/** As servers ask: only those that a workspace has, or only those that it could still take. */
const filterSchema = z.object({ workspace: z.object({ id: z.string(), isAssigned: z.boolean() }) });

/** Which environments are in which workspace. */
@Controller()
export class WorkspacesController {
  readonly #callers: Callers;
  readonly #records: Records;

  constructor(@Inject(Callers) callers: Callers, @Inject(Records) records: Records) {
    this.#callers = callers;
    this.#records = records;
  }

  @Get(environments)
  async list(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    return pageOf(this.#environments(query.filter), query);
  }

  @Post(link)
  @HttpCode(204)
  async assign(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('environmentId') environmentId: string,
  ): Promise<void> {
    await this.#callers.who(request, 'write');
    this.#records.assign(workspaces, id, this.#records.get(environments, environmentId).id);
  }

  @Delete(link)
  @HttpCode(204)
  async unassign(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('environmentId') environmentId: string,
  ): Promise<void> {
    await this.#callers.who(request, 'write');
    this.#records.unassign(workspaces, id, environmentId);
  }

  #environments(filter: unknown): readonly Row[] {
    const all = this.#records.all(environments);
    const asked = filterSchema.safeParse(typeof filter === 'string' ? parsed(filter) : undefined).data?.workspace;
    if (asked === undefined) return all;
    return all.filter(({ id }) => this.#records.holds(workspaces, asked.id, id) === asked.isAssigned);
  }
}

/** A filter that cannot be read is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
