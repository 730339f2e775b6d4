import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';

/** Links between two kinds of records; both ends exist, or the database refuses. */
export class LinkTable<Row extends ObjectLiteral> {
  readonly #manager: EntityManager;
  readonly #schema: EntitySchema<Row>;

  constructor(manager: EntityManager, schema: EntitySchema<Row>) {
    this.#manager = manager;
    this.#schema = schema;
  }

  /** Makes a link; one that is there already stays as it is. */
  async add(row: Row): Promise<void> {
    await this.#manager.createQueryBuilder().insert().into(this.#schema).values(row).orIgnore().execute();
  }

  /** Changes what links say beside their ends. */
  async update(where: Partial<Row>, patch: Partial<Row>): Promise<void> {
    await this.#manager.createQueryBuilder().update(this.#schema).set(patch).where(where).execute();
  }

  /** Removes links; how many there were. */
  async remove(where: Partial<Row>): Promise<number> {
    const { affected } = await this.#manager.createQueryBuilder().delete().from(this.#schema).where(where).execute();
    return affected ?? 0;
  }

  /** All links that meet the conditions. */
  async all(where: Partial<Row>): Promise<Row[]> {
    return this.#manager.getRepository<Row>(this.#schema).findBy(where);
  }
}
