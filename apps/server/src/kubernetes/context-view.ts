import { inBothSpellings } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import { modeKey } from '../connections/meshsync-mode.ts';

/** A context that is not a connection yet, or could not become one. */
export interface ContextFacts {
  readonly id: string;
  readonly name: string;
  readonly server: string;
  readonly isReachable: boolean;
  readonly version: string;
  readonly kubernetesServerId: string;
  /** Where nothing else is said of it. */
  readonly meshsyncDeploymentMode: string;
  /** Why it could not be taken; never with a secret. */
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
}

/** A context as published clients read it; what it signs in with is never part of it. */
export function contextView(facts: ContextFacts, connection?: Connection): object {
  const { isReachable: reachable, error, ...fields } = facts;
  const { owner = '', id: connectionId = '', createdAt, updatedAt } = connection ?? {};
  const times = createdAt === undefined ? {} : { createdAt, updatedAt };
  const meshsyncDeploymentMode = textOf(connection?.metadata[modeKey]) || facts.meshsyncDeploymentMode;
  const deploymentType = textOf(connection?.metadata['deploymentType']) || 'out_of_cluster';
  return inBothSpellings({
    ...fields,
    reachable,
    deploymentType,
    meshsyncDeploymentMode,
    connectionId,
    ...(owner === '' ? {} : { owner, createdBy: owner }),
    ...times,
    auth: {},
    cluster: { server: facts.server, name: facts.name },
    ...(error === undefined ? {} : { error }),
  });
}

/** The context of a connection. */
export function contextOf(connection: Connection): object {
  const { metadata, name, contextId, url } = connection;
  const facts = {
    id: contextId ?? '',
    name,
    server: textOf(metadata['server']) || url,
    version: textOf(metadata['version']),
    kubernetesServerId: textOf(metadata['kubernetesServerId']),
    meshsyncDeploymentMode: 'embedded',
    isReachable: connection.status === 'registered' || connection.status === 'connected',
  };
  return contextView(facts, connection);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
