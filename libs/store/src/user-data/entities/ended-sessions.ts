import { EntitySchema } from 'typeorm';
import { linkColumn, text } from './columns.ts';

/** A token of a provider that somebody signed out with. */
export interface EndedSessionRecord {
  readonly provider: string;
  /** SHA-256 of what the token is told from others by. */
  readonly tokenHash: string;
  /** RFC 3339. */
  readonly endedAt: string;
}

/** Sessions that were ended here before their time. */
export const endedSessionSchema = new EntitySchema<EndedSessionRecord>({
  name: 'endedSession',
  tableName: 'ended_sessions',
  columns: {
    provider: linkColumn('provider'),
    tokenHash: linkColumn('token_hash'),
    endedAt: text('ended_at'),
  },
});
