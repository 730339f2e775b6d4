import { EntitySchema } from 'typeorm';

/** A person known to this server. */
export interface UserRecord {
  /** Stable id; never reused. */
  readonly id: string;
  readonly name: string;
  /** Registration key of the provider that vouches for the user, e.g. "Local". */
  readonly provider: string;
  readonly roles: readonly string[];
  /** RFC 3339. */
  readonly createdAt: string;
}

/** One preference of one user; the value is any JSON value. */
export interface PreferenceRecord {
  readonly userId: string;
  readonly key: string;
  readonly value: unknown;
  readonly updatedAt: string;
}

/** Schema of users; a plain object instead of decorators, so that it runs without a build. */
export const userSchema = new EntitySchema<UserRecord>({
  name: 'user',
  tableName: 'users',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    provider: { type: 'text' },
    roles: { type: 'simple-json' },
    createdAt: { type: 'text', name: 'created_at' },
  },
});

/** Schema of preferences. */
export const preferenceSchema = new EntitySchema<PreferenceRecord>({
  name: 'preference',
  tableName: 'preferences',
  columns: {
    userId: { type: 'text', name: 'user_id', primary: true },
    key: { type: 'text', primary: true },
    value: { type: 'simple-json' },
    updatedAt: { type: 'text', name: 'updated_at' },
  },
});
