import type { EntityManager } from 'typeorm';
import { endedSessionSchema } from './entities/ended-sessions.ts';
import type { EndedSessionRecord } from './entities/ended-sessions.ts';

/** Which ended sessions are not remembered any more. */
export interface EndedSessionRetention {
  /** RFC 3339: what was ended earlier goes. */
  readonly before: string;
  /** Newest ones that stay, at most. */
  readonly keep: number;
  /** Removed by one call, at most. */
  readonly limit: number;
}

/** Sessions of remote providers that were ended here, whether or not their provider knows. */
export class EndedSessionTable {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Notes sessions; one that is noted already stays as it is. */
  async add(rows: readonly EndedSessionRecord[]): Promise<void> {
    await this.#manager
      .createQueryBuilder()
      .insert()
      .into(endedSessionSchema)
      .values([...rows])
      .orIgnore()
      .execute();
  }

  async has(of: Pick<EndedSessionRecord, 'provider' | 'tokenHash'>): Promise<boolean> {
    return this.#manager.getRepository<EndedSessionRecord>(endedSessionSchema).existsBy(of);
  }

  /** Forgets those that ended too long ago, and those beyond the newest; how many there were. */
  async prune({ before, keep, limit }: EndedSessionRetention): Promise<number> {
    const select = () =>
      this.#manager
        .getRepository<EndedSessionRecord>(endedSessionSchema)
        .createQueryBuilder('session')
        .orderBy('session.endedAt', 'DESC')
        .addOrderBy('session.provider', 'ASC')
        .addOrderBy('session.tokenHash', 'ASC')
        .limit(limit);
    const old = await select().where('session.endedAt < :before', { before }).getMany();
    const rows = old.length > 0 ? old : await select().offset(keep).getMany();
    if (rows.length > 0)
      await this.#manager.createQueryBuilder().delete().from(endedSessionSchema).whereInIds(rows).execute();
    return rows.length;
  }
}
