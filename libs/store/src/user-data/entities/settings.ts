import { EntitySchema } from 'typeorm';
import { json, linkColumn, text } from './columns.ts';

/** A setting of the whole server. */
export interface SettingRecord {
  readonly key: string;
  readonly body: unknown;
  readonly updatedAt: string;
}

/** Settings of the server that are changed while it runs. */
export const settingSchema = new EntitySchema<SettingRecord>({
  name: 'setting',
  tableName: 'settings',
  columns: { key: linkColumn('key'), body: json(), updatedAt: text('updated_at') },
});
