import { connectionSchemaVersion, environmentSchemaVersion, inBothSpellings } from '@meshery/object-model';
import type { Connection, ConnectionDefinition, Environment } from '@meshery/object-model';

/** What a connection is shown with beside itself. */
export interface ConnectionSurroundings {
  /** Undefined for a kind that is not known. */
  readonly definition: ConnectionDefinition | undefined;
  /** The model that its kind is in. */
  readonly modelReference: object;
  /** Undefined where that is not known. */
  readonly environments: readonly Environment[] | undefined;
}

/** A connection as clients of every age read it. */
export function connectionView(kept: Connection): object {
  const { origin: _origin, definitionId: _link, contextId, controllersConfig, ...connection } = kept;
  return inBothSpellings({
    ...connection,
    schemaVersion: connectionSchemaVersion,
    userId: connection.owner,
    ...(typeof contextId === 'string' ? { contextId } : {}),
    ...(typeof controllersConfig === 'object' && controllersConfig !== null ? { controllersConfig } : {}),
    deletedAt: null,
  });
}

/** The same with its forms, its model, what may happen to it next and the environments that it is in. */
export function wholeConnectionView(
  connection: Connection,
  { definition, modelReference, environments }: ConnectionSurroundings,
): object {
  const { transitionMap = {}, connectionSchema = {}, credentialSchema = null } = definition ?? {};
  return {
    ...connectionView(connection),
    ...{ modelReference, model_reference: modelReference },
    ...{ transitionMap, connectionSchema, connection_schema: connectionSchema },
    ...{ credentialSchema, credential_schema: credentialSchema },
    ...(environments === undefined ? {} : { environments: environments.map(environmentView) }),
  };
}

function environmentView(environment: Environment): object {
  return inBothSpellings({ ...environment, schemaVersion: environmentSchemaVersion });
}
