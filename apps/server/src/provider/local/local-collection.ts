import type { OwnedFields, Page, PageQuery } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Right } from '@meshery/security';
import type { LinkFilter, RecordTable, RowFilter, UserData } from '@meshery/store';
import type { Collection } from '../collection.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf, requireMembership, requireRight, roleIn } from './tenancy.ts';

/** What all owned records have beside their own fields. */
export type NamedRecord = OwnedFields & { readonly name: string };

/** What differs between one construct and the next. */
export interface LocalCollectionShape<Item extends NamedRecord, Filter, Draft = never, Patch = never> {
  /** What one is called, e.g. "environment". */
  readonly kind: string;
  readonly table: (data: UserData) => RecordTable<Item>;
  /** Conditions and links of a list beside the organization. */
  readonly where?: (filter: Filter) => RowFilter<Item>;
  readonly links?: (filter: Filter) => readonly LinkFilter[];
  /** What is kept of a draft, and of a patch of a record, where that is not the draft or the patch itself. */
  readonly made?: (draft: Draft, stamps: RecordStamps) => Item;
  readonly changed?: (patch: Patch, item: Item) => { readonly [Field in keyof Item]?: Item[Field] | undefined };
  /** True where a record can be private: nobody but its owner sees it then. */
  readonly hasVisibility?: boolean;
}

/** What a record gets when it is made. */
export type RecordStamps = Pick<OwnedFields, 'id' | 'owner' | 'createdAt' | 'updatedAt'>;

/** A construct whose records belong to organizations, kept in the Local provider's store. */
export class LocalCollection<
  Item extends NamedRecord,
  Draft extends { readonly organizationId: string; readonly name: string },
  Patch extends object,
  Filter extends { readonly organizationId?: string | undefined },
> implements Collection<Item, Draft, Patch, Filter> {
  readonly #parts: LocalParts;
  readonly #shape: LocalCollectionShape<Item, Filter, Draft, Patch>;

  constructor(parts: LocalParts, shape: LocalCollectionShape<Item, Filter, Draft, Patch>) {
    this.#parts = parts;
    this.#shape = shape;
  }

  page(ctx: RequestContext, filter: Filter, query: PageQuery): Promise<Page<Item>> {
    const { table, where, links, hasVisibility } = this.#shape;
    return this.#parts.store.read(async (data) => {
      const organizationId = await this.#visible(data, ctx, filter.organizationId);
      if (organizationId.length === 0) return { page: query.page, pageSize: query.pageSize, totalCount: 0, items: [] };
      const conditions = { ...where?.(filter), organizationId } as RowFilter<Item>;
      const selection = {
        links: links?.(filter) ?? [],
        ...(hasVisibility === true ? { reader: ctx.user.userId } : {}),
      };
      return table(data).page(conditions, query, selection);
    });
  }

  get(ctx: RequestContext, id: string): Promise<Item> {
    return this.#parts.store.read((data) => this.reach(data, ctx, id, 'read'));
  }

  create(ctx: RequestContext, draft: Draft): Promise<Item> {
    const now = timestamp(this.#parts.clock);
    const stamps = { id: this.#parts.newId(), owner: ctx.user.userId, createdAt: now, updatedAt: now };
    const item = this.#shape.made?.(draft, stamps) ?? ({ ...draft, ...stamps } as unknown as Item);
    return this.#parts.store.change(async (data) => {
      await requireMembership(data, ctx, draft.organizationId, 'write');
      await this.#shape.table(data).insert(item);
      await this.note(data, ctx, 'create', item);
      return item;
    });
  }

  update(ctx: RequestContext, id: string, patch: Patch): Promise<Item> {
    return this.#parts.store.change(async (data) => {
      const item = await this.reach(data, ctx, id, 'write');
      const kept = this.#shape.changed?.(patch, item) ?? patch;
      const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
      const changes = { ...given, updatedAt: timestamp(this.#parts.clock) } as unknown as Partial<Item>;
      await this.#shape.table(data).update(id, changes);
      const changed = { ...item, ...changes };
      await this.note(data, ctx, 'update', changed);
      return changed;
    });
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#parts.store.change(async (data) => {
      const item = await this.reach(data, ctx, id, 'write');
      await this.#shape.table(data).remove({ id } as RowFilter<Item>);
      await this.note(data, ctx, 'delete', item);
    });
  }

  /** The record, when the user may do this to it. Rejects with `meshery-core-1002` or `meshery-auth-1202`. */
  async reach(data: UserData, ctx: RequestContext, id: string, right: Right): Promise<Item> {
    const item = await this.#shape.table(data).find({ id } as RowFilter<Item>);
    const role = item === undefined ? undefined : await roleIn(data, ctx, item.organizationId);
    if (item === undefined || role === undefined || isHidden(item, ctx)) throw notFound(this.#shape.kind);
    await requireRight(data, ctx, { organizationId: item.organizationId, role }, right);
    return item;
  }

  async #visible(data: UserData, ctx: RequestContext, asked: string | undefined): Promise<readonly string[]> {
    if (asked === undefined) return organizationsOf(data, ctx);
    await requireMembership(data, ctx, asked, 'read');
    return [asked];
  }

  /** Tells whoever listens of a change. */
  async note(data: UserData, ctx: RequestContext, action: string, item: Item): Promise<void> {
    const { kind } = this.#shape;
    const description = `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)} "${item.name}": ${action}d.`;
    const { id: actedUpon, organizationId } = item;
    await this.#parts.notes.note(data, ctx, { category: kind, action, actedUpon, organizationId, description });
  }
}

function isHidden(item: NamedRecord, ctx: RequestContext): boolean {
  return 'visibility' in item && item.visibility === 'private' && item.owner !== ctx.user.userId;
}
