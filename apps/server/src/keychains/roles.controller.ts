import type { RequestContext } from '@meshery/observability';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { organizationRoles } from '../access/permissions/permission-keys.ts';
import { notFound } from '../provider/local/tenancy.ts';
import { Providers } from '../provider/providers.ts';
import type { RoleOfOrganization } from '../provider/provider.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { slicePage } from '../rest/slice-page.ts';
import { keychainPage } from './keychain-pages.ts';

/** The roles of an organization with their keychains. */
@Controller('api/identity/orgs/:orgID/roles')
@Needs('administer')
export class RolesController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  @Needs('read')
  async list(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    await this.#providers.of(ctx).keychains.all(ctx, organizationId);
    const query = parsePageQuery(raw, { sorted: ['roleName'] });
    return pageAnswer('roles', slicePage(organizationRoles, query, ['roleName', 'description']));
  }

  @Get(':roleId/keychains')
  @Needs('read')
  async keychains(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Param('roleId', RecordIdPipe) roleId: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const keychains = await this.#providers.of(ctx).keychains.ofRole(ctx, roleOf(organizationId, roleId));
    return keychainPage(keychains, raw);
  }

  @Post(':roleId/keychains/:keychainId')
  @HttpCode(200)
  async assign(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Param('roleId', RecordIdPipe) roleId: string,
    @Param('keychainId', RecordIdPipe) id: string,
  ): Promise<object> {
    await this.#providers.of(ctx).keychains.assign(ctx, roleOf(organizationId, roleId), id);
    return {};
  }

  @Delete(':roleId/keychains/:keychainId')
  @HttpCode(204)
  async unassign(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Param('roleId', RecordIdPipe) roleId: string,
    @Param('keychainId', RecordIdPipe) id: string,
  ): Promise<void> {
    await this.#providers.of(ctx).keychains.unassign(ctx, roleOf(organizationId, roleId), id);
  }
}

function roleOf(organizationId: string, roleId: string): RoleOfOrganization {
  const role = organizationRoles.find(({ id }) => id === roleId)?.roleName;
  if (role === undefined) throw notFound('role');
  return { organizationId, role };
}
