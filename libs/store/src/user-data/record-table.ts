import type { Page, PageOrder, PageQuery } from '@meshery/object-model';
import { Brackets } from 'typeorm';
import type { EntityManager, EntitySchema, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { likePattern } from '../shared/like-pattern.ts';
import { decodePosition, encodePosition } from './row-position.ts';

/** What a table of records lets its readers do. */
export interface RecordTableShape<Row> {
  readonly schema: EntitySchema<Row>;
  /** Fields that a search looks into. */
  readonly searched: readonly (keyof Row & string)[];
  /** Fields that a list may be sorted by; anything else is refused before it gets here. */
  readonly sorted: readonly (keyof Row & string)[];
}

/** Conditions of a list: equal to a value, or to one of several. */
export type RowFilter<Row> = { readonly [Field in keyof Row]?: Row[Field] | readonly Row[Field][] | undefined };

/** The links that a row must have, or must not have, to be listed. */
export interface LinkFilter {
  /** Table of the links, its column that names the row, and its column that names the other side. */
  readonly table: string;
  readonly own: string;
  readonly other: string;
  readonly id: string;
  readonly isLinked: boolean;
}

/** What a list holds beside its conditions. */
export interface RowSelection {
  readonly links?: readonly LinkFilter[];
  /** Rows that are private are listed for this user only when they are the user's own. */
  readonly reader?: string;
  /** Rows whose field, an RFC 3339 time in UTC, is not before `from` and is before `to`. */
  readonly within?: { readonly field: string; readonly from?: string | undefined; readonly to?: string | undefined };
}

/** Rows of one construct inside of one transaction, or outside of any. */
export class RecordTable<Row extends ObjectLiteral & { readonly id: string }> {
  readonly #manager: EntityManager;
  readonly #shape: RecordTableShape<Row>;

  constructor(manager: EntityManager, shape: RecordTableShape<Row>) {
    this.#manager = manager;
    this.#shape = shape;
  }

  /** The first row that meets the conditions. */
  async find(where: RowFilter<Row>): Promise<Row | undefined> {
    return (await this.#select(where).limit(1).getOne()) ?? undefined;
  }

  /** Keeps other transactions from changing a row until this one ends; on SQLite there are no others. */
  async hold(id: string): Promise<void> {
    if (this.#manager.dataSource.options.type !== 'postgres') return;
    await this.#select({ id } as RowFilter<Row>)
      .setLock('for_no_key_update')
      .getOne();
  }

  /** One page; rows that are equal in the asked order come by id, so that pages never overlap. */
  async page(
    where: RowFilter<Row>,
    query: PageQuery,
    { links = [], reader, within }: RowSelection = {},
  ): Promise<Page<Row>> {
    const select = this.#select(where);
    this.#search(select, query.search);
    for (const [index, link] of links.entries()) keepLinked(select, link, index);
    if (reader !== undefined) select.andWhere("(row.visibility <> 'private' OR row.owner = :reader)", { reader });
    if (within?.from !== undefined) select.andWhere(`row.${within.field} >= :from`, { from: within.from });
    if (within?.to !== undefined) select.andWhere(`row.${within.field} < :to`, { to: within.to });
    const order = query.order ?? { field: 'updatedAt', descending: true };
    if (!this.#shape.sorted.includes(order.field)) throw new RangeError(`no order by ${order.field}`);
    const totalCount = await select.getCount();
    // One more than asked for tells whether there is a next page.
    const found = await placed(select, query, order)
      .limit(query.pageSize + 1)
      .getMany();
    const items = found.slice(0, query.pageSize);
    const last = found.length > items.length ? items.at(-1) : undefined;
    const next = last === undefined ? undefined : encodePosition(last, order);
    const { page, pageSize } = query;
    return { page, pageSize, totalCount, items, ...(next === undefined ? {} : { next }) };
  }

  /** All rows that meet the conditions; for what is bounded by its nature. */
  async all(where: RowFilter<Row>): Promise<Row[]> {
    return this.#select(where).orderBy('row.id', 'ASC').getMany();
  }

  /** How many rows that meet the conditions have each value of a field. */
  async counts(where: RowFilter<Row>, field: keyof Row & string): Promise<Readonly<Record<string, number>>> {
    const rows = await this.#select(where)
      .select(`row.${field}`, 'value')
      .addSelect('COUNT(*)', 'count')
      .groupBy(`row.${field}`)
      .getRawMany<{ value: string; count: number | string }>();
    return Object.fromEntries(rows.map(({ value, count }) => [value, Number(count)]));
  }

  /** Adds a row. */
  async insert(row: Row): Promise<void> {
    await this.#manager.createQueryBuilder().insert().into(this.#shape.schema).values(row).execute();
  }

  /** Changes fields of a row; false when there is none. */
  async update(id: string, patch: Partial<Row>): Promise<boolean> {
    const { affected } = await this.#manager
      .createQueryBuilder()
      .update(this.#shape.schema)
      .set(patch)
      .where('id = :id', { id })
      .execute();
    return (affected ?? 0) > 0;
  }

  /** Removes rows with everything that hangs on them; how many there were. */
  async remove(where: RowFilter<Row>): Promise<number> {
    const ids = (await this.#select(where).select('row.id').getMany()).map(({ id }) => id);
    if (ids.length === 0) return 0;
    await this.#manager.createQueryBuilder().delete().from(this.#shape.schema).whereInIds(ids).execute();
    return ids.length;
  }

  #select(where: RowFilter<Row>): SelectQueryBuilder<Row> {
    const select = this.#manager.getRepository<Row>(this.#shape.schema).createQueryBuilder('row');
    for (const [field, value] of Object.entries<unknown>(where)) {
      if (value === undefined) continue;
      if (Array.isArray(value)) select.andWhere(`row.${field} IN (:...${field})`, { [field]: value });
      else select.andWhere(`row.${field} = :${field}`, { [field]: value });
    }
    return select;
  }

  #search(select: SelectQueryBuilder<Row>, search: string | undefined): void {
    if (search === undefined || search === '') return;
    const conditions = this.#shape.searched.map((field) => `LOWER(row.${field}) LIKE LOWER(:search) ESCAPE '\\'`);
    select.andWhere(new Brackets((any) => any.where(conditions.join(' OR '))), { search: likePattern(search) });
  }
}

function keepLinked<Row extends ObjectLiteral>(select: SelectQueryBuilder<Row>, link: LinkFilter, index: number): void {
  const other = `link${String(index)}`;
  const linked = `EXISTS (SELECT 1 FROM ${link.table} l WHERE l.${link.own} = row.id AND l.${link.other} = :${other})`;
  select.andWhere(link.isLinked ? linked : `NOT ${linked}`, { [other]: link.id });
}

/** The rows of a page and those behind it, in their order. */
function placed<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  { page, pageSize, after }: PageQuery,
  order: PageOrder,
): SelectQueryBuilder<Row> {
  const column = `row.${order.field}`;
  const ordered = select.orderBy(column, order.descending ? 'DESC' : 'ASC').addOrderBy('row.id', 'ASC');
  if (after === undefined) return ordered.offset(page * pageSize);
  const beyond = `${column} ${order.descending ? '<' : '>'} :value OR (${column} = :value AND row.id > :id)`;
  return ordered.andWhere(`(${beyond})`, { ...decodePosition(after, order) });
}
