import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord } from '@meshery/object-model';
import type { EntityManager } from 'typeorm';
import { auditHeadSchema, auditSchema } from './entities/events.ts';
import type { AuditHead } from './entities/events.ts';
import type { EventScope } from './event-table.ts';

/** What a check of the audit log found. */
export interface AuditCheck {
  /** Lines that were looked at. */
  readonly lines: number;
  /** The first line that is not as it was written, or is missing, or comes too much; absent when all is well. */
  readonly brokenAt?: number;
}

/** What is too old to be kept. */
export interface AuditRetention {
  /** RFC 3339: older lines go. */
  readonly before: string;
  /** Newest lines that stay, at most. */
  readonly keep: number;
  /** Lines removed by one call, at most. */
  readonly limit: number;
}

const headId = 'audit';
const checkedAtOnce = 500;

/**
 * Who did what, append-only: the hash of each line covers the line before it, and the head keeps the last one, so that
 * a changed, removed, added or reordered line is found. Retention removes whole lines from the beginning only.
 */
export class AuditTable {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Adds a line at the end. Inside of a transaction only: until its end nobody else appends. */
  async append(entry: AuditEntry): Promise<AuditRecord> {
    const advance = this.#manager.createQueryBuilder().update(auditHeadSchema);
    await advance
      .set({ sequence: () => 'sequence + 1' })
      .where({ id: headId })
      .execute();
    const { sequence, hash: previousHash } = await this.head();
    const hash = hashOf(entry, sequence, previousHash);
    const line: AuditRecord = { ...entry, sequence, previousHash, hash };
    await this.#manager.createQueryBuilder().insert().into(auditSchema).values(line).execute();
    await this.#manager.createQueryBuilder().update(auditHeadSchema).set({ hash }).where({ id: headId }).execute();
    return line;
  }

  /** How far the log is. */
  async head(): Promise<AuditHead> {
    return this.#manager.getRepository<AuditHead>(auditHeadSchema).findOneByOrFail({ id: headId });
  }

  /** Lines after a position, oldest first: all of them, or those of organizations and of a user. */
  async after(sequence: number, limit: number, scope?: EventScope): Promise<readonly AuditRecord[]> {
    const lines = this.#manager.getRepository<AuditRecord>(auditSchema).createQueryBuilder('line');
    const later = lines.where('line.sequence > :sequence', { sequence });
    if (scope !== undefined) {
      const shared = scope.organizationIds.length === 0 ? '' : ' OR line.organizationId IN (:...organizationIds)';
      later.andWhere(`(line.userId = :userId${shared})`, { ...scope });
    }
    return later.orderBy('line.sequence', 'ASC').limit(limit).getMany();
  }

  /** Computes every hash anew, from the first line that is kept to the head. */
  async check(): Promise<AuditCheck> {
    const head = await this.head();
    let last = { sequence: head.pruned, hash: head.prunedHash };
    for (;;) {
      const page = await this.after(last.sequence, checkedAtOnce);
      for (const line of page) {
        const isNext = line.sequence === last.sequence + 1 && line.previousHash === last.hash;
        const isHead = line.sequence !== head.sequence || line.hash === head.hash;
        if (!isNext || !isHead || line.hash !== hashOf(line, line.sequence, line.previousHash))
          return { lines: line.sequence - head.pruned, brokenAt: last.sequence + 1 };
        last = line;
      }
      if (page.length < checkedAtOnce) break;
    }
    const lines = last.sequence - head.pruned;
    if (last.sequence < head.sequence) return { lines, brokenAt: last.sequence + 1 };
    // Lines may have come during the check; what is behind the head of now came from elsewhere.
    const end = (await this.head()).sequence;
    return last.sequence <= end ? { lines } : { lines, brokenAt: end + 1 };
  }

  /** Removes the oldest lines that are too old; how many there were. The chain begins anew behind them. */
  async prune({ before, keep, limit }: AuditRetention): Promise<number> {
    const head = await this.head();
    const lines = this.#manager.getRepository<AuditRecord>(auditSchema).createQueryBuilder('line');
    const [young] = await lines
      .where('line.at >= :before AND line.sequence > :last', { before, last: head.sequence - keep })
      .orderBy('line.sequence', 'ASC')
      .limit(1)
      .getMany();
    const end = Math.min((young?.sequence ?? head.sequence + 1) - 1, head.pruned + limit);
    const [last] = await this.after(end - 1, 1);
    if (end <= head.pruned || last === undefined) return 0;
    await this.#manager.createQueryBuilder().delete().from(auditSchema).where('sequence <= :end', { end }).execute();
    const heads = this.#manager.createQueryBuilder().update(auditHeadSchema);
    await heads.set({ pruned: end, prunedHash: last.hash }).where({ id: headId }).execute();
    return end - head.pruned;
  }
}

function hashOf(entry: AuditEntry, sequence: number, previousHash: string): string {
  const { at, userId, userName, provider, organizationId, action, objectId, decision, reason, requestId } = entry;
  const said = [at, userId, userName, provider, organizationId, action, objectId, decision, reason, requestId];
  return createHash('sha256')
    .update(JSON.stringify([previousHash, sequence, ...said]))
    .digest('hex');
}
