import type { RequestContext } from '@meshery/observability';
import type { AuditCheck, UserData, UserStore } from '@meshery/store';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { permissionsOf } from '../access/permissions/role-permissions.ts';
import { localUser } from '../identity/local-user.ts';
import { wholeNumber } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { USER_STORE } from '../tokens.ts';

const maxLines = 1000;

/** The audit log, for those who may see it: what was done in their organizations, and whether the log is whole. */
@Controller('api/system/audit')
export class AuditController {
  readonly #store: UserStore;

  constructor(@Inject(USER_STORE) store: UserStore) {
    this.#store = store;
  }

  @Get()
  @Needs('administer')
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const after = wholeNumber(raw, ['after'], { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
    const limit = wholeNumber(raw, ['pagesize', 'pageSize', 'page_size'], { min: 1, max: maxLines }) ?? 100;
    const { userId } = ctx.user;
    const lines = await this.#store.read(async (data) =>
      data.audit.after(after, limit, { userId, organizationIds: await audited(data, userId) }),
    );
    return { lines, next: lines.at(-1)?.sequence ?? after };
  }

  /** Takes as long as the log is: a second for some ten thousand lines. */
  @Get('check')
  @Needs('administer')
  check(): Promise<AuditCheck> {
    return this.#store.read((data) => data.audit.check());
  }
}

/**
 * Ids of the organizations whose lines somebody may see. Those of none, such as what strangers were refused, are for the
 * owner of the server.
 */
async function audited(data: UserData, userId: string): Promise<readonly string[]> {
  const ids = userId === localUser.userId ? [''] : [];
  for (const { organizationId, role } of await data.memberships.all({ userId })) {
    const permissions = await permissionsOf(data, { userId, organizationId, role });
    if (permissions.has('View audit log')) ids.push(organizationId);
  }
  return ids;
}
