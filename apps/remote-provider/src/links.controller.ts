import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Callers } from './callers.ts';
import { features } from './capabilities.ts';
import { Records, pageOf } from './records.ts';
import type { Fields, Row } from './records.ts';

const { environments, workspaces } = features;
/** What holds records, what they are called there, and where they are. */
const links = [
  { holder: workspaces, name: 'environments', held: environments },
  { holder: workspaces, name: 'designs', held: features['persist-meshery-patterns'] },
  { holder: environments, name: 'connections', held: features['persist-connection'] },
] as const;
/** Endpoints whose records are listed by what holds them. */
export const heldEndpoints: string[] = links.map(({ held }) => held);

const paths = links.map(({ holder, name }) => `${holder}/:id/${name}/:otherId`);
const holding = z.object({ id: z.string(), isAssigned: z.boolean() });
/** As servers ask: only those that a workspace or an environment has, or only those that it could still take. */
const filterSchema = z.object({ workspace: holding.optional(), environment: holding.optional() });

/** Which environments and designs are in which workspace, and which connections in which environment. */
@Controller()
export class LinksController {
  readonly #callers: Callers;
  readonly #records: Records;

  constructor(@Inject(Callers) callers: Callers, @Inject(Records) records: Records) {
    this.#callers = callers;
    this.#records = records;
  }

  @Get(heldEndpoints)
  async list(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    return pageOf(this.#held(request.routeOptions.url ?? '', query.filter), query);
  }

  @Post(paths)
  @HttpCode(204)
  async assign(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('otherId') otherId: string,
  ): Promise<void> {
    await this.#callers.who(request, 'write');
    const { holder, held } = linkOf(request);
    this.#records.assign(holder, id, this.#records.get(held, otherId).id);
  }

  @Delete(paths)
  @HttpCode(204)
  async unassign(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('otherId') otherId: string,
  ): Promise<void> {
    await this.#callers.who(request, 'write');
    this.#records.unassign(linkOf(request).holder, id, otherId);
  }

  #held(path: string, filter: unknown): readonly Row[] {
    const all = this.#records.all(path);
    const { workspace, environment } =
      filterSchema.safeParse(typeof filter === 'string' ? parsed(filter) : undefined).data ?? {};
    const asked = workspace ?? environment;
    if (asked === undefined) return all;
    const holder = workspace === undefined ? environments : workspaces;
    return all.filter(({ id }) => this.#records.holds(holder, asked.id, id) === asked.isAssigned);
  }
}

function linkOf({ routeOptions }: FastifyRequest): (typeof links)[number] {
  return links[Math.max(0, paths.indexOf(routeOptions.url ?? ''))] ?? links[0];
}

/** A filter that cannot be read is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
