import type { Operation, OperationState, Page, PageQuery } from '@meshery/object-model';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { operationSchema } from './entities/events.ts';
import type { EventScope } from './event-table.ts';

/** Which operations are listed; absent conditions select all. */
export interface OperationFilter {
  readonly state?: OperationState;
  readonly kind?: string;
}

/** What is too old to be kept: finished operations only. */
export interface OperationRetention {
  /** RFC 3339: what finished earlier goes. */
  readonly before: string;
  /** Newest finished operations that stay, at most. */
  readonly keep: number;
  /** Operations removed by one call, at most. */
  readonly limit: number;
}

/** Long work that runs or ran. */
export class OperationTable {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(operation: Operation): Promise<void> {
    await this.#manager.createQueryBuilder().insert().into(operationSchema).values(operation).execute();
  }

  /** Changes an operation while it runs; false when it has ended, and then nothing is changed. */
  async update(id: string, patch: Partial<Operation>): Promise<boolean> {
    const update = this.#manager.createQueryBuilder().update(operationSchema).set(patch);
    const { affected } = await update.where("id = :id AND state = 'running'", { id }).execute();
    return affected === 1;
  }

  /** The operation of an id, when the user may see it; without a scope whoever may. */
  async find(id: string, scope?: EventScope): Promise<Operation | undefined> {
    return (await this.#select(scope).andWhere('operation.id = :id', { id }).getOne()) ?? undefined;
  }

  /** One page, newest first. */
  async page(scope: EventScope, filter: OperationFilter, query: PageQuery): Promise<Page<Operation>> {
    const select = this.#select(scope);
    if (filter.state !== undefined) select.andWhere('operation.state = :state', { state: filter.state });
    if (filter.kind !== undefined) select.andWhere('operation.kind = :kind', { kind: filter.kind });
    const { field, descending } = query.order ?? { field: 'createdAt', descending: true };
    const [items, totalCount] = await select
      .orderBy(`operation.${field}`, descending ? 'DESC' : 'ASC')
      .addOrderBy('operation.id', 'ASC')
      .offset(query.page * query.pageSize)
      .limit(query.pageSize)
      .getManyAndCount();
    return { page: query.page, pageSize: query.pageSize, totalCount, items };
  }

  /** What runs in a process, or in processes that were last seen before a time (RFC 3339). */
  async running(of: { readonly processId: string } | { readonly seenBefore: string }): Promise<readonly Operation[]> {
    const select = this.#select().andWhere("operation.state = 'running'");
    if ('processId' in of) select.andWhere('operation.processId = :processId', of);
    else select.andWhere('operation.seenAt < :seenBefore', of);
    return select.orderBy('operation.id', 'ASC').getMany();
  }

  /** Removes finished operations that are too old; how many there were. */
  async prune({ before, keep, limit }: OperationRetention): Promise<number> {
    const finished = () => this.#select().andWhere("operation.state <> 'running'").select('operation.id');
    const old = await finished().andWhere('operation.finishedAt < :before', { before }).limit(limit).getMany();
    const newestFirst = finished().orderBy('operation.finishedAt', 'DESC').addOrderBy('operation.id', 'ASC');
    const beyond = await newestFirst.offset(keep).limit(limit).getMany();
    const ids = [...new Set([...old, ...beyond].map(({ id }) => id))];
    if (ids.length > 0)
      await this.#manager.createQueryBuilder().delete().from(operationSchema).whereInIds(ids).execute();
    return ids.length;
  }

  #select(scope?: EventScope): SelectQueryBuilder<Operation> {
    const select = this.#manager
      .getRepository<Operation>(operationSchema)
      .createQueryBuilder('operation')
      .where('1 = 1');
    if (scope === undefined) return select;
    const { userId, organizationIds } = scope;
    const own = '(operation.organizationId IS NULL AND operation.owner = :userId)';
    const shared = organizationIds.length === 0 ? own : `(operation.organizationId IN (:...organizationIds) OR ${own})`;
    return select.andWhere(shared, { userId, organizationIds });
  }
}
