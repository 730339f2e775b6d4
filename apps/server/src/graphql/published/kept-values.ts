import type { OwnedFields, Page } from '@meshery/object-model';
import type { Provider } from '../../provider/provider.ts';
import type { Providers } from '../../provider/providers.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import type { LiveValues } from '../live-values.ts';

/** What the operations about records are made of. */
export interface RecordOperationsParts {
  readonly providers: Providers;
  readonly live: LiveValues;
}

/** What a provider keeps, at first and whenever it is another; read again only when something was kept in between. */
export function followKept(
  { providers, live }: RecordOperationsParts,
  context: GraphqlContext,
  read: (provider: Provider) => Promise<object>,
): AsyncIterable<unknown> {
  let values: readonly object[] = [];
  let seen: number | undefined;
  return live.changing(context, async () => {
    const provider = providers.of(context.ctx);
    const { revision } = provider;
    if (revision !== undefined && revision === seen) return values;
    values = [await read(provider)];
    seen = revision;
    return values;
  });
}

/** A text of a record; a remote provider may keep another thing, or nothing. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** A count of a record. */
export function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : 0;
}

/** A list of texts of a record. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

type PageFields = Readonly<Record<'page' | 'page_size' | 'total_count', number>>;
type Stamps = Readonly<Record<'user_id' | 'created_at' | 'updated_at', string>>;

/** The fields that published pages have beside their rows. */
export function pageFields(page: Omit<Page<unknown>, 'items'>): PageFields {
  return { page: page.page, page_size: page.pageSize, total_count: countOf(page.totalCount) };
}

/** The fields that all published records have. */
export function stampsOf(record: Omit<OwnedFields, 'id' | 'organizationId'>): Stamps {
  return { user_id: textOf(record.owner), created_at: textOf(record.createdAt), updated_at: textOf(record.updatedAt) };
}
