import type { ObjectPage, RowFormat, TextPage } from '../inventory-store.ts';

/** Writes the rows of a page. */
export function textPage(page: ObjectPage, format: RowFormat): TextPage {
  const { totalCount, next, seq } = page;
  const rows = page.rows.map((row) => format.row(row, row.json)).join(',');
  return next === undefined ? { rows, totalCount, seq } : { rows, totalCount, next, seq };
}
