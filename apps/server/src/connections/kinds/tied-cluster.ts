import { toMesheryError } from '@meshery/errors';
import { createKubeTransport } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import type { Connection } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import { clusterOf } from '../cluster-of.ts';
import type { ClusterLinks } from '../cluster-links.ts';
import { brokenHop } from './broken-hop.ts';

/** Key of the metadata under which operators, agents and brokers keep the id of the connection to their cluster. */
export const tiedKey = 'kubernetesConnectionId';

const callMs = 5000;

/** What the clusters of connections are reached with. */
export interface TiedClustersParts {
  readonly links: ClusterLinks;
  readonly clusters: { accessOf(connection: Connection): Promise<ClusterAccess> };
  readonly clock: Clock;
}

/** A cluster while it is used. */
export interface TiedCluster {
  readonly access: ClusterAccess;
  readonly client: KubeClient;
  /** Undefined before it was ever reached by its own connection. */
  readonly clusterId: string | undefined;
}

/** The clusters that operators, agents and brokers live in, as the connections to them lead there. */
export class TiedClusters {
  readonly #parts: TiedClustersParts;

  constructor(parts: TiedClustersParts) {
    this.#parts = parts;
  }

  /**
   * Uses the cluster that a connection is tied to. What its API server refuses, or that it does not answer, rejects
   * with `meshery-connection-1715`.
   */
  async use<T>(ctx: RequestContext, tied: Connection, work: (cluster: TiedCluster) => Promise<T>): Promise<T> {
    const { clusters, clock, links } = this.#parts;
    const id = tied.metadata[tiedKey];
    const connection = typeof id === 'string' ? await links.connection(ctx, id) : undefined;
    if (connection?.kind !== 'kubernetes') throw untied(tied);
    return asHop(tied, async () => {
      const access = await clusters.accessOf(connection);
      const limits = { connectTimeoutMs: callMs, callTimeoutMs: callMs, headTimeoutMs: callMs };
      const transport = createKubeTransport(access, { clock, userAgent: 'meshery-server', ...limits });
      try {
        const client = new KubeClient({ transport, clock });
        return await work({ access, client, clusterId: clusterOf(connection) });
      } finally {
        await transport.close();
      }
    });
  }
}

async function asHop<T>({ name }: Connection, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const { code, message, probableCause = '', remedy = '' } = toMesheryError(thrown);
    if (!code.startsWith('meshery-kube-')) throw thrown;
    const text = `The cluster of "${name}" does not answer as it has to: ${message}`;
    throw brokenHop({ step: 'kubernetes', message: text, probableCause, remedy, cause: thrown });
  }
}

function untied({ name, kind }: Connection): Error {
  return brokenHop({
    step: 'kubernetes',
    message: `It is not known which cluster "${name}" is in.`,
    probableCause: `Its metadata has no "${tiedKey}", or that is no cluster that you may see.`,
    remedy: `Deploy the ${kind} with Meshery, or put the id of the connection to its cluster there.`,
  });
}
