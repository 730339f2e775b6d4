import type { Database } from 'better-sqlite3';
import type { InventorySummary, ObjectFilter, SortColumn, TableCount } from '../../inventory-store.ts';
import { filterSql, sortSql, wholeClusterSql } from './filter-sql.ts';
import { openAnother } from '../inventory-file.ts';
import { checkedTables } from '../schema.ts';

/** Labels of a summary are cut here, in the order of key and value. */
export const maximumSummaryLabels = 10_000;

/** The whole order of a selection, as of one commit. */
export interface OrderedIds {
  readonly ids: Int32Array;
  readonly seq: number;
}

/** The beginning of the order of a selection, and how many rows it has in all. */
export interface TopIds extends OrderedIds {
  readonly total: number;
}

/** How a selection is ordered. */
export interface ObjectOrder {
  readonly sort: SortColumn;
  readonly descending: boolean;
}

/** Where a keyset page goes on: the sort value and the key of the last row of the page before. */
export interface Anchor {
  readonly value: string;
  readonly id: number;
}

/** Queries that may look at every row; they run where nobody waits for the event loop. */
export type HeavyQuery =
  | { readonly type: 'order'; readonly filter: ObjectFilter; readonly order: ObjectOrder }
  | { readonly type: 'top'; readonly filter: ObjectFilter; readonly order: ObjectOrder; readonly limit: number }
  | { readonly type: 'position'; readonly filter: ObjectFilter; readonly order: ObjectOrder; readonly anchor: Anchor }
  | { readonly type: 'summary'; readonly filter: ObjectFilter }
  | { readonly type: 'tables' }
  | { readonly type: 'copy-log' }
  | { readonly type: 'check' };

/** Answers of the heavy queries, by type. */
export interface HeavyAnswers {
  readonly order: OrderedIds;
  readonly top: TopIds;
  /** How many rows of the selection are not after the anchor. */
  readonly position: number;
  readonly summary: InventorySummary;
  readonly tables: readonly TableCount[];
  readonly 'copy-log': undefined;
  /** The first damage found; undefined when there is none. */
  readonly check: string | undefined;
}

/** Runs a heavy query on a read-only connection. */
export function runHeavy(db: Database, query: HeavyQuery): HeavyAnswers[HeavyQuery['type']] {
  if (query.type === 'order') return orderedIds(db, query.filter, query.order);
  if (query.type === 'top') return topIds(db, query);
  if (query.type === 'position') return position(db, query);
  if (query.type === 'summary') return summary(db, query.filter);
  if (query.type === 'tables') return tableCounts(db);
  if (query.type === 'check') return check(db);
  copyLog(db);
  return undefined;
}

/** All keys of a selection in order; ties are broken by the key, so that the order is total. */
export function orderedIds(db: Database, filter: ObjectFilter, order: ObjectOrder): OrderedIds {
  return db.transaction(() => ({ ids: idsInOrder(db, filter, order, -1), seq: currentSeq(db) }))();
}

/** The first keys in order without sorting the rest: at most two looks at each row of the selection. */
function topIds(db: Database, { filter, order, limit }: Extract<HeavyQuery, { type: 'top' }>): TopIds {
  const { where, params } = wholeClusterSql(filter) ?? filterSql(filter);
  const count = db.prepare<unknown[], number>(`SELECT count(*) FROM objects o WHERE ${where}`).pluck();
  return db.transaction(() => ({
    total: count.get(...params) ?? 0,
    ids: idsInOrder(db, filter, order, limit),
    seq: currentSeq(db),
  }))();
}

/** Without a limit when it is -1. */
function idsInOrder(db: Database, filter: ObjectFilter, order: ObjectOrder, limit: number): Int32Array {
  // One whole cluster by name lies in order in an index.
  const { where, params } = (order.sort === 'name' ? wholeClusterSql(filter) : undefined) ?? filterSql(filter);
  const { expression, join } = sortSql(order.sort);
  const direction = order.descending ? 'DESC' : 'ASC';
  const sql =
    `SELECT o.id FROM objects o${join} WHERE ${where} ` +
    `ORDER BY ${expression} ${direction}, o.id ${direction} LIMIT ?`;
  const ids = db.prepare<unknown[], number>(sql).pluck();
  return Int32Array.from(ids.all(...params, limit));
}

/** The change sequence that a read in the same transaction reflects. */
export function currentSeq(db: Database): number {
  return db.prepare<unknown[], number>("SELECT value FROM meta WHERE key = 'seq'").pluck().get() ?? 0;
}

function position(db: Database, query: Extract<HeavyQuery, { type: 'position' }>): number {
  const { where, params } = filterSql(query.filter);
  const { expression, join } = sortSql(query.order.sort);
  const compare = query.order.descending ? '>=' : '<=';
  const sql = `SELECT count(*) FROM objects o${join} WHERE ${where} AND (${expression}, o.id) ${compare} (?, ?)`;
  return (
    db
      .prepare<unknown[], number>(sql)
      .pluck()
      .get(...params, query.anchor.value, query.anchor.id) ?? 0
  );
}

function summary(db: Database, filter: ObjectFilter): InventorySummary {
  const { where, params } = filterSql(filter);
  const whole = where === '1';
  return db.transaction(() => ({
    kinds: db
      .prepare<unknown[], { kind: string; model: string; count: number }>(
        `SELECT t.kind, t.model, sum(c.count) AS count
         FROM (SELECT o.type, count(*) AS count FROM objects o WHERE ${where} GROUP BY o.type) c
         JOIN types t ON t.id = c.type GROUP BY t.kind, t.model ORDER BY t.kind, t.model`,
      )
      .all(...params),
    namespaces: db
      .prepare<unknown[], string>(
        `SELECT name FROM namespaces WHERE name <> '' AND id IN (SELECT DISTINCT o.ns FROM objects o WHERE ${where})
         ORDER BY name`,
      )
      .pluck()
      .all(...params),
    labels: db
      .prepare<unknown[], { key: string; value: string }>(
        `SELECT key, value FROM label_names l WHERE ${whole ? wholeLabels : selectedLabels(where)}
         ORDER BY key, value LIMIT ${maximumSummaryLabels}`,
      )
      .all(...params),
  }))();
}

function tableCounts(db: Database): readonly TableCount[] {
  return db.transaction(() =>
    checkedTables.toSorted().map((name) => {
      const count = db.prepare<unknown[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0;
      return { name, count };
    }),
  )();
}

/** Copies the WAL into the database beside the writer; what readers still look at stays in the WAL. */
function copyLog(reading: Database): void {
  const db = openAnother(reading);
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}

const wholeLabels = 'EXISTS (SELECT 1 FROM labels WHERE label = l.id)';

function selectedLabels(where: string): string {
  return `l.id IN (SELECT label FROM labels WHERE object IN (SELECT o.id FROM objects o WHERE ${where}))`;
}

function check(db: Database): string | undefined {
  for (const table of checkedTables) {
    const found = db.prepare<unknown[], string>(`PRAGMA quick_check(${table})`).pluck().all();
    const damage = found.find((line) => line !== 'ok');
    if (damage !== undefined) return damage;
  }
  return undefined;
}
