import type { Connection } from '@meshery/object-model';

/** Key of the metadata under which a connection keeps the id of its cluster; clients cannot set it. */
export const clusterIdKey = 'kubernetesServerId';

/** The cluster that a connection leads to; undefined before it was ever reached. */
export function clusterOf({ kind, metadata }: Pick<Connection, 'kind' | 'metadata'>): string | undefined {
  const id = kind === 'kubernetes' ? metadata[clusterIdKey] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
