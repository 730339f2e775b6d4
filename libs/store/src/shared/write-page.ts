import type { ObjectPage, PageFormat } from '../inventory-store.ts';

/** Writes a page, row by row. */
export function writePage({ rows, ...facts }: ObjectPage, format: PageFormat): Buffer {
  return Buffer.from(format.document(rows.map((row) => format.row(row, row.json)).join(','), facts));
}
