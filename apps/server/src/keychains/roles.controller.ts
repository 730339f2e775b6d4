import { inBothSpellings, parseRecord, roleDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
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
    const roles = await this.#providers.of(ctx).roles.all(ctx, organizationId);
    const query = parsePageQuery(raw, { sorted: ['roleName'] });
    return pageAnswer('roles', slicePage(roles, query, ['roleName', 'description']));
  }

  @Post()
  @HttpCode(201)
  async create(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Body() body: unknown,
  ): Promise<object> {
    const draft = parseRecord(roleDraft, body, 'role');
    return inBothSpellings(await this.#providers.of(ctx).roles.create(ctx, organizationId, draft));
  }

  @Delete(':roleId')
  @HttpCode(204)
  async remove(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Param('roleId', RecordIdPipe) roleId: string,
  ): Promise<void> {
    await this.#providers.of(ctx).roles.remove(ctx, organizationId, roleId);
  }

  @Get(':roleId/keychains')
  @Needs('read')
  async keychains(
    @Ctx() ctx: RequestContext,
    @Param('orgID', RecordIdPipe) organizationId: string,
    @Param('roleId', RecordIdPipe) roleId: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    const keychains = await this.#providers
      .of(ctx)
      .keychains.ofRole(ctx, await this.#role(ctx, organizationId, roleId));
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
    await this.#providers.of(ctx).keychains.assign(ctx, await this.#role(ctx, organizationId, roleId), id);
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
    await this.#providers.of(ctx).keychains.unassign(ctx, await this.#role(ctx, organizationId, roleId), id);
  }

  async #role(ctx: RequestContext, organizationId: string, roleId: string): Promise<RoleOfOrganization> {
    const roles = await this.#providers.of(ctx).roles.all(ctx, organizationId);
    const role = roles.find(({ id }) => id === roleId.toLowerCase())?.roleName;
    if (role === undefined) throw notFound('role');
    return { organizationId, role };
  }
}
