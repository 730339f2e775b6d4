import { inBothSpellings, keychainDraft, keychainPatch, parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import { permissionKeys } from '../access/permissions/permission-keys.ts';
import { Providers } from '../provider/providers.ts';
import type { Keychains } from '../provider/provider.ts';
import { organizationFor } from '../rest/first-organization.ts';
import { organizationParameter } from '../rest/organization-parameter.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';
import { keychainPage, keyPage } from './keychain-pages.ts';

/** Keychains, and the permission keys that they are made of. */
@Controller('api/auth')
@Needs('administer')
export class KeychainsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get('keys')
  @Needs('read')
  allKeys(@Query() raw: RawQuery): object {
    return keyPage(permissionKeys, raw);
  }

  @Get('keychains')
  @Needs('read')
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    return keychainPage(await this.#keychains(ctx).all(ctx, organizationParameter(raw)), raw);
  }

  @Post('keychains')
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(keychainDraft, body, 'keychain');
    const organizationId = await organizationFor(ctx, this.#providers.of(ctx), draft.organizationId);
    return inBothSpellings(await this.#keychains(ctx).create(ctx, { ...draft, organizationId }));
  }

  @Get('keychains/:keychainId')
  @Needs('read')
  async one(@Ctx() ctx: RequestContext, @Param('keychainId', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(await this.#keychains(ctx).get(ctx, id));
  }

  @Put('keychains/:keychainId')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('keychainId', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(keychainPatch, body, 'keychain');
    return inBothSpellings(await this.#keychains(ctx).update(ctx, id, patch));
  }

  @Delete('keychains/:keychainId')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('keychainId', RecordIdPipe) id: string): Promise<void> {
    await this.#keychains(ctx).remove(ctx, id);
  }

  @Get('keychains/:keychainId/keys')
  @Needs('read')
  async keys(
    @Ctx() ctx: RequestContext,
    @Param('keychainId', RecordIdPipe) id: string,
    @Query() raw: RawQuery,
  ): Promise<object> {
    return keyPage(await this.#keychains(ctx).keys(ctx, id), raw);
  }

  @Post('keychains/:keychainId/:keyId')
  @HttpCode(204)
  async addKey(
    @Ctx() ctx: RequestContext,
    @Param('keychainId', RecordIdPipe) id: string,
    @Param('keyId', RecordIdPipe) keyId: string,
  ): Promise<void> {
    await this.#keychains(ctx).addKey(ctx, id, keyId);
  }

  @Delete('keychains/:keychainId/:keyId')
  @HttpCode(204)
  async removeKey(
    @Ctx() ctx: RequestContext,
    @Param('keychainId', RecordIdPipe) id: string,
    @Param('keyId', RecordIdPipe) keyId: string,
  ): Promise<void> {
    await this.#keychains(ctx).removeKey(ctx, id, keyId);
  }

  #keychains(ctx: RequestContext): Keychains {
    return this.#providers.of(ctx).keychains;
  }
}
