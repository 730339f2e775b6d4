import type { Connection } from '@meshery/object-model';
import type { ConnectionFields } from './connections-port.ts';

/** The fields of a connection as they are kept after a change: of the metadata, only what is named is another. */
export function keptFields<Fields extends ConnectionFields>({ metadata }: Connection, fields: Fields): Partial<Fields> {
  const given = Object.entries<unknown>({
    ...fields,
    ...(fields.metadata === undefined ? {} : { metadata: { ...metadata, ...fields.metadata } }),
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
