import type { StatusChange } from '@meshery/object-model';
import { LessThanOrEqual } from 'typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { statusChangeSchema } from './entities/connections.ts';

/** Lines kept of one connection; the oldest go first. */
const keptLines = 500;

/** The histories of connections. */
export class HistoryTable {
  readonly #rows: Repository<StatusChange>;

  constructor(manager: EntityManager) {
    this.#rows = manager.getRepository<StatusChange>(statusChangeSchema);
  }

  /** Adds a line behind the newest one. */
  async add(line: Omit<StatusChange, 'position'>): Promise<void> {
    const { connectionId } = line;
    const position = ((await this.newest(connectionId))?.position ?? 0) + 1;
    await this.#rows.insert({ ...line, position });
    await this.#rows.delete({ connectionId, position: LessThanOrEqual(position - keptLines) });
  }

  /** The lines of a connection, newest first. */
  async all(connectionId: string): Promise<StatusChange[]> {
    return this.#rows.find({ where: { connectionId }, order: { position: 'DESC' } });
  }

  /** The newest line of a connection. */
  async newest(connectionId: string): Promise<StatusChange | undefined> {
    return (await this.#rows.findOne({ where: { connectionId }, order: { position: 'DESC' } })) ?? undefined;
  }
}
