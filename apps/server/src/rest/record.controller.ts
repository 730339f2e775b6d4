import { inBothSpellings, parseRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Ctx } from '../access/ctx.ts';
import { Needs } from '../access/needs.ts';
import type { Collection } from '../provider/collection.ts';
import type { Provider } from '../provider/provider.ts';
import { Providers } from '../provider/providers.ts';
import { Kept } from './kept.ts';
import { organizationParameter } from './organization-parameter.ts';
import { pageAnswer } from './page-answer.ts';
import { parsePageQuery } from './page-request.ts';
import type { RawQuery } from './query-values.ts';
import { RecordIdPipe } from './record-id.ts';

/** What lists of records may be sorted by. */
export const recordOrder = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** What tells one kind of records of an organization from another. */
export interface RecordKind<Item extends object, DraftSchema extends z.ZodType, PatchSchema extends z.ZodType> {
  /** In messages. */
  readonly one: string;
  /** Key of the list in a page. */
  readonly many: string;
  readonly draft: DraftSchema;
  readonly patch: PatchSchema;
  /** Version of the form of one, where it is published. */
  readonly schemaVersion?: string;
  readonly of: (provider: Provider) => RecordsOf<Item, z.output<DraftSchema>, z.output<PatchSchema>>;
}

type RecordsOf<Item, Draft, Patch> = Collection<Item, Draft, Patch, { readonly organizationId?: string | undefined }>;

/** The five routes that every kind of records of an organization has; the path and more rights are its controller's. */
export abstract class RecordController<
  Item extends object,
  DraftSchema extends z.ZodType,
  PatchSchema extends z.ZodType,
> {
  protected readonly providers: Providers;
  protected abstract readonly kind: RecordKind<Item, DraftSchema, PatchSchema>;

  constructor(@Inject(Providers) providers: Providers) {
    this.providers = providers;
  }

  @Get()
  @Needs('read')
  async list(@Ctx() ctx: RequestContext, @Query() raw: RawQuery): Promise<object> {
    const filter = { organizationId: organizationParameter(raw) };
    const page = await this.#records(ctx).page(ctx, filter, parsePageQuery(raw, recordOrder));
    return pageAnswer(this.kind.many, { ...page, items: page.items.map((item) => this.#versioned(item)) });
  }

  /** Published clients take 200 and 201 alike. */
  @Post()
  @HttpCode(201)
  async create(@Ctx() ctx: RequestContext, @Body() body: unknown): Promise<object> {
    const draft = parseRecord(this.kind.draft, body, this.kind.one);
    return inBothSpellings(this.#versioned(await this.#records(ctx).create(ctx, draft)));
  }

  @Get(':id')
  @Needs('read')
  @Kept()
  async one(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<object> {
    return inBothSpellings(this.#versioned(await this.#records(ctx).get(ctx, id)));
  }

  @Put(':id')
  async change(
    @Ctx() ctx: RequestContext,
    @Param('id', RecordIdPipe) id: string,
    @Body() body: unknown,
  ): Promise<object> {
    const patch = parseRecord(this.kind.patch, body, this.kind.one);
    return inBothSpellings(this.#versioned(await this.#records(ctx).update(ctx, id, patch)));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id', RecordIdPipe) id: string): Promise<void> {
    await this.#records(ctx).remove(ctx, id);
  }

  #versioned(item: Item): object {
    const { schemaVersion } = this.kind;
    return schemaVersion === undefined ? item : { ...item, schemaVersion };
  }

  #records(ctx: RequestContext): RecordsOf<Item, z.output<DraftSchema>, z.output<PatchSchema>> {
    return this.kind.of(this.providers.of(ctx));
  }
}
