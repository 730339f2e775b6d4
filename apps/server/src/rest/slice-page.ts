import type { Page, PageQuery } from '@meshery/object-model';
import { noPositions } from './query-values.ts';

/** A page of a list that is bounded by its nature and in memory as a whole; the search looks into texts of the rows. */
export function slicePage<Item extends object>(
  all: readonly Item[],
  { page, pageSize, search, order, after }: PageQuery,
  searched: readonly (keyof Item)[],
): Page<Item> {
  if (after !== undefined) throw noPositions();
  const wanted = search?.toLowerCase() ?? '';
  const found = all.filter((item) => searched.some((field) => String(item[field]).toLowerCase().includes(wanted)));
  if (order !== undefined) {
    const text = (item: Item): string => String(item[order.field as keyof Item]);
    found.sort((left, right) => text(left).localeCompare(text(right)) * (order.descending ? -1 : 1));
  }
  const items = found.slice(page * pageSize, (page + 1) * pageSize);
  return { page, pageSize, totalCount: found.length, items };
}
