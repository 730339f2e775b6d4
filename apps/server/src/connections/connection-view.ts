import {
  connectionDefinition,
  connectionSchemaVersion,
  environmentSchemaVersion,
  inBothSpellings,
} from '@meshery/object-model';
import type { Connection, Environment } from '@meshery/object-model';

/** A connection as clients of every age read it. */
export function connectionView({ origin: _, contextId, controllersConfig, ...connection }: Connection): object {
  return inBothSpellings({
    ...connection,
    schemaVersion: connectionSchemaVersion,
    userId: connection.owner,
    ...(typeof contextId === 'string' ? { contextId } : {}),
    ...(typeof controllersConfig === 'object' && controllersConfig !== null ? { controllersConfig } : {}),
    deletedAt: null,
  });
}

/** The same with its forms, what may happen to it next and, where that is known, the environments that it is in. */
export function wholeConnectionView(connection: Connection, environments?: readonly Environment[]): object {
  const {
    transitionMap = {},
    connectionSchema = {},
    credentialSchema = null,
  } = connectionDefinition(connection.kind) ?? {};
  return {
    ...connectionView(connection),
    ...{ transitionMap, connectionSchema, connection_schema: connectionSchema },
    ...{ credentialSchema, credential_schema: credentialSchema },
    ...(environments === undefined ? {} : { environments: environments.map(environmentView) }),
  };
}

function environmentView(environment: Environment): object {
  return inBothSpellings({ ...environment, schemaVersion: environmentSchemaVersion });
}
