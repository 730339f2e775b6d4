import type { Clock } from '@meshery/observability';
import type { DataSource, Repository } from 'typeorm';
import type { FileLock } from '../sqlite/data-folder.ts';
import type { PreferenceRecord, UserRecord } from './user-entities.ts';

/** What a user store is made of. */
export interface UserStoreParts {
  readonly source: DataSource;
  readonly lock: FileLock;
  readonly clock: Clock;
}

/** The home of what users made. Every method resolves after the data are on the disk. */
export class UserStore {
  private readonly parts: UserStoreParts;
  private closed = false;

  constructor(parts: UserStoreParts) {
    this.parts = parts;
  }

  /** Adds a user, or changes the name and roles of the one with this id; the creation time stays. */
  async saveUser(user: Omit<UserRecord, 'createdAt'>): Promise<UserRecord> {
    const known = await this.user(user.id);
    const createdAt = known?.createdAt ?? new Date(this.parts.clock.now()).toISOString();
    const record = { ...user, roles: [...user.roles], createdAt };
    await this.users().save(record);
    return record;
  }

  async user(id: string): Promise<UserRecord | undefined> {
    return (await this.users().findOneBy({ id })) ?? undefined;
  }

  /** All users by name. */
  listUsers(): Promise<UserRecord[]> {
    return this.users().find({ order: { name: 'ASC', id: 'ASC' } });
  }

  /** Removes a user and all their preferences; false when there is none. */
  async removeUser(id: string): Promise<boolean> {
    const result = await this.users().delete({ id });
    return (result.affected ?? 0) > 0;
  }

  /** Preferences of a user, by key. */
  async preferences(userId: string): Promise<ReadonlyMap<string, unknown>> {
    const records = await this.preferenceRecords().find({ where: { userId }, order: { key: 'ASC' } });
    return new Map(records.map((record) => [record.key, record.value]));
  }

  /** Sets one preference to any JSON value; `undefined` removes it. */
  async setPreference(userId: string, key: string, value: unknown): Promise<void> {
    if (value === undefined) {
      await this.preferenceRecords().delete({ userId, key });
      return;
    }
    const updatedAt = new Date(this.parts.clock.now()).toISOString();
    await this.preferenceRecords().save({ userId, key, value, updatedAt });
  }

  /** Closes the file and frees its lock. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.parts.source.destroy();
    this.parts.lock.release();
  }

  private users(): Repository<UserRecord> {
    return this.parts.source.getRepository<UserRecord>('user');
  }

  private preferenceRecords(): Repository<PreferenceRecord> {
    return this.parts.source.getRepository<PreferenceRecord>('preference');
  }
}
