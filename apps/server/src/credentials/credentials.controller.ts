import { credentialDraft, credentialPatch, inBothSpellings, parseRecord, recordId } from '@meshery/object-model';
import type { Credential } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx } from '../access/ctx.ts';
import { Providers } from '../provider/providers.ts';
import { organizationFor } from '../rest/first-organization.ts';
import { organizationParameter } from '../rest/organization-parameter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import { badParameter, single } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

const rules = { sorted: ['name', 'type', 'createdAt', 'updatedAt'] };
export const patchWithId = credentialPatch.extend({ id: recordId });

/** Credentials: written with their secret, read without it. */
@Controller('api/integrations/credentials')
export class CredentialsController {
  readonly #providers: Providers;

  constructor(@Inject(Providers) providers: Providers) {
    this.#providers = providers;
  }

  @Get()
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const filter = { organizationId: organizationParameter(raw) };
    const page = await this.#providers.of(ctx).credentials.page(ctx, filter, parsePageQuery(raw, rules));
    return pageAnswer('credentials', { ...page, items: page.items.map(shown) });
  }

  @Post()
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(credentialDraft, body, 'credential');
    const provider = this.#providers.of(ctx);
    const organizationId = await organizationFor(ctx, provider, draft.organizationId);
    return inBothSpellings(shown(await provider.credentials.create(ctx, { ...draft, organizationId })));
  }

  @Get(':credentialId')
  async one(@Ctx() ctx: RequestContext, @Param('credentialId', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(shown(await this.#providers.of(ctx).credentials.get(ctx, id)));
  }

  @Put()
  async change(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const { id, ...patch } = parseRecord(patchWithId, body, 'credential');
    return inBothSpellings(shown(await this.#providers.of(ctx).credentials.update(ctx, id.toLowerCase(), patch)));
  }

  @Delete()
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<void> {
    const id = single(raw, 'credentialId', 'credential_id', 'credentialID');
    if (!recordId.safeParse(id).success) throw badParameter('credentialId', 'must be a UUID');
    await this.#providers.of(ctx).credentials.remove(ctx, String(id).toLowerCase());
  }
}

/** Published clients know the user of a credential as `userId`. */
function shown(credential: Credential): object {
  return { ...credential, userId: credential.owner, deletedAt: null };
}
