import type { RequestContext } from '@meshery/observability';
import type { ListClustersHandler } from '../../inventory/queries/list-clusters.handler.ts';
import { badParameter } from '../../rest/query-values.ts';

/** One connection, under either of its published names. */
export interface OneConnection {
  readonly k8scontextID?: string | null;
  readonly connectionID?: string | null;
}

/** Several connections, under any of their published names; none named means all. */
export interface SomeConnections {
  readonly k8scontextIDs?: readonly string[] | null;
  readonly k8sClusterIDs?: readonly string[] | null;
  readonly connectionIDs?: readonly string[] | null;
}

const maxConnections = 50;

/** The connection that is named. Throws `meshery-core-1001` when none is, or two different ones are. */
export function oneConnection({ k8scontextID, connectionID }: OneConnection): string {
  const given = new Set([k8scontextID, connectionID].filter((id) => typeof id === 'string' && id !== ''));
  const [id] = given;
  if (typeof id !== 'string') throw badParameter('connectionID', 'is missing');
  if (given.size > 1) throw badParameter('connectionID', 'names another connection than "k8scontextID"');
  return id;
}

/** The connections that are named, each once. Throws `meshery-core-1001` for too many. */
export function someConnections(args: SomeConnections): readonly string[] | 'all' {
  const given = [args.connectionIDs, args.k8scontextIDs, args.k8sClusterIDs].flatMap((ids) => ids ?? []);
  const ids = [...new Set(given)].filter((id) => id !== '');
  if (ids.length > maxConnections) throw badParameter('connectionIDs', `may name ${String(maxConnections)} at most`);
  return ids.length === 0 || ids.includes('all') ? 'all' : ids;
}

/** The same, with all of them by name; the first ones where there are very many. */
export async function namedConnections(
  clusters: ListClustersHandler,
  ctx: RequestContext,
  ids: readonly string[] | 'all',
): Promise<readonly string[]> {
  if (ids !== 'all') return ids;
  const known = (await clusters.handle(ctx)).clusters.flatMap(({ id }) => (id === '' ? [] : [id]));
  return known.slice(0, maxConnections);
}
