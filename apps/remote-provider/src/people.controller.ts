import { Body, Controller, Get, Inject, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Account } from './accounts.ts';
import { Callers } from './callers.ts';
import { features } from './capabilities.ts';
import { organization, pageOf } from './records.ts';
import type { Fields } from './records.ts';

const mostPreferences = 10_000;

/** Who there is, and what they prefer. */
@Controller()
export class PeopleController {
  readonly #callers: Callers;
  readonly #preferences = new Map<string, Fields>();

  constructor(@Inject(Callers) callers: Callers) {
    this.#callers = callers;
  }

  @Get(features['sync-prefs'])
  async preferences(@Req() request: FastifyRequest): Promise<Fields> {
    return this.#preferences.get((await this.#callers.who(request, 'self')).id) ?? {};
  }

  @Put(features['sync-prefs'])
  async keepPreferences(@Req() request: FastifyRequest, @Body() body: Fields): Promise<Fields> {
    const { id } = await this.#callers.who(request, 'self');
    const oldest = this.#preferences.size < mostPreferences ? undefined : this.#preferences.keys().next().value;
    if (oldest !== undefined) this.#preferences.delete(oldest);
    this.#preferences.set(id, body);
    return body;
  }

  @Get(features['users-profile'])
  async self(@Req() request: FastifyRequest): Promise<object> {
    return personOf(await this.#callers.who(request, 'self'));
  }

  @Get(features['users-identity'])
  async users(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    return pageOf([personOf(await this.#callers.who(request, 'read'))], query);
  }

  @Get(features.organizations)
  async organizations(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    return pageOf([organization], query);
  }

  /** The roles say it all here: there are no keys besides. */
  @Get(features['users-keys'])
  async keys(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#callers.who(request, 'read');
    return pageOf([], query);
  }
}

function personOf({ id, name, role }: Account): Fields {
  return { id, name, email: '', firstName: name, lastName: '', avatarUrl: '', status: 'active', roles: [role] };
}
