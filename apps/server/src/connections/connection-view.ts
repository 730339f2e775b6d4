import { connectionDefinition, inBothSpellings } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';

/** A connection as clients of every age read it. */
export function connectionView({ origin: _, contextId, controllersConfig, ...connection }: Connection): object {
  return inBothSpellings({
    ...connection,
    schemaVersion: 'connections.meshery.io/v1beta3',
    userId: connection.owner,
    ...(typeof contextId === 'string' ? { contextId } : {}),
    ...(typeof controllersConfig === 'object' && controllersConfig !== null ? { controllersConfig } : {}),
    deletedAt: null,
  });
}

/** The same with what may happen to it next. */
export function wholeConnectionView(connection: Connection): object {
  const { transitionMap = {} } = connectionDefinition(connection.kind) ?? {};
  return { ...connectionView(connection), transitionMap };
}
