import { randomUUID } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { Injectable } from '@nestjs/common';

/** What a request brings: members of any kind. */
export type Fields = Readonly<Record<string, unknown>>;

/** What somebody made. */
export type Row = Fields & { readonly id: string };

/** The records of one endpoint, and what became of them. */
interface Shelf {
  readonly rows: Map<string, Row>;
  /** Ids of those in the catalog. */
  readonly published: Set<string>;
  /** Ids of users by id of the record that they share. */
  readonly shares: Map<string, readonly string[]>;
  /** Ids of what a record holds, by its id. */
  readonly held: Map<string, Set<string>>;
}

/** One organization for all. */
export const organization = {
  id: '00000000-0000-4000-8000-0000000000a1',
  name: 'Reference',
  description: '',
  owner: '',
};

const mostRows = 10_000;

/** Records of any shape, in memory. */
@Injectable()
export class Records {
  readonly #shelves = new Map<string, Shelf>();

  all(path: string): readonly Row[] {
    return [...this.#shelf(path).rows.values()];
  }

  published(path: string): readonly Row[] {
    const { published } = this.#shelf(path);
    return this.all(path).filter(({ id }) => published.has(id));
  }

  /** Throws `meshery-core-1005` when there are too many. */
  create(path: string, fields: Fields, owner: string): Row {
    const { rows } = this.#shelf(path);
    if (rows.size >= mostRows) throw new MesheryError('meshery-core-1005', 'There are too many records.');
    const now = new Date().toISOString();
    const row = { organizationId: organization.id, ...fields, id: randomUUID(), owner, createdAt: now, updatedAt: now };
    rows.set(row.id, row);
    return row;
  }

  /** Throws `meshery-core-1002`, as everything below does, when there is no such record. */
  get(path: string, id: string): Row {
    const row = this.#shelf(path).rows.get(id);
    if (row !== undefined) return row;
    throw notFound();
  }

  change(path: string, id: string, fields: Fields): Row {
    const row = { ...this.get(path, id), ...fields, id, updatedAt: new Date().toISOString() };
    this.#shelf(path).rows.set(id, row);
    return row;
  }

  remove(path: string, id: string): void {
    this.get(path, id);
    const { rows, published, shares, held } = this.#shelf(path);
    held.delete(id);
    for (const shelf of this.#shelves.values()) for (const ids of shelf.held.values()) ids.delete(id);
    rows.delete(id);
    published.delete(id);
    shares.delete(id);
  }

  publish(path: string, id: string): Row {
    const row = this.get(path, id);
    this.#shelf(path).published.add(id);
    return row;
  }

  withdraw(path: string, id: string): void {
    this.get(path, id);
    this.#shelf(path).published.delete(id);
  }

  share(path: string, id: string, users: readonly string[]): void {
    this.get(path, id);
    this.#shelf(path).shares.set(id, users);
  }

  usersOf(path: string, id: string): readonly string[] {
    this.get(path, id);
    return this.#shelf(path).shares.get(id) ?? [];
  }

  assign(path: string, id: string, otherId: string): void {
    this.get(path, id);
    const { held } = this.#shelf(path);
    held.set(id, (held.get(id) ?? new Set()).add(otherId));
  }

  unassign(path: string, id: string, otherId: string): void {
    if (this.holds(path, id, otherId)) this.#shelf(path).held.get(id)?.delete(otherId);
    else throw notFound();
  }

  holds(path: string, id: string, otherId: string): boolean {
    this.get(path, id);
    return this.#shelf(path).held.get(id)?.has(otherId) === true;
  }

  #shelf(path: string): Shelf {
    const shelf = this.#shelves.get(path) ?? {
      rows: new Map(),
      published: new Set(),
      shares: new Map(),
      held: new Map(),
    };
    this.#shelves.set(path, shelf);
    return shelf;
  }
}

/** The page that a query asks for: of the rows of an organization whose name or description it finds, in an order. */
export function pageOf(rows: readonly Fields[], query: Fields): object {
  const search = textOf(query.search).toLowerCase();
  const isFound = ({ name, description, organizationId }: Fields): boolean =>
    `${textOf(name)}\n${textOf(description)}`.toLowerCase().includes(search) &&
    (typeof query.orgId !== 'string' || organizationId === undefined || organizationId === query.orgId);
  const found = rows.filter(isFound);
  const [field = '', direction] = textOf(query.order).split(' ');
  const sign = direction === 'desc' ? -1 : 1;
  if (field !== '') found.sort((left, right) => textOf(left[field]).localeCompare(textOf(right[field])) * sign);
  const page = Math.max(0, Number(query.page) || 0);
  const pageSize = Math.min(10_000, Math.max(1, Number(query.pagesize) || 10));
  return { page, pageSize, totalCount: found.length, data: found.slice(page * pageSize, (page + 1) * pageSize) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function notFound(): MesheryError {
  return new MesheryError('meshery-core-1002', 'There is no such record.', { remedy: 'Look it up in the list again.' });
}
