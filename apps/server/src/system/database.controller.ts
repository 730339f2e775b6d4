import { inBothSpellings } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, Inject, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { DatabaseTables } from './database-tables.ts';
import { ResetDatabaseHandler } from './reset-database.handler.ts';

const rules = { sorted: ['name', 'type', 'count'] };

/** What the databases of the server hold, and emptying the one that is a cache. */
@Controller('api/system/database')
export class DatabaseController {
  readonly #tables: DatabaseTables;
  readonly #reset: ResetDatabaseHandler;

  constructor(
    @Inject(DatabaseTables) tables: DatabaseTables,
    @Inject(ResetDatabaseHandler) reset: ResetDatabaseHandler,
  ) {
    this.#tables = tables;
    this.#reset = reset;
  }

  @Get()
  async summary(@Query() raw: RawQuery): Promise<object> {
    return inBothSpellings(await this.#tables.page(parsePageQuery(columnFirst(raw), rules)));
  }

  @Delete('reset')
  @Needs('administer')
  async reset(@Ctx() ctx: RequestContext): Promise<object> {
    return this.#reset.handle(ctx);
  }
}

/** Clients of this list send the column as `sort` and the direction as `order`; elsewhere it is the other way round. */
function columnFirst(raw: RawQuery): RawQuery {
  const { sort, order, ...rest } = raw;
  if (typeof order === 'string' && /^(asc|desc)$/i.test(order))
    return { ...rest, order: `${String(sort ?? 'name')} ${order}` };
  return order === undefined && sort !== undefined ? { ...rest, order: sort } : raw;
}
