import { randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Account } from './accounts.ts';
import { features } from './capabilities.ts';
import { decodeTokens } from './token-cookie.ts';
import { TokenDesk } from './token-desk.ts';

type Fields = Readonly<Record<string, unknown>>;
type Row = Fields & { readonly id: string };

const organization = { id: '00000000-0000-4000-8000-0000000000a1', name: 'Reference', description: '', owner: '' };
const ownWay: readonly string[] = ['/user/preferences', '/identity/users/profile', '/identity/users', '/identity/orgs'];
const collections = [...new Set<string>(Object.values(features))].filter((path) => !ownWay.includes(path));
const mostRows = 10_000;

/** What users make: rows of any shape under the endpoint of their feature, in memory, one organization for all. */
@Controller()
export class RecordsController {
  readonly #desk: TokenDesk;
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly #preferences = new Map<string, Fields>();

  constructor(@Inject(TokenDesk) desk: TokenDesk) {
    this.#desk = desk;
  }

  @Get('user/preferences')
  async preferences(@Req() request: FastifyRequest): Promise<Fields> {
    return this.#preferences.get((await this.#who(request)).id) ?? {};
  }

  @Put('user/preferences')
  async keepPreferences(@Req() request: FastifyRequest, @Body() body: Fields): Promise<Fields> {
    this.#preferences.set((await this.#who(request)).id, body);
    return body;
  }

  @Get('identity/users/profile')
  async self(@Req() request: FastifyRequest): Promise<object> {
    return personOf(await this.#who(request));
  }

  @Get('identity/users')
  async users(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    return pageOf([personOf(await this.#who(request))], query);
  }

  @Get('identity/orgs')
  async organizations(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#who(request);
    return pageOf([organization], query);
  }

  @Get(collections)
  async list(@Req() request: FastifyRequest, @Query() query: Fields): Promise<object> {
    await this.#who(request);
    const search = typeof query.search === 'string' ? query.search.toLowerCase() : '';
    const rows = [...this.#collection(request).values()];
    return pageOf(
      rows.filter(({ name }) => (typeof name === 'string' ? name.toLowerCase().includes(search) : search === '')),
      query,
    );
  }

  @Post(collections)
  @HttpCode(201)
  async create(@Req() request: FastifyRequest, @Body() body: Fields): Promise<Row> {
    const { id: owner } = await this.#who(request, 'write');
    const rows = this.#collection(request);
    if (rows.size >= mostRows) throw new MesheryError('meshery-core-1005', 'There are too many records.');
    const now = new Date().toISOString();
    const row = { organizationId: organization.id, ...body, id: randomUUID(), owner, createdAt: now, updatedAt: now };
    rows.set(row.id, row);
    return row;
  }

  @Get(collections.map((path) => `${path}/:id`))
  async one(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Row> {
    await this.#who(request);
    return found(this.#collection(request).get(id));
  }

  @Put(collections.map((path) => `${path}/:id`))
  async change(@Req() request: FastifyRequest, @Param('id') id: string, @Body() body: Fields): Promise<Row> {
    await this.#who(request, 'write');
    const rows = this.#collection(request);
    const row = { ...found(rows.get(id)), ...body, id, updatedAt: new Date().toISOString() };
    rows.set(id, row);
    return row;
  }

  @Delete(collections.map((path) => `${path}/:id`))
  @HttpCode(204)
  async remove(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    await this.#who(request, 'write');
    if (!this.#collection(request).delete(id)) found(undefined);
  }

  async #who(request: FastifyRequest, right: 'read' | 'write' = 'read'): Promise<Account> {
    const [, presented = ''] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const account = await this.#desk.introspect(decodeTokens(presented).access);
    if (right === 'read' || account.role !== 'viewer') return account;
    throw new MesheryError('meshery-auth-1202', 'This needs the role "editor".', {
      remedy: 'Ask who runs the provider.',
    });
  }

  #collection(request: FastifyRequest): Map<string, Row> {
    const path =
      collections.find((name) => request.routeOptions.url === name || request.routeOptions.url === `${name}/:id`) ?? '';
    const rows = this.#rows.get(path) ?? new Map<string, Row>();
    this.#rows.set(path, rows);
    return rows;
  }
}

function personOf({ id, name, role }: Account): object {
  return { id, name, email: '', firstName: name, lastName: '', avatarUrl: '', status: 'active', roles: [role] };
}

function pageOf(rows: readonly object[], query: Fields): object {
  const page = Math.max(0, Number(query.page) || 0);
  const pageSize = Math.min(10_000, Math.max(1, Number(query.pagesize) || 10));
  return { page, pageSize, totalCount: rows.length, data: rows.slice(page * pageSize, (page + 1) * pageSize) };
}

function found(row: Row | undefined): Row {
  if (row !== undefined) return row;
  throw new MesheryError('meshery-core-1002', 'There is no such record.', { remedy: 'Look it up in the list again.' });
}
